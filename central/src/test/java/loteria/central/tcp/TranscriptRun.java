package loteria.central.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import loteria.central.RunningCentral;
import loteria.central.tcp.ChangingLottery.Lottery;
import loteria.central.tcp.Transcript.Step;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds a transcript against a central that has served others, and a lottery that has
 * not.
 */
final class TranscriptRun implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Transcript transcript;

	private final RunningCentral central;

	private final Lottery lottery;

	private final int segment;

	private final Map<Integer, Peer> peers = new TreeMap<>();

	/** By reason: what others were refused. */
	private final Map<String, Double> refusalsBefore = new HashMap<>();

	/**
	 * @param segment how many bytes are sent at once
	 */
	TranscriptRun(Transcript transcript, RunningCentral central, Lottery lottery, int segment) {
		this.transcript = transcript;
		this.central = central;
		this.lottery = lottery;
		this.segment = segment;
		for (Step step : transcript.steps()) {
			if (step instanceof Transcript.Refused(int _, String reason, int _)) {
				this.refusalsBefore.put(reason, central.refusals(transcript.dialect(), reason));
			}
		}
	}

	void holds() throws IOException {
		int taken = 0;
		for (Step step : this.transcript.steps()) {
			taken++;
			try {
				take(step);
			}
			catch (AssertionError | IOException | RuntimeException ex) {
				throw new AssertionError(String.format(Locale.ROOT, "%s, step %d, %s of peer %d: %s", this.transcript,
						taken, step.getClass().getSimpleName(), step.peer(), ex.getMessage()), ex);
			}
		}
		for (Peer peer : this.peers.values()) {
			peer.endOutput();
			assertThat(peer.receiveAll()).as("%s, after the last step", this.transcript).isEmpty();
		}
	}

	private void take(Step step) throws IOException {
		switch (step) {
			case Transcript.Connect(int peer, String listener) ->
				assertThat(this.peers.put(peer, new Peer(this.central.port(listener)))).as("peer %d", peer).isNull();
			case Transcript.Send(int peer, byte[] bytes) -> send(this.peers.get(peer), bytes);
			case Transcript.Expect(int peer, byte[] bytes) -> expect(peer, this.peers.get(peer), bytes);
			case Transcript.ExpectClose(int peer) -> {
				try (Peer closed = this.peers.remove(peer)) {
					assertThat(closed.receiveAll()).as("to peer %d before the close", peer).isEmpty();
				}
			}
			case Transcript.End(int peer) -> this.peers.get(peer).endOutput();
			case Transcript.Close(int peer) -> this.peers.remove(peer).close();
			case Transcript.Refused(int _, String reason, int count) -> Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(refusals(reason)).as("refused %s", reason).isEqualTo(count));
			case Transcript.Finished(int _, int count) -> Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(this.lottery.finished()).as("finished").isEqualTo(count));
			case Transcript.Stored(int _, int count) ->
				assertThat(this.lottery.bets().lines()).as("stored").hasSize(count);
		}
	}

	private double refusals(String reason) {
		return this.central.refusals(this.transcript.dialect(), reason) - this.refusalsBefore.get(reason);
	}

	private void send(Peer peer, byte[] bytes) throws IOException {
		for (int at = 0; at < bytes.length; at += Math.min(this.segment, bytes.length)) {
			int end = Math.min(at + Math.min(this.segment, bytes.length), bytes.length);
			peer.send(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
		}
	}

	private static void expect(int number, Peer peer, byte[] expected) throws IOException {
		byte[] received = peer.receive(expected.length).getBytes(StandardCharsets.ISO_8859_1);
		assertThat(Arrays.equals(received, expected))
			.as(() -> "to peer " + number + " " + TranscriptBytes.difference(received, expected))
			.isTrue();
	}

	@Override
	public void close() throws IOException {
		for (Peer peer : this.peers.values()) {
			peer.close();
		}
	}

}
