package loteria.central.tcp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import loteria.central.store.StoreFailure;
import loteria.central.tcp.ChangingLottery.Lottery;
import loteria.protocol.Dialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Holds every transcript against a lottery of its own.
 */
@Timeout(60)
class TranscriptTests {

	/** Longer messages are not sent byte by byte. */
	private static final int LONG = 2000;

	/** By their settings. */
	private static final Map<List<String>, ChangingLottery> centrals = new HashMap<>();

	@TempDir
	static Path unused;

	@TempDir
	Path store;

	@AfterAll
	static void stopCentrals() {
		centrals.values().forEach(ChangingLottery::close);
		centrals.clear();
	}

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
	void isWhatTheCentralDoes(Transcript transcript) throws IOException, StoreFailure {
		run(transcript, Integer.MAX_VALUE);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("withShortMessages")
	void isWhatTheCentralDoesWhenSpokenToByteByByte(Transcript transcript) throws IOException, StoreFailure {
		run(transcript, 1);
	}

	private void run(Transcript transcript, int segment) throws IOException, StoreFailure {
		ChangingLottery central = centrals.computeIfAbsent(transcript.settingsOfCentral(), TranscriptTests::start);
		try (Lottery lottery = central.begin(this.store, transcript.agencies(), transcript.patience());
				TranscriptRun run = new TranscriptRun(transcript, central.central(), lottery, segment)) {
			run.holds();
		}
	}

	private static ChangingLottery start(List<String> settings) {
		List<String> all = new ArrayList<>(settings);
		all.add("--spring.main.web-application-type=none");
		return new ChangingLottery(unused.resolve("store-" + centrals.size()), all.toArray(String[]::new));
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
