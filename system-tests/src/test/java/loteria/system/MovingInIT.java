package loteria.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
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

	/** As the clients of all five do: once, and a moment after the server's start. */
	@Test
	void aPeerThatConnectsOnceIsServedWhenTheCentralIsReady() throws IOException {
		int port = Lottery.freePorts(1).getFirst();
		try (Program central = start(this.directory, port); Socket peer = connect(central, port)) {
			assertThat(central.log("action: accept_connections")).as("it is still starting").isEmpty();
			peer.setSoTimeout((int) Lottery.LIMIT.toMillis());
			peer.getOutputStream().write("E:1\nhello\n".getBytes(StandardCharsets.UTF_8));
			assertThat(new String(peer.getInputStream().readNBytes(10), StandardCharsets.UTF_8))
				.isEqualTo("E:1\nhello\n");
		}
	}

	/** Of replicas that share a volume, one works. */
	@Test
	void aCentralWhoseStoreIsTakenNeverAcceptsAPeer() throws IOException {
		List<Integer> free = Lottery.freePorts(2);
		Path other = Files.createDirectory(this.directory.resolve("other"));
		Files.createSymbolicLink(other.resolve("store"), this.directory.resolve("store"));
		try (Program first = start(this.directory, free.getFirst());
				Socket _ = connect(first, free.getFirst());
				Program second = start(other, free.getLast())) {
			assertThat(connect(second, free.getLast())).isNull();
			assertThat(second.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(second.log()).singleElement().asString().contains("ERROR", "in use by another central");
		}
	}

	@Test
	void whatCanNotBeClaimedIsSaidInTheLogsOwnForm() throws IOException {
		try (ServerSocket taken = new ServerSocket(0); Program central = start(this.directory, taken.getLocalPort())) {
			assertThat(central.exitCode(Lottery.LIMIT)).isEqualTo(1);
			assertThat(central.log()).singleElement()
				.asString()
				.matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} ERROR    action: accept_connections [|] result: fail"
						+ " [|] listener: lines [|] address: all [|] port: " + taken.getLocalPort() + " .*");
		}
	}

	private static Program start(Path directory, int port) {
		return Program.start("central", directory, Map.of("CENTRAL_DIALECT", "lines", "SERVER_PORT", "" + port,
				"CENTRAL_HTTP_PORT", "" + Lottery.freePorts(1).getFirst()));
	}

	/** Null if the central ends without having accepted anybody. */
	private static @Nullable Socket connect(Program central, int port) {
		while (true) {
			try {
				return new Socket(InetAddress.getLoopbackAddress(), port);
			}
			catch (IOException ex) {
				if (!central.isAlive()) {
					return null;
				}
				LockSupport.parkNanos(1_000_000);
			}
		}
	}

}
