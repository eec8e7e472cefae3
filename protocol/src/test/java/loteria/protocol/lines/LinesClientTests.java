package loteria.protocol.lines;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Bet;
import loteria.bet.InvalidBet.Field;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.ProtocolException;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Samples.ANA;
import static loteria.protocol.Samples.LONGEST;
import static loteria.protocol.Samples.documents;
import static loteria.protocol.Samples.encoded;
import static loteria.protocol.Samples.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LinesClientTests {

	private static final ClientRequest STORE = new ClientRequest.StoreBets(1, List.of(ANA));

	private static final ClientRequest AWAIT = new Request.AwaitWinners(OptionalInt.of(1));

	private static final ClientRequest GREET = new Request.Greeting(1);

	private static final ClientRequest CHECK = new Request.Check(1);

	private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

	private final ClientCodec codec = new Lines().client(1, 100).orElseThrow();

	private @Nullable Reply decode(ClientRequest request, Object... reply) throws IOException {
		return this.codec.decode(request, arrived(reply));
	}

	@Test
	void saysAnEcho() throws IOException {
		assertThat(encoded(this.codec, new Request.Echo("[CLIENT 1] Message N°1")))
			.isEqualTo(of("E:1\n[CLIENT 1] Message N°1\n"));
		assertThat(decode(new Request.Echo("x"), "E:1\nx\n")).isEqualTo(new Reply.Echoed("x"));
	}

	@Test
	void everyRequestIsAnswered() {
		assertThat(List.of(STORE, AWAIT, GREET)).allMatch(this.codec::isAnswered);
	}

	@Test
	void hasNoOtherRequests() {
		assertThat(List.<ClientRequest>of(new Request.CloseAgency(1), new Request.FindWinners(1),
				new Request.Disconnect()))
			.allSatisfy((request) -> assertThatIllegalArgumentException().isThrownBy(() -> encoded(this.codec, request))
				.withMessageStartingWith("lines has no "));
	}

	@Test
	void understandsARefusalOfAnything() {
		assertThat(List.of(STORE, AWAIT, GREET, new Request.Echo("x"))).allSatisfy(
				(request) -> assertThat(decode(request, "R:1\nFAIL\n")).isEqualTo(new Reply.Refused(Refusal.UNSAID)));
	}

	@Test
	void acceptsCarriageReturns() throws IOException {
		assertThat(decode(STORE, "R:1\r\nOK\r\n")).isEqualTo(new Reply.Stored(1));
		assertThat(decode(STORE, "R:1\r\nFAIL\r\n")).isEqualTo(new Reply.Refused(Refusal.UNSAID));
		assertThat(decode(AWAIT, "W:1\r\n5\r\n")).isEqualTo(new Reply.Winners(List.of("5")));
		assertThat(decode(AWAIT, "W:0\r\nN\r\n")).isEqualTo(new Reply.Winners(List.of()));
		assertThat(decode(GREET, "H:3\r\nCLOSED\r\n")).isEqualTo(new Reply.Greeted(3, true));
	}

	@Test
	void understandsAGreeting() throws IOException {
		assertThat(decode(GREET, "H:3000000000\nOPEN\n")).isEqualTo(new Reply.Greeted(3000000000L, false));
		assertThat(decode(GREET, "H:0\nCLOSED\n")).isEqualTo(new Reply.Greeted(0, true));
	}

	@Test
	void saysACheckAndUnderstandsTheAnswer() throws IOException {
		assertThat(encoded(this.codec, CHECK)).isEqualTo(of("V:1\n1\n"));
		assertThat(decode(CHECK, "V:3000000000\n" + SHA256_OF_NOTHING + "\n"))
			.isEqualTo(new Reply.Checked(3000000000L, SHA256_OF_NOTHING));
		assertThat(decode(CHECK, "V:0\r\n" + SHA256_OF_NOTHING + "\r\n"))
			.isEqualTo(new Reply.Checked(0, SHA256_OF_NOTHING));
		assertThat(decode(CHECK, "R:1\nFAIL\n")).isEqualTo(new Reply.Refused(Refusal.UNSAID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "V:0\n\n", "V:0\ne3b0c4\n", "V:-1\n" + SHA256_OF_NOTHING + "\n",
			"V:\n" + SHA256_OF_NOTHING + "\n", "V:0\n" + SHA256_OF_NOTHING + "0\n",
			"V:0\nE3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
			"V:0\ng3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n", "H:0\nOPEN\n", "R:1\nOK\n" })
	void noOtherAnswerIsACheck(String reply) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(CHECK, reply));
	}

	@Test
	void understandsWinners() throws IOException {
		assertThat(decode(AWAIT, "W:0\nN\n")).isEqualTo(new Reply.Winners(List.of()));
		assertThat(decode(AWAIT, "W:10000\n" + String.join("~", documents(10_000)) + "\n"))
			.isEqualTo(new Reply.Winners(documents(10_000)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "R:1\nOK\n", "W:2\n5\n", "W:0\n5\n", "W:1\nN\n", "W:1\n\n", "W:1\n5~\n", "W:\n5\n",
			"W:x\n5\n", "X:1\n5\n", "H:0\nOPEN\n", "W:1\n12345678901\n" })
	void noOtherAnswerIsWinners(String reply) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(AWAIT, reply));
	}

	@ParameterizedTest
	@ValueSource(strings = { "R:1\nok\n", "R:2\nOK\n", "W:0\nN\n", "\n\n", "OK\nR:1\n" })
	void noOtherAnswerIsOk(String reply) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, reply));
	}

	@ParameterizedTest
	@ValueSource(strings = { "H:\nOPEN\n", "H:-1\nOPEN\n", "H:0\nopen\n", "R:1\nOK\n", "H:1\n1\n" })
	void noOtherAnswerIsAGreeting(String reply) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(GREET, reply));
	}

	@Test
	void nothingAnswersOtherRequests() {
		assertThat(List.<ClientRequest>of(new Request.CloseAgency(1), new Request.FindWinners(1),
				new Request.Disconnect()))
			.allSatisfy((request) -> assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> decode(request, "R:1\nOK\n")));
	}

	@Test
	void noOtherAnswerIsAnEcho() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(new Request.Echo("x"), "E:2\nx\n"));
	}

	@Test
	void anAnswerIsUtf8() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, "R:1\n", hex("ff"), "\n"))
			.withMessage("lines: expected two lines that answer the request, got 6 bytes: 52 3a 31 0a ff 0a");
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, hex("ff"), "\nOK\n"));
	}

	@Test
	void cannotCarrySeparatorsInNames() {
		assertThat(this.codec.refusal(ANA)).isNull();
		for (Bet bet : List.of(named("A;a", "Sol"), named("A~a", "Sol"))) {
			assertThat(this.codec.refusal(bet)).hasFieldOrPropertyWithValue("field", Field.FIRST_NAME)
				.asString()
				.contains("dialect lines");
		}
		assertThat(this.codec.refusal(named("A,a:#", "S~l"))).hasFieldOrPropertyWithValue("field", Field.LAST_NAME);
	}

	@Test
	void knowsTheSizeOfTheLongestBatch() {
		// two line ends, S: and ten digits; the last bet has no separator behind it
		assertThat(this.codec.overhead()).isEqualTo(14);
		byte[] batch = encoded(this.codec, new ClientRequest.StoreBets(LONGEST.agency(), List.of(LONGEST, LONGEST)));
		assertThat(batch).hasSize("S:2\n\n".length() + 2 * this.codec.size(LONGEST) - 1);
	}

}
