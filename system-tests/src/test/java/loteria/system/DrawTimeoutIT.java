package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waiting for the draw: it may not come in time, and either side may be stopped.
 */
class DrawTimeoutIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "lines", "fixed", "csv", "packets", "tlv" })
	void anAgencyThatTheCentralLetsGoAsksAgainUntilTheDraw(String dialect) throws IOException {
		Data data = Data.first(500, Data.generated(), 2, this.directory.resolve("data"));
		try (Lottery lottery = new Lottery(this.directory, data).with("CENTRAL_DRAW_TIMEOUT", "2s")) {
			Program central = lottery.startCentral();
			Program limited = lottery.startAgency(1, dialect, "CLI_WAIT_LIMIT", "1s");
			assertThat(limited.exitCode(Lottery.LIMIT)).isEqualTo(5);
			// the bets are stored, which no dialect but lines can tell
			Path rest = dialect.equals("lines") ? data.file(1) : Files.createFile(this.directory.resolve("empty.csv"));
			Program early = lottery.startAgency(1, dialect, "CLI_FILE", rest.toString());
			if (List.of("lines", "fixed", "csv").contains(dialect)) {
				central.awaitLog("draw_timeout: ");
			}
			Program late = lottery.startAgency(2, dialect);
			assertThat(late.exitCode(Lottery.LIMIT)).isZero();
			assertThat(early.exitCode(Lottery.LIMIT)).isZero();
			assertThat(early.log("action: consulta_ganadores | result: success")).singleElement()
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
