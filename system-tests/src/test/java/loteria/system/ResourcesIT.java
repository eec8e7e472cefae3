package loteria.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import loteria.torture.Torture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A central that has little memory and few descriptors, and peers that want much of both.
 */
class ResourcesIT {

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	private static final String BET = "9;A;B;1;1990-01-01;7~";

	private static final int BETS = 8_000;

	private static final String UNFINISHED = "S:99999\n" + BET.repeat(BETS);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	private final List<Socket> peers = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (Socket peer : this.peers) {
			peer.close();
		}
	}

	@Test
	void whatManyLeaveUnfinishedCostsNobodyElseAnything() throws Exception {
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.startCentral("-Xmx64m");
			for (int i = 0; i < 80; i++) {
				connect(lottery).getOutputStream().write(UNFINISHED.getBytes(StandardCharsets.US_ASCII));
			}
			central.awaitLog("reason: overloaded: there is no room for this message");
			Job.start(lottery, data).end(central);
		}
	}

	@Test
	void whatManySendAtOnceIsStoredOrRefused() throws Exception {
		String batch = "S:" + BETS + "\n" + BET.repeat(BETS) + "\n";
		try (Lottery lottery = new Lottery(this.directory, Data.generated())) {
			Program central = lottery.startCentral("-Xmx64m");
			for (int i = 0; i < 40; i++) {
				connect(lottery).getOutputStream().write(batch.getBytes(StandardCharsets.US_ASCII));
			}
			int stored = 0;
			for (Socket peer : this.peers) {
				String answer = new String(peer.getInputStream().readNBytes(6), StandardCharsets.US_ASCII);
				assertThat(answer).isIn("R:1\nOK", "R:1\nFA");
				stored += answer.endsWith("OK") ? 1 : 0;
			}
			assertThat(stored).isPositive();
			central.stop("TERM", STOP_LIMIT);
			assertThat(lottery.rows()).hasSize(stored * BETS);
		}
	}

	/** Each of them as a text would fill the heap. */
	@Test
	void winnersTakeNoMemoryHoweverManyThereAre() throws Exception {
		int batches = Torture.count("winners", 150);
		int winners = batches * BETS;
		try (Lottery lottery = new Lottery(this.directory, Data.generated())) {
			lottery.with("CENTRAL_AGENCIES", "1").with("CENTRAL_DRAW_WINNINGNUMBER", "7");
			Program central = lottery.startCentral("-Xmx64m");
			String batch = "S:" + BETS + "\n" + BET.repeat(BETS) + "\n";
			Socket agency = connect(lottery);
			for (int sent = 0; sent < batches; sent++) {
				assertThat(ask(agency, batch, 7)).isEqualTo("R:1\nOK\n");
			}
			central.kill();
			central = lottery.startCentral("-Xmx64m");
			String told = "H:" + winners + "\nOPEN\nW:" + winners + "\n" + "1~".repeat(winners - 1) + "1\n";
			assertThat(ask(connect(lottery), "H:1\n9\nF:1\nFINISHED\n", told.length())).isEqualTo(told);
			assertThat(central.log("action: sorteo | result: success")).singleElement()
				.asString()
				.contains("winners: " + winners);
			assertThat(ask(connect(lottery, "csv"), "DONE:9\n", 0))
				.isEqualTo("['" + "1', '".repeat(winners - 1) + "1']\n");
			assertThat(ask(connect(lottery, "tlv"), "\6\0\0\0\2" + "9#", 5 + 2 * winners))
				.endsWith("1#".repeat(winners));
			assertThat(ask(connect(lottery, "packets"), "\0\20" + "WinnersRequest:9", 0)).isEmpty();
			assertThat(ask(connect(lottery, "fixed"), "\0\117\0\11" + "END_MESSAGE" + "\0".repeat(68), 0))
				.isEqualTo("END" + "\0".repeat(6));
			// a reply that can't be told is logged behind the close of its connection
			central.stop("TERM", STOP_LIMIT);
			assertThat(central.log("too_many_winners")).hasSize(2);
		}
	}

	/**
	 * @param length of the answer, or 0 where the central closes behind it
	 */
	private static String ask(Socket peer, String message, int length) throws IOException {
		peer.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
		InputStream in = peer.getInputStream();
		return new String((length > 0) ? in.readNBytes(length) : in.readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	@Test
	void withoutMemoryItEndsWithACodeOfItsOwn() throws Exception {
		try (Lottery lottery = new Lottery(this.directory, Data.generated())) {
			Program central = lottery.with("CENTRAL_CONNECTIONS_MEMORY", "1GB").startCentral("-Xmx40m");
			try {
				for (int i = 0; i < 200 && central.isAlive(); i++) {
					connect(lottery).getOutputStream().write(UNFINISHED.getBytes(StandardCharsets.US_ASCII));
				}
			}
			catch (IOException ex) {
				// it has ended
			}
			assertThat(central.exitCode(Lottery.LIMIT)).isEqualTo(5);
			assertThat(
					central.log("action: shutdown | result: fail | exit_code: 5 | error: java.lang.OutOfMemoryError"))
				.singleElement()
				.asString()
				.contains("-Xmx");
		}
	}

	@Test
	void morePeersThanDescriptorsDoNotEndIt() throws Exception {
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.launchCentralWithFiles(200);
			central.awaitLog("action: accept_connections | result: in_progress | port: " + lottery.port("lines"));
			assertThat(central.log("is too much for a process that may have 200 files open (ulimit -n)"))
				.anyMatch((line) -> line.contains("key: central.connections.max"));
			for (int i = 0; i < 300; i++) {
				connect(lottery);
			}
			// whichever comes first: one that is refused, or that makes room once it is
			// idle
			Awaitility.await()
				.atMost(Lottery.LIMIT)
				.until(() -> !central.log("connections of this address are open, central.connections.per-address")
					.isEmpty() || !central.log("made room for another").isEmpty());
			close();
			Awaitility.await()
				.atMost(Lottery.LIMIT)
				.until(() -> Http.status(lottery.httpPort(), "/actuator/health/readiness") == 200);
			Job.start(lottery, data).end(central);
		}
	}

	private Socket connect(Lottery lottery) throws IOException {
		return connect(lottery, "lines");
	}

	private Socket connect(Lottery lottery, String dialect) throws IOException {
		Socket peer = new Socket(InetAddress.getLoopbackAddress(), lottery.port(dialect));
		this.peers.add(peer);
		peer.setSoTimeout((int) Lottery.LIMIT.toMillis());
		return peer;
	}

}
