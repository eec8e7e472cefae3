package loteria.system;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All agencies of a lottery, sending at the same time in a dialect that resumes.
 * <p>
 * An agency that finds fewer bets stored than the central has acknowledged ends with code
 * 1; that every one ends with 0 is therefore also the proof that nothing acknowledged was
 * lost.
 */
final class Job {

	/** Small, so that many moments of a job are between two batches. */
	private static final String BATCH = "10";

	private final Lottery lottery;

	private final Data data;

	private final List<Program> agencies = new ArrayList<>();

	private Job(Lottery lottery, Data data) {
		this.lottery = lottery;
		this.data = data;
	}

	static Job start(Lottery lottery, Data data) {
		Job job = new Job(lottery, data);
		for (int agency = 1; agency <= data.agencies(); agency++) {
			job.agencies.add(job.launch(agency));
		}
		return job;
	}

	private Program launch(int agency) {
		return this.lottery.startAgency(agency, "lines", "CLI_BATCH_MAXAMOUNT", BATCH, "CLI_RECONNECT_LIMIT", "10m");
	}

	/** The process that runs for {@code agency} at the moment. */
	Program agency(int agency) {
		return this.agencies.get(agency - 1);
	}

	/** Starts {@code agency} once more. */
	void again(int agency) {
		this.agencies.set(agency - 1, launch(agency));
	}

	/** Whether every agency has its winners. */
	boolean isOver() {
		return this.agencies.stream().noneMatch(Program::isAlive);
	}

	/**
	 * Waits until every agency has ended as it should, stops the central, and looks at
	 * the store.
	 */
	Outcome end(Program central) throws IOException, InterruptedException {
		for (int agency = 1; agency <= this.data.agencies(); agency++) {
			assertThat(agency(agency).exitCode(Lottery.LIMIT)).as("agency %d", agency).isZero();
			assertThatWinnersAreRight(agency);
		}
		central.stop("TERM", Duration.ofSeconds(5));
		Program verify = Program.verify(this.lottery.store());
		assertThat(verify.exitCode(Lottery.LIMIT)).as("verify").isZero();
		assertThat(verify.log()).last().asString().startsWith("verified: ");
		Outcome outcome = Outcome.of(this.data, this.lottery);
		assertThat(outcome).isEqualTo(Outcome.NOTHING_WRONG);
		return outcome;
	}

	private void assertThatWinnersAreRight(int agency) {
		List<String> documents = this.data.documents(agency);
		assertThat(agency(agency).log("action: consulta_ganadores | result: success")).last()
			.asString()
			.endsWith("cant_ganadores: " + documents.size()
					+ (documents.isEmpty() ? "" : " | ganadores: " + String.join(",", documents)));
	}

}
