package loteria.protocol.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

import loteria.protocol.Dialect.Limits;
import loteria.protocol.Inbound;
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
import static loteria.protocol.Bytes.end;
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

class CsvServerTests {

	private static final String ANAS_LINE = "1,Ana,Sol,5,2000-02-29,9999\n";

	private static final Request ANAS_BET = storeBets(ANA);

	private static final Request AWAIT = new Request.AwaitWinners(OptionalInt.of(1));

	private final ServerCodec codec = new Csv().server(RULES, new Limits(200));

	private @Nullable Request decode(Object... message) {
		return this.codec.decode(arrived(message));
	}

	/** The bets of agency 1 have made the connection its own. */
	private void agencyOneIsKnown() {
		assertThat(decode(ANAS_LINE)).isEqualTo(ANAS_BET);
	}

	private Answer answerTo(Request request, Reply reply) {
		return answer(this.codec, request, reply);
	}

	private static void assertAnswer(Answer answer, After after, String text) {
		assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).isEqualTo(text);
		assertThat(answer.after()).isEqualTo(after);
	}

	@Test
	void acceptsCarriageReturnsAndASeparatorBehindTheLastBet() {
		assertThat(decode("1,Ana,Sol,5,2000-02-29,9999\r\n")).isEqualTo(ANAS_BET);
		assertThat(decode("1,Ana,Sol,5,2000-02-29,9999;\n")).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r", ";", "1,Ana,Sol,5,2000-02-29", "1,Ana,Sol,5,2000-02-29,9999,1",
			"1,Ana,Sol,5,2000-02-30,9999", "1,Ana,Sol,5,2000-02-29,9999;;", "0,Ana,Sol,5,2000-02-29,9999", "done:1",
			"DONE", "1;Ana;Sol;5;2000-02-29;9999" })
	void refusesAnInvalidLineAndGoesOn(String line) {
		Inbound in = arrived(line + "\n", ANAS_LINE);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.INVALID_BET);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void refusesALineOfTwoAgencies() {
		assertThat(unacceptable(decode("1,Ana,Sol,5,2000-02-29,9999;2,Ana,Sol,5,2000-02-29,9999\n")))
			.isEqualTo(Reason.OTHER_AGENCY);
	}

	@Test
	void refusesALineThatIsNotUtf8AndGoesOn() {
		Inbound in = arrived("1,An", hex("ff"), ",Sol,5,2000-02-29,9999\n", ANAS_LINE);
		Request request = this.codec.decode(in);
		assertThat(unacceptable(request)).isEqualTo(Reason.NOT_UTF8);
		assertThat(detail(request)).isEqualTo("the line");
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void takesALineOfTheLimitAndNoByteMore() {
		assertThat(unacceptable(decode("x".repeat(199), "\n"))).isEqualTo(Reason.INVALID_BET);
		assertThat(garbage(decode("x".repeat(200), "\n"))).isEqualTo(Reason.TOO_LONG);
	}

	@Test
	void refusesALineBeforeItsEndOnceItIsTooLong() {
		Inbound in = arrived("x".repeat(200));
		assertThat(this.codec.decode(in)).isNull();
		arrive(in, of("x"));
		Request request = this.codec.decode(in);
		assertThat(garbage(request)).isEqualTo(Reason.TOO_LONG);
		assertThat(detail(request)).isEqualTo("a line of over 200 bytes");
	}

	@Test
	void doneEndsWithItsDigitsWhereTheAgencyIsKnown() {
		agencyOneIsKnown();
		Inbound in = arrived("DONE:1");
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
		assertThat(in.available()).isZero();
	}

	@Test
	void doneEndsWithItsLine() {
		assertThat(decode("DONE:12\n")).isEqualTo(new Request.AwaitWinners(OptionalInt.of(12)));
		assertThat(decode("DONE:12\r\n")).isEqualTo(new Request.AwaitWinners(OptionalInt.of(12)));
	}

	@Test
	void doneEndsWithAPauseWhereNobodyIsKnown() {
		Inbound in = arrived("DONE:1");
		assertThat(this.codec.decode(in)).isNull();
		assertThat(this.codec.pause()).isTrue();
		in.pause();
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
		assertThat(in.available()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "9", "10", "00000000000000000000" })
	void asksForAPauseWhateverTheDigits(String digits) {
		assertThat(decode("DONE:", digits)).isNull();
		assertThat(this.codec.pause()).isTrue();
	}

	@Test
	void doneEndsWithTheStream() {
		Inbound in = arrived("DONE:1");
		assertThat(this.codec.decode(in)).isNull();
		end(in);
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
	}

	@Test
	void doneWaitsForDigitsThatAreNotThoseOfTheKnownAgencyYet() {
		assertThat(decode("12,Ana,Sol,5,2000-02-29,9999\n")).isInstanceOf(Request.StoreBets.class);
		Inbound in = arrived("DONE:1");
		assertThat(this.codec.decode(in)).isNull();
		assertThat(this.codec.pause()).isTrue();
		arrive(in, of("2"));
		assertThat(this.codec.decode(in)).isEqualTo(new Request.AwaitWinners(OptionalInt.of(12)));
	}

	@Test
	void doneOfAnotherAgencyIsRefusedAfterAPause() {
		agencyOneIsKnown();
		Inbound in = arrived("DONE:2");
		assertThat(this.codec.decode(in)).isNull();
		in.pause();
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.OTHER_AGENCY);
	}

	@Test
	void doneOfNoAgencyIsRefusedAtItsEnd() {
		assertThat(unacceptable(decode("DONE:x\n"))).isEqualTo(Reason.MALFORMED);
		assertThat(unacceptable(decode("DONE:\n"))).isEqualTo(Reason.MALFORMED);
		Inbound in = arrived("DONE:0");
		in.pause();
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.MALFORMED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "D", "DONE", "DONE:", "DONE:x", "DONE:1x", "done:1", "1,Ana", "DONE:1:",
			"DONE:000000000000000000001" })
	void nothingElseEndsWithAPause(String text) {
		Inbound in = arrived(text);
		assertThat(this.codec.decode(in)).isNull();
		assertThat(this.codec.pause()).isFalse();
		in.pause();
		assertThat(this.codec.decode(in)).isNull();
	}

	@Test
	void asksForNoPauseOnceTheLineHasComeToItsEnd() {
		Inbound in = arrived("DONE:1");
		this.codec.decode(in);
		arrive(in, of("x"));
		assertThat(this.codec.decode(in)).isNull();
		assertThat(this.codec.pause()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n" })
	void theLineEndOfADoneMayComeLater(String lineEnd) {
		agencyOneIsKnown();
		for (int cut = 0; cut <= lineEnd.length(); cut++) {
			Inbound in = arrived("DONE:1");
			assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
			assertThat(this.codec.decode(in)).isNull();
			arrive(in, of(lineEnd.substring(0, cut)));
			assertThat(this.codec.decode(in)).isNull();
			arrive(in, of(lineEnd.substring(cut)));
			assertThat(this.codec.decode(in)).isNull();
			assertThat(in.available()).isZero();
			arrive(in, of(ANAS_LINE));
			assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
		}
	}

	@Test
	void aCarriageReturnMayComeWithADone() {
		agencyOneIsKnown();
		Inbound in = arrived("DONE:1\r");
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
		arrive(in, of("\n"));
		assertThat(this.codec.decode(in)).isNull();
		assertThat(in.available()).isZero();
	}

	@Test
	void onlyOneLineEndBelongsToADone() {
		agencyOneIsKnown();
		Inbound in = arrived("DONE:1");
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
		arrive(in, of("\n\n"));
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.INVALID_BET);
	}

	@Test
	void aDoneMayHaveNoLineEndAtAll() {
		agencyOneIsKnown();
		Inbound in = arrived("DONE:1");
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
		arrive(in, of(ANAS_LINE, "\n"));
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.INVALID_BET);
	}

	@Test
	void saysHowManyBetsWereStored() {
		assertAnswer(answerTo(ANAS_BET, new Reply.Stored(100)), After.GO_ON, "100\n");
		assertAnswer(answerTo(ANAS_BET, refused(Reason.AGENCY_CLOSED, "x")), After.GO_ON, "0\n");
		assertAnswer(answerTo(unacceptable(), refused(Reason.MALFORMED, "x")), After.GO_ON, "0\n");
		assertAnswer(answerTo(garbage(), refused(Reason.TOO_LONG, "x")), After.CLOSE, "0\n");
	}

	@Test
	void saysTheWinnersAndCloses() {
		assertAnswer(answerTo(AWAIT, new Reply.Winners(List.of("30904465", "21689196"))), After.CLOSE,
				"['30904465', '21689196']\n");
		assertAnswer(answerTo(AWAIT, new Reply.Winners(List.of("5"))), After.CLOSE, "['5']\n");
		assertAnswer(answerTo(AWAIT, new Reply.Winners(List.of())), After.CLOSE, "[]\n");
		assertThat(answerTo(AWAIT, new Reply.Winners(documents(10_000))).bytes()).hasSize(10_000 * 11 - 2 + 3);
	}

	@Test
	void closesWithoutAWordWhereItHasNone() {
		assertAnswer(answerTo(AWAIT, refused(Reason.DRAW_TIMEOUT, "x")), After.CLOSE, "");
		for (Reply reply : List.of(new Reply.Acknowledged(), new Reply.NotReady(), new Reply.Greeted(0, false),
				new Reply.Checked(0, "0"), new Reply.Echoed("x"), new Reply.Silence())) {
			assertAnswer(answerTo(AWAIT, reply), After.CLOSE, "");
		}
	}

}
