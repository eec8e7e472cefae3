package loteria.protocol.lines;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

import loteria.protocol.Dialect.Limits;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.Samples.Answer;
import loteria.protocol.ServerCodec;
import loteria.protocol.ServerCodec.After;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static loteria.protocol.Bytes.arrive;
import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Samples.ANA;
import static loteria.protocol.Samples.RULES;
import static loteria.protocol.Samples.answer;
import static loteria.protocol.Samples.detail;
import static loteria.protocol.Samples.documents;
import static loteria.protocol.Samples.garbage;
import static loteria.protocol.Samples.refused;
import static loteria.protocol.Samples.storeBets;
import static loteria.protocol.Samples.unacceptable;
import static org.assertj.core.api.Assertions.assertThat;

class LinesServerTests {

	private static final Request ANAS_BET = storeBets(ANA);

	private static final Request FINISH = new Request.AwaitWinners(OptionalInt.of(1));

	private final ServerCodec codec = new Lines().server(RULES, new Limits(200));

	private @Nullable Request decode(Object... message) {
		return this.codec.decode(arrived(message));
	}

	private String answerTo(Request request, Reply reply) {
		return new String(answer(this.codec, request, reply).bytes(), StandardCharsets.UTF_8);
	}

	@Test
	void storesABet() {
		assertThat(decode("S:1\n1;Ana;Sol;5;2000-02-29;9999\n")).isEqualTo(ANAS_BET);
	}

	@Test
	void acceptsASeparatorBehindTheLastBet() {
		assertThat(decode("S:1\n1;Ana;Sol;5;2000-02-29;9999~\n")).isEqualTo(ANAS_BET);
	}

	@Test
	void acceptsCarriageReturns() {
		assertThat(decode("S:1\r\n1;Ana;Sol;5;2000-02-29;9999\r\n")).isEqualTo(ANAS_BET);
		assertThat(decode("F:1\r\nFINISHED\r\n")).isEqualTo(FINISH);
		assertThat(decode("H:1\r\n1\r\n")).isEqualTo(new Request.Greeting(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "2", "", "x", "1x", " 1", "99999999999", "4294967297" })
	void refusesBatchWhoseCountDisagrees(String count) {
		Inbound in = arrived("S:" + count + "\n1;Ana;Sol;5;2000-02-29;9999\n", "F:1\nFINISHED\n");
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.WRONG_COUNT);
		assertThat(this.codec.decode(in)).isInstanceOf(Request.AwaitWinners.class);
	}

	@Test
	void saysHowTheCountDisagrees() {
		assertThat(detail(decode("S:2\n1;Ana;Sol;5;2000-02-29;9999\n"))).isEqualTo("S:2 with 1 bets");
		assertThat(detail(decode("S:0\nx\n"))).isEqualTo("S:\"0\" where a number of bets from 1 on belongs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1;Ana;Sol;5;2000-02-29", "1;Ana;Sol;5;2000-02-29;9999;1", "1;Ana;Sol;5;2000-02-30;9999",
			"1;;Sol;5;2000-02-29;9999", "x;Ana;Sol;5;2000-02-29;9999", "" })
	void refusesAnInvalidBetAndGoesOn(String bet) {
		Inbound in = arrived("S:1\n" + bet + "\n", "S:1\n1;Ana;Sol;5;2000-02-29;9999\n");
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.INVALID_BET);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void refusesABatchOfTwoAgencies() {
		assertThat(unacceptable(decode("S:2\n1;Ana;Sol;5;2000-02-29;9999~2;Ana;Sol;5;2000-02-29;9999\n")))
			.isEqualTo(Reason.OTHER_AGENCY);
	}

	@Test
	void refusesWhatIsNotUtf8AndGoesOn() {
		Inbound in = arrived("S:1\n1;An", hex("ff"), ";Sol;5;2000-02-29;9999\n", hex("ff"), "\nx\n", "H:1\n1\n");
		assertThat(detail(this.codec.decode(in))).isEqualTo("the body");
		assertThat(detail(this.codec.decode(in))).isEqualTo("the header");
		assertThat(this.codec.decode(in)).isEqualTo(new Request.Greeting(1));
		assertThat(unacceptable(decode(hex("ff"), "\nx\n"))).isEqualTo(Reason.NOT_UTF8);
	}

	@Test
	void anAgencyThatNeverSaidWhoItIsFinishesWithoutAName() {
		assertThat(decode("F:1\nFINISHED\n")).isEqualTo(new Request.AwaitWinners(OptionalInt.empty()));
	}

	@Test
	void anAgencyIsKnownByItsBetsAndByItsGreeting() {
		decode("S:1\n1;Ana;Sol;5;2000-02-29;9999\n");
		assertThat(decode("F:1\nFINISHED\n")).isEqualTo(FINISH);
		ServerCodec other = new Lines().server(RULES, Limits.DEFAULT);
		Inbound in = arrived("H:1\n7\nF:1\nFINISHED\n");
		assertThat(other.decode(in)).isEqualTo(new Request.Greeting(7));
		assertThat(other.decode(in)).isEqualTo(new Request.AwaitWinners(OptionalInt.of(7)));
	}

	@Test
	void refusesAGreetingOfAnotherAgency() {
		decode("S:1\n1;Ana;Sol;5;2000-02-29;9999\n");
		assertThat(unacceptable(decode("H:1\n2\n"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode("H:1\nx\n"))).isEqualTo(Reason.MALFORMED);
	}

	@Test
	void understandsACheckOfTheConnectionsOwnAgencyAlone() {
		assertThat(decode("V:1\r\n7\r\n")).isEqualTo(new Request.Check(7));
		assertThat(decode("F:1\nFINISHED\n")).as("a check is no greeting")
			.isEqualTo(new Request.AwaitWinners(OptionalInt.empty()));
		decode("S:1\n1;Ana;Sol;5;2000-02-29;9999\n");
		assertThat(decode("V:1\n1\n")).isEqualTo(new Request.Check(1));
		assertThat(unacceptable(decode("V:1\n2\n"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode("V:1\nx\n"))).isEqualTo(Reason.MALFORMED);
		assertThat(unacceptable(decode("V:2\n1\n"))).isEqualTo(Reason.UNKNOWN_MESSAGE);
	}

	@Test
	void refusesAnotherBodyThanFinished() {
		assertThat(unacceptable(decode("F:1\nfinished\n"))).isEqualTo(Reason.MALFORMED);
		assertThat(detail(decode("F:1\n\n"))).isEqualTo("body of F:1 is \"\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "X:1", "F:2", "H:2", "E:2", "s:1", "R:1", "W:0" })
	void refusesAnUnknownHeaderAndGoesOn(String header) {
		Inbound in = arrived(header + "\nanything\n", "H:1\n1\n");
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.UNKNOWN_MESSAGE);
		assertThat(this.codec.decode(in)).isEqualTo(new Request.Greeting(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "E:1\n[CLIENT 1] Message N°1\n", "E:1\r\nx\r\n", "E:1\nx\r\n", "E:1\r\nx\n", "E:1\n\n" })
	void echoesTheSameTwoLines(String message) {
		Request request = decode(message);
		assertThat(request).isInstanceOf(Request.Echo.class);
		assertThat(answerTo(request, new Reply.Echoed(((Request.Echo) request).text()))).isEqualTo(message);
	}

	@Test
	void takesAMessageOfTheLimitAndNoByteMore() {
		String text = "x".repeat(200 - "E:1\n\n".length());
		assertThat(decode("E:1\n" + text + "\n")).isInstanceOf(Request.Echo.class);
		assertThat(garbage(decode("E:1\n" + text + "x\n"))).isEqualTo(Reason.TOO_LONG);
	}

	@Test
	void refusesAMessageBeforeItsEndOnceItIsTooLong() {
		Inbound in = arrived("x".repeat(200));
		assertThat(this.codec.decode(in)).isNull();
		arrive(in, of("x"));
		assertThat(this.codec.decode(in))
			.isEqualTo(new Request.Garbage(new Refusal(Reason.TOO_LONG, "a message of over 200 bytes")));
		assertThat(garbage(decode("S:1\n" + "x".repeat(200)))).isEqualTo(Reason.TOO_LONG);
	}

	@Test
	void doesNotMeasureTheMessagesBehindTheFirst() {
		Inbound in = arrived("E:1\n" + "x".repeat(150) + "\nE:1\n" + "x".repeat(150) + "\n");
		assertThat(this.codec.decode(in)).isInstanceOf(Request.Echo.class);
		assertThat(this.codec.decode(in)).isInstanceOf(Request.Echo.class);
	}

	@Test
	void neverAsksForAPause() {
		assertThat(decode("F:1\n")).isNull();
		assertThat(this.codec.pause()).isFalse();
	}

	@Test
	void answersEveryKindOfReply() {
		assertThat(answerTo(ANAS_BET, new Reply.Stored(1))).isEqualTo("R:1\nOK\n");
		assertThat(answerTo(FINISH, new Reply.Acknowledged())).isEqualTo("R:1\nOK\n");
		assertThat(answerTo(ANAS_BET, refused(Reason.AGENCY_CLOSED, "x"))).isEqualTo("R:1\nFAIL\n");
		assertThat(answerTo(FINISH, refused(Reason.DRAW_TIMEOUT, "x"))).isEqualTo("R:1\nFAIL\n");
		assertThat(answerTo(FINISH, new Reply.NotReady())).isEqualTo("R:1\nFAIL\n");
		assertThat(answerTo(FINISH, new Reply.Winners(List.of()))).isEqualTo("W:0\nN\n");
		assertThat(answerTo(FINISH, new Reply.Winners(List.of("5")))).isEqualTo("W:1\n5\n");
		assertThat(answerTo(new Request.Greeting(1), new Reply.Greeted(3000000000L, true)))
			.isEqualTo("H:3000000000\nCLOSED\n");
		assertThat(answerTo(new Request.Check(1), new Reply.Checked(3000000000L, "e3b0")))
			.isEqualTo("V:3000000000\ne3b0\n");
		assertThat(answerTo(FINISH, new Reply.Silence())).isEmpty();
	}

	@Test
	void saysTenThousandWinners() {
		String answer = answerTo(FINISH, new Reply.Winners(documents(10_000)));
		assertThat(answer).hasSize("W:10000\n".length() + 10_000 * 8).startsWith("W:10000\n1000000~1000001~");
	}

	@Test
	void closesOnlyAfterGarbageAndSilence() {
		assertThat(answer(this.codec, garbage(), refused(Reason.TOO_LONG, "x"))).usingRecursiveComparison()
			.isEqualTo(new Answer(After.CLOSE, of("R:1\nFAIL\n")));
		assertThat(answer(this.codec, unacceptable(), refused(Reason.MALFORMED, "x")).after()).isEqualTo(After.GO_ON);
		assertThat(answer(this.codec, FINISH, new Reply.Winners(List.of())).after()).isEqualTo(After.GO_ON);
		assertThat(answer(this.codec, FINISH, new Reply.Silence()).after()).isEqualTo(After.CLOSE);
	}

}
