package loteria.central.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import loteria.central.RunningCentral;
import loteria.central.tcp.Transcript.Step;
import loteria.protocol.Dialect;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Holds every transcript against a central of its own.
 */
@Timeout(60)
class TranscriptTests {

	/** Longer messages are not sent byte by byte. */
	private static final int LONG = 2000;

	/** One agency is expected unless a transcript says otherwise. */
	private static final String AGENCIES = "--central.agencies=";

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	@TempDir
	Path store;

	static Stream<Transcript> all() {
		return Transcript.all().stream();
	}

	static Stream<Transcript> withShortMessages() {
		return all().filter((transcript) -> transcript.steps()
			.stream()
			.noneMatch((step) -> step instanceof Transcript.Send send && send.bytes().length > LONG));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("all")
	void isWhatTheCentralDoes(Transcript transcript) throws IOException {
		run(transcript, Integer.MAX_VALUE);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("withShortMessages")
	void isWhatTheCentralDoesWhenSpokenToByteByByte(Transcript transcript) throws IOException {
		run(transcript, 1);
	}

	private void run(Transcript transcript, int segment) throws IOException {
		List<String> settings = new ArrayList<>(transcript.settings());
		settings.add("--spring.main.web-application-type=none");
		if (settings.stream().noneMatch((setting) -> setting.startsWith(AGENCIES))) {
			settings.add(AGENCIES + "1");
		}
		Map<Integer, Peer> peers = new TreeMap<>();
		try (RunningCentral central = RunningCentral.start(this.store, settings.toArray(String[]::new))) {
			int taken = 0;
			for (Step step : transcript.steps()) {
				taken++;
				try {
					take(step, transcript, central, peers, segment);
				}
				catch (AssertionError | IOException | RuntimeException ex) {
					throw new AssertionError(String.format(Locale.ROOT, "%s, step %d, %s of peer %d: %s", transcript,
							taken, step.getClass().getSimpleName(), step.peer(), ex.getMessage()), ex);
				}
			}
			for (Peer peer : peers.values()) {
				peer.endOutput();
				assertThat(peer.receiveAll()).as("%s, after the last step", transcript).isEmpty();
			}
		}
		finally {
			for (Peer peer : peers.values()) {
				peer.close();
			}
		}
	}

	private void take(Step step, Transcript transcript, RunningCentral central, Map<Integer, Peer> peers, int segment)
			throws IOException {
		switch (step) {
			case Transcript.Connect(int peer, String listener) ->
				assertThat(peers.put(peer, new Peer(central.port(listener)))).as("peer %d", peer).isNull();
			case Transcript.Send(int peer, byte[] bytes) -> send(peers.get(peer), bytes, segment);
			case Transcript.Expect(int peer, byte[] bytes) -> expect(peer, peers.get(peer), bytes);
			case Transcript.ExpectClose(int peer) ->
				assertThat(peers.remove(peer).receiveAll()).as("to peer %d before the close", peer).isEmpty();
			case Transcript.End(int peer) -> peers.get(peer).endOutput();
			case Transcript.Close(int peer) -> peers.remove(peer).close();
			case Transcript.Refused(int _, String reason, int count) -> Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(central.refusals(transcript.dialect(), reason)).as("refused %s", reason)
					.isEqualTo(count));
			case Transcript.Finished(int _, int count) -> Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(central.finished()).as("finished").isEqualTo(count));
			case Transcript.Stored(int _, int count) -> assertThat(central.bets().lines()).as("stored").hasSize(count);
		}
	}

	private static void send(Peer peer, byte[] bytes, int segment) throws IOException {
		for (int at = 0; at < bytes.length; at += Math.min(segment, bytes.length)) {
			int end = Math.min(at + Math.min(segment, bytes.length), bytes.length);
			peer.send(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
		}
	}

	private static void expect(int number, Peer peer, byte[] expected) throws IOException {
		byte[] received = peer.receive(expected.length).getBytes(StandardCharsets.ISO_8859_1);
		assertThat(Arrays.equals(received, expected))
			.as(() -> "to peer " + number + " " + TranscriptBytes.difference(received, expected))
			.isTrue();
	}

	@Test
	void readsBytesAsTheyAreWritten() {
		assertThat(TranscriptBytes.of("")).isEmpty();
		assertThat(TranscriptBytes.of("aé\\n\\r\\0\\\\\\(\\)\\{\\$"))
			.isEqualTo("aé\n\r\0\\(){$".getBytes(StandardCharsets.UTF_8));
		assertThat(TranscriptBytes.of("{00 ff7f}x")).containsExactly(0, 0xff, 0x7f, 'x');
		assertThat(TranscriptBytes.of("(a(b)*2,)*3")).asString().isEqualTo("abb,abb,abb,");
		assertThat(TranscriptBytes.of("($n$i;)*2$n")).asString().isEqualTo("10000000;10000011;1000002");
		assertThat(TranscriptBytes.of("($4)*2")).containsExactly(0, 0x0f, 0x42, 0x40, 0, 0x0f, 0x42, 0x41);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a)", "(a", "(a)2", "$x", "{0}", "{0g}" })
	void readsNoOtherBytes(String notation) {
		assertThatIllegalArgumentException().isThrownBy(() -> TranscriptBytes.of(notation));
	}

	@Test
	void joinsLinesThatGoOn() {
		Transcript transcript = Transcript.parse("csv/x.txt",
				List.of("# prose", "", "set a=b", "2 send a", "  b", "connect tlv"));
		assertThat(transcript.settings()).containsExactly("--a=b");
		assertThat(transcript.steps()).usingRecursiveFieldByFieldElementComparator()
			.containsExactly(new Transcript.Send(2, new byte[] { 'a', 'b' }), new Transcript.Connect(1, "tlv"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sned x", "send", "expect", "close x", "1 2 send x", "Send x", "0 send x", "expect-clos",
			"stored", "stored x", "refused x y" })
	void refusesAnUnknownLine(String line) {
		assertThatIllegalArgumentException().isThrownBy(() -> Transcript.parse("csv/x.txt", List.of(line)));
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Dialects#all")
	void areTwelveADialectAtLeast(Dialect dialect) {
		assertThat(all().filter((transcript) -> transcript.dialect().equals(dialect.name())))
			.hasSizeGreaterThanOrEqualTo(12);
	}

}
