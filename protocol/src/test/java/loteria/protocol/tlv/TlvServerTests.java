package loteria.protocol.tlv;

import java.io.IOException;
import java.util.Collections;
import java.util.List;

import loteria.bet.Documents;
import loteria.bet.Rows;
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

import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Samples.ANA;
import static loteria.protocol.Samples.RULES;
import static loteria.protocol.Samples.answer;
import static loteria.protocol.Samples.detail;
import static loteria.protocol.Samples.documents;
import static loteria.protocol.Samples.garbage;
import static loteria.protocol.Samples.named;
import static loteria.protocol.Samples.refused;
import static loteria.protocol.Samples.storeBets;
import static loteria.protocol.Samples.unacceptable;
import static org.assertj.core.api.Assertions.assertThat;

class TlvServerTests {

	private static final byte[] ANAS_FRAME = of(1, hex("0000001c"), "1#Ana#Sol#5#2000-02-29#9999#");

	private static final Request ANAS_BET = storeBets(ANA);

	private static final Request CLOSE = new Request.CloseAgency(1);

	private static final Request FIND = new Request.FindWinners(1);

	private final ServerCodec codec = new Tlv().server(RULES, Limits.DEFAULT);

	private static byte[] frame(int opcode, String data) {
		byte[] bytes = of(data);
		return of(opcode, 0, bytes.length >> 16, bytes.length >> 8, bytes.length, bytes);
	}

	private @Nullable Request decode(int opcode, String data) {
		return this.codec.decode(arrived(frame(opcode, data)));
	}

	private static void assertAnswer(Answer answer, After after, byte[] bytes) {
		assertThat(answer.bytes()).isEqualTo(bytes);
		assertThat(answer.after()).isEqualTo(after);
	}

	@Test
	void understandsEveryOpcodeOfAnAgency() {
		assertThat(decode(0, "")).isEqualTo(new Request.Disconnect());
		assertThat(decode(1, "1#Ana#Sol#5#2000-02-29#9999#")).isEqualTo(ANAS_BET);
		assertThat(decode(3, "1#@0#1#Ana#Sol#5#2000-02-29#9999#")).isEqualTo(ANAS_BET);
		assertThat(decode(5, "1#")).isEqualTo(CLOSE);
		assertThat(decode(6, "1#")).isEqualTo(FIND);
	}

	@Test
	void anEmptyBatchStoresNothing() {
		assertThat(decode(3, "0#")).isEqualTo(new Request.StoreBets(Rows.none(0)));
	}

	@Test
	void understandsAThousandBets() {
		StringBuilder data = new StringBuilder("1000#");
		for (int i = 0; i < 1000; i++) {
			data.append('@').append(i).append("#1#Ana#Sol#5#2000-02-29#9999#");
		}
		Request request = decode(3, data.toString());
		assertThat(request).isEqualTo(storeBets(Collections.nCopies(1000, ANA)));
	}

	@Test
	void aNameMayLookLikeAMarker() {
		assertThat(decode(3, "2#@0#1#Ana#@1#5#2000-02-29#9999#@1#1#@1#Sol#5#2000-02-29#9999#"))
			.isEqualTo(storeBets(named("Ana", "@1"), named("@1", "Sol")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2#@0#1#Ana#Sol#5#2000-02-29#9999#", "0#@0#1#Ana#Sol#5#2000-02-29#9999#",
			"x#@0#1#Ana#Sol#5#2000-02-29#9999#", "#@0#1#Ana#Sol#5#2000-02-29#9999#", "1#", "#", "-1#", "4294967296#",
			"99999999999#" })
	void refusesBatchWhoseCountDisagrees(String data) {
		Inbound in = arrived(frame(3, data), ANAS_FRAME);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.WRONG_COUNT);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1#@1#1#Ana#Sol#5#2000-02-29#9999#", "1#0#1#Ana#Sol#5#2000-02-29#9999#",
			"1#1#Ana#Sol#5#2000-02-29#9999#", "2#@0#1#Ana#Sol#5#2000-02-29#9999#@0#1#Ana#Sol#5#2000-02-29#9999#",
			"1#@0#1#Ana#Sol#5#2000-02-29#9999#x#", "2#@0#1#Ana#Sol#5#2000-02-29#@1#1#Ana#Sol#5#2000-02-29#9999#", "0##",
			"1#@0#1#Ana#Sol#5#2000-02-29#9999", "1", "" })
	void refusesBatchWhoseFormIsWrong(String data) {
		Inbound in = arrived(frame(3, data), ANAS_FRAME);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.MALFORMED);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1#@0#1#Ana#Sol#5#2000-02-29#", "1#@0#1#Ana#Sol#5#2000-02-30#9999#", "1#@0#",
			"1#@0#x#Ana#Sol#5#2000-02-29#9999#" })
	void refusesBatchWithAnInvalidBet(String data) {
		assertThat(unacceptable(decode(3, data))).isEqualTo(Reason.INVALID_BET);
	}

	@Test
	void refusesBatchOfTwoAgencies() {
		assertThat(unacceptable(decode(3, "2#@0#1#Ana#Sol#5#2000-02-29#9999#@1#2#Ana#Sol#5#2000-02-29#9999#")))
			.isEqualTo(Reason.OTHER_AGENCY);
	}

	@Test
	void saysWhatIsWrong() {
		assertThat(detail(decode(3, "1#@1#1#"))).isEqualTo("\"@1\" where @0 belongs");
		assertThat(detail(decode(3, "2#@0#1#Ana#Sol#5#2000-02-29#9999#")))
			.isEqualTo("the count is \"2\", the bets are 1");
		assertThat(detail(decode(5, "1"))).isEqualTo("the last field of opcode 5 has no end");
		assertThat(detail(decode(99, "1"))).isEqualTo("opcode 99");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "#", "1#Ana#Sol#5#2000-02-29#", "1#Ana#Sol#5#2000-02-29#9999#1#",
			"1#Ana#Sol#5#2000-02-29#x#" })
	void refusesAnInvalidBetAndGoesOn(String data) {
		Inbound in = arrived(frame(1, data), ANAS_FRAME);
		assertThat(unacceptable(this.codec.decode(in)))
			.isEqualTo(data.isEmpty() ? Reason.MALFORMED : Reason.INVALID_BET);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "#", "0#", "x#", "1##", "1#2#" })
	void refusesNoAgencyAndGoesOn(String data) {
		Inbound in = arrived(frame(5, data), frame(6, data), ANAS_FRAME);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.MALFORMED);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.MALFORMED);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 4, 7, 8, 9, 254 })
	void refusesAnUnknownOpcodeAndGoesOn(int opcode) {
		Inbound in = arrived(frame(opcode, "x"), ANAS_FRAME);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.UNKNOWN_MESSAGE);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void refusesDataThatIsNotUtf8AndGoesOn() {
		Inbound in = arrived(5, hex("00000001 ff"), ANAS_FRAME);
		Request request = this.codec.decode(in);
		assertThat(unacceptable(request)).isEqualTo(Reason.NOT_UTF8);
		assertThat(detail(request)).isEqualTo("the data of opcode 5");
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void refusesALengthOfFourGibibytesByItsHeaderAlone() {
		Request request = this.codec.decode(arrived(3, hex("ffffffff")));
		assertThat(request).isEqualTo(new Request.Garbage(
				new Refusal(Reason.TOO_LONG, "a frame of 4294967300 bytes where 1048576 are allowed")));
	}

	@Test
	void takesAFrameOfTheLimitAndNoByteMore() {
		ServerCodec small = new Tlv().server(RULES, new Limits(33));
		assertThat(small.decode(arrived(ANAS_FRAME))).isEqualTo(ANAS_BET);
		assertThat(small.decode(arrived(3, hex("0000001c")))).isNull();
		assertThat(garbage(small.decode(arrived(3, hex("0000001d"))))).isEqualTo(Reason.TOO_LONG);
	}

	@Test
	void closesWithoutAWordWhenTheAgencySaysThatItReceivedGarbage() {
		Request request = this.codec.decode(arrived(255, hex("ffffffff")));
		assertThat(request)
			.isEqualTo(new Request.Garbage(new Refusal(Reason.CORRUPT, "the agency could not read an answer")));
		assertAnswer(answer(this.codec, request, new Reply.Refused(((Request.Garbage) request).refusal())), After.CLOSE,
				of());
	}

	@Test
	void onOneConnectionThereIsOneAgency() {
		assertThat(decode(1, "1#Ana#Sol#5#2000-02-29#9999#")).isEqualTo(ANAS_BET);
		assertThat(unacceptable(decode(1, "2#Ana#Sol#5#2000-02-29#9999#"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode(5, "2#"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode(6, "2#"))).isEqualTo(Reason.OTHER_AGENCY);
	}

	@Test
	void acknowledges() {
		assertAnswer(answer(this.codec, ANAS_BET, new Reply.Stored(1)), After.GO_ON, hex("02 00000000"));
		assertAnswer(answer(this.codec, CLOSE, new Reply.Acknowledged()), After.GO_ON, hex("02 00000000"));
	}

	@Test
	void refusesWithAMessageOfOneField() {
		Reply refused = refused(Reason.INVALID_BET, "bet 1: firstName \"A#é\"");
		byte[] error = of(4, hex("00000025"), "invalid_bet: bet 1: firstName \"A é\"#");
		assertAnswer(answer(this.codec, ANAS_BET, refused), After.GO_ON, error);
		assertAnswer(answer(this.codec, unacceptable(), refused), After.GO_ON, error);
		assertAnswer(answer(this.codec, FIND, refused), After.GO_ON, error);
		assertAnswer(answer(this.codec, CLOSE, refused), After.GO_ON, error);
		assertAnswer(answer(this.codec, garbage(), refused), After.CLOSE, error);
	}

	@Test
	void saysTheWinnersOrThatThereAreNoneYet() {
		assertAnswer(answer(this.codec, FIND, new Reply.Winners(List.of("30904465", "5"))), After.GO_ON,
				of(7, hex("0000000b"), "30904465#5#"));
		assertAnswer(answer(this.codec, FIND, new Reply.Winners(List.of())), After.GO_ON, of(7, hex("00000001"), "#"));
		assertAnswer(answer(this.codec, FIND, new Reply.NotReady()), After.GO_ON, hex("08 00000000"));
		assertThat(answer(this.codec, FIND, new Reply.Winners(documents(10_000))).bytes()).hasSize(5 + 80_000);
	}

	@Test
	void saysWhatALengthOfFourBytesCanAndNoMore() throws IOException {
		// each with the end of its field
		long most = 0xFFFF_FFFFL / 11;
		assertThat(this.codec.cannotSay(new Reply.Winners(many(most)))).isNull();
		assertThat(this.codec.cannotSay(new Reply.Winners(many(most + 1)))).isEqualTo(new Refusal(
				Reason.TOO_MANY_WINNERS, "390451573 winners take 4294967303 bytes where tlv has room for 4294967295"));
		assertThat(this.codec.cannotSay(new Reply.Stored(1))).isNull();
	}

	private static Documents many(long count) {
		return new Documents() {

			@Override
			public long count() {
				return count;
			}

			@Override
			public long digits() {
				return 10 * count;
			}

			@Override
			public void forEach(Taker taker) {
				throw new IllegalStateException("nobody is told yet");
			}

		};
	}

	@Test
	void closesWithoutAWordWhereItHasNone() {
		for (Reply reply : List.of(new Reply.Greeted(0, false), new Reply.Checked(0, "0"), new Reply.Echoed("x"),
				new Reply.Silence())) {
			assertAnswer(answer(this.codec, FIND, reply), After.CLOSE, of());
		}
	}

	@Test
	void neverAsksForAPause() {
		assertThat(this.codec.pause()).isFalse();
	}

}
