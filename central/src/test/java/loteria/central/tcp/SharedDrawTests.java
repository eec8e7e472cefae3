package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import javax.sql.DataSource;

import loteria.central.RunningCentral;
import loteria.central.store.postgres.PostgresBetStore;
import loteria.central.store.postgres.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One draw of several centrals.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SharedDrawTests {

	private static final String OK = "R:1\nOK\n";

	private static final String CENTRALS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'central'";

	private static final String FINISH = "F:1\nFINISHED\n";

	private final String draw = TestDatabase.newDraw();

	@TempDir
	Path directory;

	@Test
	void whoeverFinishesLastAtAnyCentralDrawsOnceForAll(CapturedOutput output) throws Exception {
		try (RunningCentral one = start();
				RunningCentral other = start();
				Peer first = peer(one);
				Peer second = peer(other);
				Peer moved = peer(other)) {
			assertThat(TestDatabase.query(CENTRALS)).as("connections with the settings of application.yaml")
				.isNotEmpty();
			first.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n");
			assertThat(first.receiveLines(2)).isEqualTo(OK);
			moved.send("H:1\n1\nS:1\n1;Eva;Sol;12;1990-01-01;7574\n");
			assertThat(moved.receiveLines(4)).isEqualTo("H:1\nOPEN\n" + OK);
			first.send(FINISH);
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> other.finished() == 1);
			second.send("S:1\n2;Eva;Sol;22;1990-01-01;7574\n" + FINISH);
			assertThat(second.receiveLines(4)).isEqualTo(OK + "W:1\n22\n");
			assertThat(first.receiveLines(2)).isEqualTo("W:2\n11~12\n");
			assertThat(one.health()).contains("\"drawn\":true").doesNotContain("DOWN");
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("sorteo"))).hasSize(1);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void drawsWhereAnotherCentralDiedBetweenTheLastFinishAndTheDraw(CapturedOutput output) throws Exception {
		try (RunningCentral central = start(); Peer peer = peer(central)) {
			peer.send("S:1\n1;Ana;Paz;11;1990-01-01;7574\n" + FINISH);
			assertThat(peer.receiveLines(2)).isEqualTo(OK);
			try (PostgresBetStore dying = TestDatabase.open(this.draw)) {
				assertThat(dying.close(2)).isNull();
			}
			assertThat(peer.receiveLines(2)).isEqualTo("W:1\n11\n");
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("sorteo"))).hasSize(1);
	}

	@Test
	void aStoreOfFilesLooksForNoDatabase() throws IOException {
		try (RunningCentral central = RunningCentral.start(this.directory,
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/lottery")) {
			assertThat(central.has(DataSource.class)).isFalse();
			assertThat(central.health()).contains("\"status\":\"UP\"").doesNotContain("DOWN", "postgresql");
		}
	}

	private RunningCentral start() {
		return RunningCentral.start(this.directory, "--central.agencies=2", "--central.store.type=postgres",
				"--central.draw.name=" + this.draw, "--spring.datasource.url=" + TestDatabase.url(),
				"--spring.datasource.hikari.maximum-pool-size=5");
	}

	private static Peer peer(RunningCentral central) throws IOException {
		return new Peer(central.port("lines"));
	}

}
