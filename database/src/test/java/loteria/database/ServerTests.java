package loteria.database;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(240)
class ServerTests {

	@TempDir
	private Path directory;

	@Test
	void whatWasAcknowledgedSurvivesACrashAndThenTheLossOfThePrimary() throws Exception {
		try (Server primary = new Server(this.directory.resolve("primary"), freePort()).start()) {
			primary.query("CREATE TABLE bets (bet int)");
			primary.query("INSERT INTO bets VALUES (1)");
			primary.crash();
			primary.start();
			try (Server standby = primary.standby(this.directory.resolve("standby"), freePort())) {
				assertThat(standby.query("SELECT pg_is_in_recovery()")).isEqualTo("t");
				primary.query("INSERT INTO bets VALUES (2)");
				primary.crash();
				standby.promote();
				standby.query("INSERT INTO bets VALUES (3)");
				assertThat(standby.query("SELECT array_agg(bet) FROM bets")).isEqualTo("{1,2,3}");
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
