package loteria.central.tcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import loteria.bet.BetRules;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Dialects;
import loteria.protocol.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever the bytes of a transcript are cut, the central understands the same.
 */
class TranscriptSplitTests {

	/** Of what is longer, only some of the cuts are tried. */
	private static final int EVERY_CUT = 2000;

	private static final int SOME_CUTS = 17;

	private static final String MAX_MESSAGE = "--central.connections.max-message=";

	private final BetRules rules = BetRules.storing(Clock.systemUTC());

	static Stream<Transcript> all() {
		return Transcript.all().stream();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("all")
	void meansTheSameWhereverItIsCut(Transcript transcript) throws IOException {
		Map<Integer, Dialect> dialects = new TreeMap<>();
		Map<Integer, ByteArrayOutputStream> sent = new TreeMap<>();
		for (Transcript.Step step : transcript.steps()) {
			if (step instanceof Transcript.Connect(int peer, String listener)) {
				dialects.put(peer, Dialects.named(listener).orElseThrow());
				sent.put(peer, new ByteArrayOutputStream());
			}
			else if (step instanceof Transcript.Send(int peer, byte[] bytes)) {
				sent.get(peer).writeBytes(bytes);
			}
		}
		for (Map.Entry<Integer, Dialect> peer : dialects.entrySet()) {
			assertSameWhereverCut(peer.getValue(), limits(transcript), sent.get(peer.getKey()).toByteArray());
		}
	}

	private static Limits limits(Transcript transcript) {
		return transcript.settings()
			.stream()
			.filter((setting) -> setting.startsWith(MAX_MESSAGE))
			.map((setting) -> new Limits(Integer.parseInt(setting.substring(MAX_MESSAGE.length()))))
			.findFirst()
			.orElse(Limits.DEFAULT);
	}

	private void assertSameWhereverCut(Dialect dialect, Limits limits, byte[] bytes) throws IOException {
		List<Request> whole = CutInput.requests(dialect.server(this.rules, limits), bytes, bytes.length);
		int step = (bytes.length <= EVERY_CUT) ? 1 : bytes.length / SOME_CUTS;
		for (int cut = 1; cut < bytes.length; cut += step) {
			assertThat(CutInput.requests(dialect.server(this.rules, limits), bytes, cut)).as("cut at %d", cut)
				.isEqualTo(whole);
		}
	}

}
