package loteria.system;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waiting for the draw: it may not come in time, and either side may be stopped.
 */
class DrawTimeoutIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void anAgencyWhoseDrawDidNotComeAsksAgainAndGetsItsWinners() {
		Data data = Data.first(500, Data.generated(), 2, this.directory.resolve("data"));
		try (Lottery lottery = new Lottery(this.directory, data).with("CENTRAL_DRAW_TIMEOUT", "1s")) {
			lottery.startCentral();
			Program early = lottery.startAgency(1, "lines");
			assertThat(early.exitCode(Lottery.LIMIT)).isEqualTo(1);
			assertThat(early.log("action: consulta_ganadores | result: fail")).hasSize(1);

			Program late = lottery.startAgency(2, "lines");
			assertThat(late.exitCode(Lottery.LIMIT)).isZero();
			Program again = lottery.startAgency(1, "lines");
			assertThat(again.exitCode(Lottery.LIMIT)).isZero();
			assertThat(again.log("action: consulta_ganadores | result: success")).singleElement()
				.asString()
				.contains("cant_ganadores: " + data.winners(1));
		}
	}

	@Test
	void bothSidesStopInTimeWhileAgenciesWaitForTheDraw() throws Exception {
		Data data = Data.first(20, Data.generated(), 4, this.directory.resolve("data"));
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.startCentral();
			Program terminated = lottery.startAgency(1, "lines");
			Program interrupted = lottery.startAgency(2, "tlv");
			terminated.awaitLog("action: consulta_ganadores | result: in_progress");
			interrupted.awaitLog("action: consulta_ganadores | result: in_progress");

			assertThat(terminated.stop("TERM", Lottery.LIMIT)).isLessThan(Duration.ofSeconds(10));
			assertThat(interrupted.stop("INT", Lottery.LIMIT)).isLessThan(Duration.ofSeconds(10));
			Program waiting = lottery.startAgency(3, "lines");
			waiting.awaitLog("action: consulta_ganadores | result: in_progress");
			assertThat(central.stop("INT", Lottery.LIMIT)).isLessThan(Duration.ofSeconds(10));
		}
	}

}
