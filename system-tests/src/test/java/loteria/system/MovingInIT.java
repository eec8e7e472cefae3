package loteria.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The central where one of the five systems had its own.
 */
class MovingInIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void aCentralStandsInForTheFormerOne() throws Exception {
		Data data = Data.generated();
		List<Integer> free = Lottery.freePorts(2);
		int port = free.getFirst();
		int httpPort = free.getLast();
		try (Lottery agencies = new Lottery(this.directory.resolve("agencies"), data);
				Program central = Program.start("central", this.directory,
						Map.of("CENTRAL_DIALECT", "csv", "SERVER_PORT", "" + port, "CENTRAL_HTTP_PORT", "" + httpPort,
								"AGENCIES", "" + data.agencies(), "LOGGING_LEVEL", "INFO", "SERVER_LISTEN_BACKLOG",
								"5"))) {
			central.awaitLog("port: " + port + " | dialect: csv");
			assertThat(central.log("action: accept_connections | result: in_progress")).hasSize(1);
			List<Program> started = new ArrayList<>();
			for (int agency = 1; agency <= data.agencies(); agency++) {
				started.add(agencies.startAgency(agency, "csv", port));
			}
			for (Program agency : started) {
				assertThat(agency.exitCode(Lottery.LIMIT)).isZero();
			}
			assertThat(Http.status(httpPort, "/actuator/health")).isEqualTo(200);
			central.stop("TERM", Lottery.LIMIT);
			assertThat(this.directory.resolve("bets.csv"))
				.hasSameBinaryContentAs(this.directory.resolve("store").resolve("bets.csv"));
			assertThat(Files.readAllLines(this.directory.resolve("bets.csv")))
				.containsExactlyInAnyOrderElementsOf(data.rows());
		}
	}

}
