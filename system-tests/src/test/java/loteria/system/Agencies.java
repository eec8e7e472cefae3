package loteria.system;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All agencies that have data, at work at the same time.
 */
final class Agencies {

	/**
	 * Of an agency that takes small steps, so that many moments of its work are between
	 * two batches, and that waits for whoever is down.
	 */
	static final String[] PATIENT = { "CLI_BATCH_MAXAMOUNT", "10", "CLI_RECONNECT_LIMIT", "10m" };

	private final IntFunction<Program> launcher;

	private final Data data;

	private final List<Program> programs = new ArrayList<>();

	/**
	 * Starts all of them.
	 * @param launcher starts one
	 */
	Agencies(Data data, IntFunction<Program> launcher) {
		this.launcher = launcher;
		this.data = data;
		for (int agency = 1; agency <= data.agencies(); agency++) {
			this.programs.add(launcher.apply(agency));
		}
	}

	/** The process that runs for {@code agency} at the moment. */
	Program program(int agency) {
		return this.programs.get(agency - 1);
	}

	/** Starts {@code agency} once more. */
	void again(int agency) {
		this.programs.set(agency - 1, this.launcher.apply(agency));
	}

	/** Whether every agency has its winners. */
	boolean areDone() {
		return this.programs.stream().noneMatch(Program::isAlive);
	}

	/** Waits until every agency has ended as it should, with its winners. */
	void awaitWinners() {
		for (int agency = 1; agency <= this.data.agencies(); agency++) {
			assertThat(program(agency).exitCode(Lottery.LIMIT)).as("agency %d", agency).isZero();
			List<String> documents = this.data.documents(agency);
			assertThat(program(agency).log("action: consulta_ganadores | result: success")).last()
				.asString()
				.endsWith("cant_ganadores: " + documents.size()
						+ (documents.isEmpty() ? "" : " | ganadores: " + String.join(",", documents)));
		}
	}

}
