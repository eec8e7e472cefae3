package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM for an agency whose central is frozen: it can't know what becomes of the batch
 * that it has sent, and must not pass over it.
 */
class AgencyStopIT {

	private static final int BETS = 10;

	private static final String ESTABLISHED = "01";

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "fixed", "csv", "packets", "tlv" })
	void namesTheBatchThatAFrozenCentralStoresLater(String dialect) throws Exception {
		Data data = Data.first(BETS, Data.generated(), 1, this.directory.resolve("data"));
		try (Lottery lottery = new Lottery(this.directory.resolve("lottery"), data)) {
			Program central = lottery.startCentral();
			central.signal("STOP");
			Program agency = lottery.startAgency(1, dialect);
			awaitBytesFor(lottery.port(dialect));
			agency.terminate();
			assertThat(agency.exitCode(Lottery.LIMIT)).isEqualTo(1);
			assertThat(agency.log("action: apuesta_enviada | result: fail")).singleElement()
				.asString()
				.contains("cantidad: 10 | lines: 1-10 | reason: stopped by SIGTERM before the answer",
						"in doubt, stored or not");
			assertThat(agency.log("action: summary")).singleElement()
				.asString()
				.contains("result: fail", "sent: 0", "unfinished: ");
			assertThat(agency.log()).last().asString().endsWith("action: exit | result: fail | code: 1");
			central.signal("CONT");
			Awaitility.await("the batch in the store")
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(lottery.rows()).hasSize(BETS));
		}
	}

	/** Returns when the system holds bytes that nobody has read at {@code port}. */
	private static void awaitBytesFor(int port) {
		Awaitility.await("unread bytes")
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> sockets("tcp").anyMatch((socket) -> hasUnread(socket, port))
					|| sockets("tcp6").anyMatch((socket) -> hasUnread(socket, port)));
	}

	private static Stream<String> sockets(String table) throws IOException {
		Path path = Path.of("/proc/net", table);
		return Files.exists(path) ? Files.readAllLines(path).stream() : Stream.empty();
	}

	/**
	 * @param socket a line of the system's table: number, local address, remote address,
	 * state, bytes to be sent and to be read
	 */
	private static boolean hasUnread(String socket, int port) {
		String[] fields = socket.strip().split("\\s+");
		return fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port)) && fields[3].equals(ESTABLISHED)
				&& !fields[4].endsWith(":00000000");
	}

}
