package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import loteria.central.RunningCentral;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What peers leave unfinished, and what it costs others.
 */
class MessageMemoryTests {

	private static final String BET = "9;A;B;1;1990-01-01;7";

	/** What the buffer of one of the large messages counts. */
	private static final double LARGE = 2 * 256 * 1024;

	private static final int GREEDY = 10;

	private RunningCentral central;

	private final List<Peer> greedy = new ArrayList<>();

	@BeforeEach
	void start(@TempDir Path directory) throws IOException {
		// room for ten large messages of which not all has arrived
		this.central = RunningCentral.start(directory, "--central.connections.memory=10MB",
				"--central.connections.max-message=208KB", "--central.agencies=3");
		for (int i = 0; i < GREEDY; i++) {
			Peer peer = connect();
			peer.send("S:999\n" + "x".repeat(200_000));
			this.greedy.add(peer);
		}
		awaitUnfinished(GREEDY * LARGE);
	}

	@AfterEach
	void stop() throws IOException {
		leave();
		this.central.close();
	}

	@Test
	void theLargestIsRefusedForAnother() throws IOException {
		String echo = "E:1\n" + "x".repeat(150_000) + "\n";
		try (Peer other = connect()) {
			other.send(echo);
			assertThat(other.receiveLines(2)).isEqualTo(echo);
			assertThat(this.central.refusals("lines", "overloaded")).isOne();
		}
		leave();
		awaitUnfinished(0);
	}

	@Test
	void whoSendsLittleIsServedWhateverOthersLeaveUnfinished() throws IOException {
		try (Peer small = connect()) {
			small.send("S:1\n" + BET + "\n");
			assertThat(small.receiveLines(2)).isEqualTo("R:1\nOK\n");
			assertThat(this.central.refusals("lines", "overloaded")).isZero();
		}
	}

	@Test
	void nothingIsKeptOfALargeMessageThatWasAnswered() throws IOException {
		leave();
		try (Peer peer = connect()) {
			peer.send("S:9000\n" + (BET + "~").repeat(9000) + "\n");
			assertThat(peer.receiveLines(2)).isEqualTo("R:1\nOK\n");
			awaitUnfinished(0);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> this.central.gauge("lottery.messages.answering") == 0);
		}
	}

	/** Who waits for the draw waits long, and what is behind it as long. */
	@Test
	void muchBehindTheEndOfTheBetsIsRefused() throws IOException {
		leave();
		try (Peer peer = connect()) {
			peer.send("S:9\n" + "x".repeat(100_000));
			awaitUnfinished(LARGE / 2);
			peer.send("\nF:1\nFINISHED\nS:9\n" + "x".repeat(100_000));
			assertThat(peer.receiveLines(4)).isEqualTo("R:1\nFAIL\n".repeat(2));
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> this.central.refusals("lines", "too_long") == 1);
			assertThat(this.central.finished()).isZero();
		}
	}

	private void leave() throws IOException {
		for (Peer peer : this.greedy) {
			peer.close();
		}
		this.greedy.clear();
	}

	private Peer connect() throws IOException {
		return new Peer(this.central.port("lines"));
	}

	private void awaitUnfinished(double bytes) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.central.gauge("lottery.messages.unfinished") == bytes);
	}

}
