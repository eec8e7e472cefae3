package loteria.protocol.fixed;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.DocumentList;
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
import static loteria.protocol.Bytes.zeros;
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

class FixedServerTests {

	private static final byte[] ANAS_REST = of(hex("00000005"), "2000-02-29", hex("0000270f"));

	private static final byte[] ANAS_RECORD = of(1, "Ana", zeros(27), "Sol", zeros(27), ANAS_REST);

	private static final byte[] END = of("END_MESSAGE", zeros(68));

	private static final Request ANAS_BET = storeBets(ANA);

	private static final Request CLOSE = new Request.CloseAgency(1);

	private static final Request AWAIT = new Request.AwaitWinners(OptionalInt.of(1));

	private ServerCodec codec = new Fixed().server(RULES, Limits.DEFAULT);

	/** The first chunk of a new connection: agency 1, one record a chunk. */
	private @Nullable Request chunk(Object... record) {
		this.codec = new Fixed().server(RULES, Limits.DEFAULT);
		return this.codec.decode(arrived(hex("004f 0001"), of(record)));
	}

	private void assertInvalid(String detail, Object... record) {
		Request request = chunk(record);
		assertThat(unacceptable(request)).isEqualTo(Reason.INVALID_BET);
		assertThat(detail(request)).isEqualTo("bet 1 of the batch: " + detail);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000 0001", "0001 0001", "004e 0001", "0050 0001", "2018 0001", "ffff 0001", "004f 0000",
			"006e 0001" })
	void refusesAGreetingThatBreaksTheRuleWithoutAnAnswer(String greeting) {
		Request request = this.codec.decode(arrived(hex(greeting), ANAS_RECORD));
		assertThat(garbage(request)).isEqualTo(Reason.MALFORMED);
		assertThat(detail(request)).isEqualTo("greeting of agency %s with chunks of %s bytes",
				Integer.parseInt(greeting.substring(5), 16), Integer.parseInt(greeting.substring(0, 4), 16));
		assertThat(answer(this.codec, request, refused(Reason.MALFORMED, "x"))).usingRecursiveComparison()
			.isEqualTo(new Answer(After.CLOSE, new byte[0]));
	}

	@Test
	void takesAChunkOf103RecordsAndNoneOf104() {
		assertThat(this.codec.decode(arrived(hex("1fc9 0001")))).isNull();
		assertThat(garbage(new Fixed().server(RULES, Limits.DEFAULT).decode(arrived(hex("2018 0001")))))
			.isEqualTo(Reason.MALFORMED);
	}

	@Test
	void takesAFullChunkOf103Records() {
		Inbound in = arrived(hex("1fc9 0001"));
		for (int i = 0; i < 103; i++) {
			assertThat(this.codec.decode(in)).isNull();
			arrive(in, ANAS_RECORD);
		}
		Request request = this.codec.decode(in);
		assertThat(request).isEqualTo(storeBets(Collections.nCopies(103, ANA)));
		assertThat(answer(this.codec, request, new Reply.Stored(103)).bytes()).hasSize(927);
	}

	@Test
	void theGreetingsAgencyCounts() {
		Inbound in = arrived(hex("004f 1201"), ANAS_RECORD, END);
		Request request = this.codec.decode(in);
		assertThat(request).isInstanceOf(Request.StoreBets.class);
		assertThat(((Request.StoreBets) request).rows().agency()).isEqualTo(0x1201);
		assertThat(this.codec.decode(in)).isEqualTo(new Request.CloseAgency(0x1201));
		assertThat(this.codec.decode(in)).isEqualTo(new Request.AwaitWinners(OptionalInt.of(0x1201)));
	}

	@Test
	void comparesTheAgencyByteUnsigned() {
		Object[] record = { 255, "Ana", zeros(27), "Sol", zeros(27), ANAS_REST };
		assertThat(this.codec.decode(arrived(hex("004f ffff"), of(record)))).isInstanceOf(Request.StoreBets.class);
	}

	@Test
	void refusesARecordOfAnotherAgency() {
		Request request = chunk(255, "Ana", zeros(27), "Sol", zeros(27), ANAS_REST);
		assertThat(request).isEqualTo(new Request.Unacceptable(
				new Refusal(Reason.OTHER_AGENCY, "bet 1 of the batch has agency byte 255, the greeting agency 1")));
	}

	@Test
	void namesTheRecordOfAnotherAgency() {
		Request request = this.codec
			.decode(arrived(hex("009e 0001"), ANAS_RECORD, 2, "Ana", zeros(27), "Sol", zeros(27), ANAS_REST));
		assertThat(detail(request)).startsWith("bet 2 of the batch has agency byte 2");
	}

	@Test
	void theEndRecordMayBeAlone() {
		Inbound in = arrived(hex("009e 0001"), END);
		assertThat(this.codec.decode(in)).isEqualTo(CLOSE);
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
		assertThat(this.codec.decode(in)).isNull();
		assertThat(in.available()).isZero();
	}

	@Test
	void theEndRecordMayBeTheLastOfAFullChunk() {
		Inbound in = arrived(hex("009e 0001"), ANAS_RECORD, END);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
		assertThat(this.codec.decode(in)).isEqualTo(CLOSE);
		assertThat(this.codec.decode(in)).isEqualTo(AWAIT);
	}

	@Test
	void theEndRecordMayEndAChunkEarly() {
		Inbound in = arrived(hex("00ed 0001"), ANAS_RECORD);
		assertThat(this.codec.decode(in)).isNull();
		arrive(in, END);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
		assertThat(this.codec.decode(in)).isEqualTo(CLOSE);
	}

	@Test
	void theEndRecordIsPaddedWithZeros() {
		assertThat(detail(chunk("END_MESSAGE", zeros(67), 1)))
			.isEqualTo("bet 1 of the batch has agency byte 69, the greeting agency 1");
	}

	@Test
	void nothingComesBehindTheEndRecord() {
		Inbound in = arrived(hex("004f 0001"), END, 0);
		this.codec.decode(in);
		this.codec.decode(in);
		assertThat(detail(this.codec.decode(in))).isEqualTo("bytes after the end record");
	}

	@Test
	void readsDocumentsAbove31Bits() {
		Request request = chunk(1, "Ana", zeros(27), "Sol", zeros(27), hex("ffffffff"), "2000-02-29", hex("00000000"));
		assertThat(request).isInstanceOf(Request.StoreBets.class);
		assertThat(((Request.StoreBets) request).rows().documentsBetOn(0))
			.isEqualTo(DocumentList.of(List.of("4294967295")));
	}

	@Test
	void readsNamesThatFillTheirField() {
		String thirty = "ñ".repeat(15);
		assertThat(chunk(1, thirty, thirty, ANAS_REST)).isEqualTo(storeBets(named(thirty, thirty)));
	}

	@Test
	void refusesHalfACharacterAtTheEndOfAName() {
		String cut = "x".repeat(29);
		assertInvalid("firstName \"" + cut + "\uFFFD\" must be UTF-8 and then zero bytes up to the end of its field", 1,
				cut, 0xc3, "Sol", zeros(27), ANAS_REST);
		assertInvalid("lastName \"" + cut + "\uFFFD\" must be UTF-8 and then zero bytes up to the end of its field", 1,
				"Ana", zeros(27), cut, 0xc3, ANAS_REST);
	}

	@Test
	void refusesHalfACharacterBeforeThePadding() {
		assertThat(unacceptable(chunk(1, "Mar", 0xc3, zeros(26), "Sol", zeros(27), ANAS_REST)))
			.isEqualTo(Reason.INVALID_BET);
	}

	@Test
	void refusesBytesBehindThePadding() {
		assertThat(detail(chunk(1, "Ana", zeros(26), "x", "Sol", zeros(27), ANAS_REST)))
			.startsWith("bet 1 of the batch: firstName \"Ana\uFFFD");
		assertThat(detail(chunk(1, "Ana", zeros(27), "Sol", 0, "x", zeros(25), ANAS_REST)))
			.startsWith("bet 1 of the batch: lastName \"Sol\uFFFDx\uFFFD");
	}

	@Test
	void refusesFieldsThatBreakARule() {
		assertInvalid(
				"firstName \"\" must be 1 to 50 bytes of UTF-8 without control characters, bidirectional controls, U+2028, U+2029 and U+FFFD",
				1, zeros(30), "Sol", zeros(27), ANAS_REST);
		assertInvalid("birthdate \"2000-02-30\" must be a real date as YYYY-MM-DD", 1, "Ana", zeros(27), "Sol",
				zeros(27), hex("00000005"), "2000-02-30", hex("0000270f"));
		assertInvalid("number \"10000\" must be a whole number from 0 to 9999", 1, "Ana", zeros(27), "Sol", zeros(27),
				hex("00000005"), "2000-02-29", hex("00002710"));
		assertInvalid("number \"4294967295\" must be a whole number from 0 to 9999", 1, "Ana", zeros(27), "Sol",
				zeros(27), hex("00000005"), "2000-02-29", hex("ffffffff"));
	}

	@Test
	void oneInvalidBetRefusesTheChunkAndTheNextGoesOn() {
		Inbound in = arrived(hex("009e 0001"), ANAS_RECORD, of(1, zeros(60), ANAS_REST), ANAS_RECORD, END);
		Request refused = this.codec.decode(in);
		assertThat(detail(refused)).startsWith("bet 2 of the batch: firstName");
		assertThat(answer(this.codec, refused, refused(Reason.INVALID_BET, "x"))).usingRecursiveComparison()
			.isEqualTo(new Answer(After.GO_ON, hex("00000005 0000270f 00 00000005 0000270f 00")));
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void answersChunksInOrderThoughSeveralWereRead() {
		byte[] other = of(1, "Ana", zeros(27), "Sol", zeros(27), hex("fffffffe"), "2000-02-29", hex("00000001"));
		Inbound in = arrived(hex("004f 0001"), ANAS_RECORD, other);
		Request first = this.codec.decode(in);
		Request second = this.codec.decode(in);
		assertThat(answer(this.codec, first, new Reply.Stored(1)).bytes()).isEqualTo(hex("00000005 0000270f 01"));
		assertThat(answer(this.codec, second, refused(Reason.AGENCY_CLOSED, "x")).bytes())
			.isEqualTo(hex("fffffffe 00000001 00"));
	}

	@Test
	void answersARefusedNumberAsReceived() {
		Request request = chunk(1, "Ana", zeros(27), "Sol", zeros(27), hex("00000005"), "2000-02-29", hex("fffffffe"));
		assertThat(answer(this.codec, request, refused(Reason.INVALID_BET, "x")).bytes())
			.isEqualTo(hex("00000005 fffffffe 00"));
	}

	@Test
	void acknowledgesTheEnd() {
		assertThat(answer(this.codec, CLOSE, new Reply.Acknowledged())).usingRecursiveComparison()
			.isEqualTo(new Answer(After.GO_ON, of("END", zeros(6))));
	}

	@Test
	void saysTheWinnersAndCloses() {
		assertThat(answer(this.codec, AWAIT, new Reply.Winners(List.of("4294967295", "5")))).usingRecursiveComparison()
			.isEqualTo(new Answer(After.CLOSE, hex("0008 ffffffff 00000005")));
		assertThat(answer(this.codec, AWAIT, new Reply.Winners(List.of()))).usingRecursiveComparison()
			.isEqualTo(new Answer(After.CLOSE, hex("0000")));
	}

	@Test
	void closesWithoutAWordWhereItHasNone() {
		Answer silence = new Answer(After.CLOSE, new byte[0]);
		Reply refused = refused(Reason.DRAW_TIMEOUT, "x");
		assertThat(answer(this.codec, AWAIT, refused)).usingRecursiveComparison().isEqualTo(silence);
		assertThat(answer(this.codec, CLOSE, refused)).usingRecursiveComparison().isEqualTo(silence);
		assertThat(answer(this.codec, AWAIT, new Reply.NotReady())).usingRecursiveComparison().isEqualTo(silence);
		assertThat(answer(this.codec, AWAIT, new Reply.Silence())).usingRecursiveComparison().isEqualTo(silence);
		assertThat(answer(this.codec, AWAIT, new Reply.Echoed("x"))).usingRecursiveComparison().isEqualTo(silence);
		assertThat(answer(this.codec, AWAIT, new Reply.Greeted(0, true))).usingRecursiveComparison().isEqualTo(silence);
		assertThat(answer(this.codec, AWAIT, new Reply.Checked(0, "0"))).usingRecursiveComparison().isEqualTo(silence);
	}

	@Test
	void says16383WinnersAndNoMore() throws IOException {
		Reply.Winners most = new Reply.Winners(documents(16_383));
		assertThat(this.codec.cannotSay(most)).isNull();
		assertThat(answer(this.codec, AWAIT, most).bytes()).hasSize(65_534).startsWith(0xff, 0xfc);
		assertThat(this.codec.cannotSay(new Reply.Winners(documents(16_384))))
			.isEqualTo(new Refusal(Reason.TOO_MANY_WINNERS, "16384 winners where fixed has room for 16383"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "05", "00", "0030904465", "4294967296", "9999999999" })
	void leavesOutADocumentThatFourBytesDoNotHold(String document) throws IOException {
		Reply.Winners winners = new Reply.Winners(List.of("5", document, "6"));
		assertThat(this.codec.cannotSay(winners)).isNull();
		assertThat(this.codec.leavesOut(winners)).isEqualTo(new Refusal(Reason.UNSAYABLE_DOCUMENT,
				"1 of 3 winners are left out: their documents, of bets in another dialect, are no integers of 4 bytes for fixed"));
		assertThat(answer(this.codec, AWAIT, winners).bytes()).containsExactly(0, 8, 0, 0, 0, 5, 0, 0, 0, 6);
	}

	@Test
	void saysEverythingElse() throws IOException {
		assertThat(this.codec.cannotSay(new Reply.Winners(List.of("0", "4294967295")))).isNull();
		assertThat(this.codec.leavesOut(new Reply.Winners(List.of("0", "4294967295")))).isNull();
		assertThat(this.codec.cannotSay(new Reply.Stored(1))).isNull();
	}

	@Test
	void neverAsksForAPause() {
		assertThat(this.codec.pause()).isFalse();
	}

}
