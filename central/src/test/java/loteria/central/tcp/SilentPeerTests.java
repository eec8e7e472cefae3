package loteria.central.tcp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import loteria.central.RunningCentral;
import loteria.torture.Torture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults 9 and 10: peers that vanish without a word, and peers that do not take their
 * replies. They are cut off within the limits, and cost nobody else anything.
 */
@Tag(Torture.TAG)
class SilentPeerTests {

	private static final int PEERS = 40;

	private static final int DEAF_PEERS = 10;

	private static final String ECHO = "E:1\n" + "x".repeat(64 * 1024) + "\n";

	/** More than the buffers of both systems hold. */
	private static final long MAX_UNREAD = 64 * 1024 * 1024;

	private static final int LIMIT_SECONDS = 60;

	private RunningCentral central;

	private final List<Peer> peers = new ArrayList<>();

	@BeforeEach
	void start(@TempDir Path directory) {
		this.central = RunningCentral.start(directory, "--central.agencies=3", "--central.connections.idle=1s",
				"--central.connections.first-message=1s", "--central.connections.message=1s",
				"--central.connections.answer=1s");
	}

	@AfterEach
	void stop() throws IOException {
		for (Peer peer : this.peers) {
			peer.close();
		}
		this.central.close();
	}

	@Test
	void peersThatSayNothingMoreAreFreed() throws IOException {
		for (int i = 0; i < PEERS; i++) {
			Peer peer = keep(new Peer(this.central.port("lines")));
			peer.send(switch (i % 4) {
				case 0 -> "";
				case 1 -> "S:1\n1;Ana;";
				case 2 -> "H:1\n1\n";
				default -> "S:1\n" + (100 + i) + ";Ana;Paz;1;1990-01-01;7\n";
			});
		}
		assertThatOthersAreServed();
		assertThatAllAreFreed();
		// each is told by its own thread, once the watch has closed its socket
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.central.refusals("lines", "too_slow")).isEqualTo(PEERS / 4));
		Torture.report("9 peers that vanish without a word", PEERS, "");
	}

	@Test
	void peersThatTakeNoReplyAreCutOff() throws Exception {
		try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> sending = new ArrayList<>();
			for (int i = 0; i < DEAF_PEERS; i++) {
				Peer peer = keep(Peer.withTinyBuffers(this.central.port("lines")));
				sending.add(senders.submit(() -> peer.sendUntilClosed(ECHO, MAX_UNREAD)));
			}
			assertThatOthersAreServed();
			for (Future<?> sent : sending) {
				sent.get(LIMIT_SECONDS, TimeUnit.SECONDS);
			}
		}
		assertThatAllAreFreed();
		assertThat(this.central.refusals("lines", "too_slow")).isEqualTo(DEAF_PEERS);
		Torture.report("10 peers that take no reply", DEAF_PEERS, "");
	}

	@Test
	void aPeerThatTakesNoReplyDoesNotHoldUpTheStop() throws Exception {
		Peer peer = keep(Peer.withTinyBuffers(this.central.port("lines")));
		Thread sender = Thread.startVirtualThread(() -> peer.sendUntilClosed(ECHO, MAX_UNREAD));
		assertThatOthersAreServed();
		long begun = System.nanoTime();
		this.central.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
		assertThat(sender.join(Duration.ofSeconds(LIMIT_SECONDS))).isTrue();
	}

	private void assertThatOthersAreServed() throws IOException {
		try (Peer other = new Peer(this.central.port("lines"))) {
			other.send("S:1\n2;Ana;Paz;1;1990-01-01;7\nE:1\nstill here\n");
			assertThat(other.receiveLines(4)).isEqualTo("R:1\nOK\nE:1\nstill here\n");
		}
	}

	private void assertThatAllAreFreed() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.central.openConnections("lines")).isZero());
	}

	private Peer keep(Peer peer) {
		this.peers.add(peer);
		return peer;
	}

}
