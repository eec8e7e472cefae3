package loteria.protocol.packets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import loteria.protocol.Bytes;
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
import static loteria.protocol.Samples.JUAN;
import static loteria.protocol.Samples.MARIA;
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

class PacketsServerTests {

	private static final byte[] ANAS_PACKET = of(0, 36, "StoreBet:1;Ana;Sol;5;2000-02-29;9999");

	private static final Request ANAS_BET = storeBets(ANA);

	private static final Request CLOSE = new Request.CloseAgency(1);

	private static final Request FIND = new Request.FindWinners(1);

	private final ServerCodec codec = new Packets().server(RULES, Limits.DEFAULT);

	private static byte[] packet(String text) {
		byte[] bytes = of(text);
		return of(bytes.length >> 8, bytes.length & 0xff, bytes);
	}

	private @Nullable Request decode(String text) {
		return this.codec.decode(arrived(packet(text)));
	}

	private static void assertAnswer(Answer answer, After after, byte[] bytes) {
		assertThat(answer.bytes()).isEqualTo(bytes);
		assertThat(answer.after()).isEqualTo(after);
	}

	@Test
	void understandsBothFormsOfABatch() {
		Request both = storeBets(MARIA, JUAN);
		assertThat(
				decode("StoreBatch:1:María José;Núñez;30904465;1999-03-17;7574:Juan;D'Angelo;3000000001;1980-12-31;0"))
			.isEqualTo(both);
		assertThat(
				decode("StoreBatch:1;María José;Núñez;30904465;1999-03-17;7574:Juan;D'Angelo;3000000001;1980-12-31;0"))
			.isEqualTo(both);
	}

	@Test
	void acceptsASeparatorBehindTheLastBet() {
		assertThat(decode("StoreBatch:1:Ana;Sol;5;2000-02-29;9999:")).isEqualTo(ANAS_BET);
		assertThat(decode("StoreBatch:1;Ana;Sol;5;2000-02-29;9999:")).isEqualTo(ANAS_BET);
	}

	@Test
	void aSingleBetMayHaveColons() {
		assertThat(decode("StoreBet:1;A:a;Sol;5;2000-02-29;9999")).isEqualTo(storeBets(named("A:a", "Sol")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "StoreBet:", "StoreBet:1;Ana;Sol;5;2000-02-29", "StoreBet:1;Ana;Sol;5;2000-02-29;9999;1",
			"StoreBet:x;Ana;Sol;5;2000-02-29;9999", "StoreBet:1;Ana;Sol;5;2000-02-30;9999",
			"StoreBatch:1:Ana;Sol;5;2000-02-29", "StoreBatch:1:1;Ana;Sol;5;2000-02-29;9999",
			"StoreBatch:1;1;Ana;Sol;5;2000-02-29;9999",
			"StoreBatch:1;Ana;Sol;5;2000-02-29;9999:1;Ana;Sol;5;2000-02-29;9", "StoreBatch:1::",
			"StoreBatch:1:Ana;Sol;5;2000-02-29;9999::" })
	void refusesAnInvalidBetAndGoesOn(String text) {
		Inbound in = arrived(packet(text), ANAS_PACKET);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.INVALID_BET);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "StoreBatch:", "StoreBatch::", "StoreBatch:1", "StoreBatch:1:", "StoreBatch:1;",
			"StoreBatch:x:Ana;Sol;5;2000-02-29;9999", "StoreBatch:0;Ana;Sol;5;2000-02-29;9999", "AgencyClose:",
			"AgencyClose:0", "AgencyClose:1;", "WinnersRequest:x", "WinnersRequest:" })
	void refusesAMalformedPacketAndGoesOn(String text) {
		Inbound in = arrived(packet(text), ANAS_PACKET);
		assertThat(unacceptable(this.codec.decode(in))).isEqualTo(Reason.MALFORMED);
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@Test
	void saysWhatIsMalformed() {
		assertThat(detail(decode("StoreBatch:1:"))).isEqualTo("a batch without bets");
		assertThat(detail(decode("StoreBatch:x:y")))
			.isEqualTo("agency \"x\" must be a whole number from 1 to 2147483647");
		assertThat(detail(decode("StoreBatch:1:Ana;Sol;5;2000-02-29;9999:Ana;Sol;5;2000-02-29;x")))
			.isEqualTo("bet 2 of the batch: number \"x\" must be a whole number from 0 to 9999");
	}

	@Test
	void refusesAPacketThatIsNotUtf8AndGoesOn() {
		Inbound in = arrived(0, 14, "AgencyClose:1", hex("ff"), ANAS_PACKET);
		Request request = this.codec.decode(in);
		assertThat(unacceptable(request)).isEqualTo(Reason.NOT_UTF8);
		assertThat(detail(request)).isEqualTo("the packet");
		assertThat(this.codec.decode(in)).isEqualTo(ANAS_BET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "StoreBet", "storebet:1", "StoreResponse:0", "WinnersResponse:", "Hello:1" })
	void closesForATypeThatDoesNotExist(String text) {
		assertThat(decode(text))
			.isEqualTo(new Request.Garbage(new Refusal(Reason.UNKNOWN_MESSAGE, "packet \"" + text + "\"")));
	}

	@Test
	void takesAPacketOfTheLimitAndNoByteMore() {
		assertThat(unacceptable(decode("AgencyClose:" + "1".repeat(8178)))).isEqualTo(Reason.MALFORMED);
		Request request = this.codec.decode(arrived(hex("1fff")));
		assertThat(garbage(request)).isEqualTo(Reason.TOO_LONG);
		assertThat(detail(request)).isEqualTo("a packet of 8191 bytes where 8190 are allowed");
	}

	@Test
	void takesNoMoreThanTheConfiguredLimit() {
		ServerCodec small = new Packets().server(RULES, new Limits(20));
		assertThat(small.decode(arrived(packet("AgencyClose:000001")))).isEqualTo(CLOSE);
		assertThat(garbage(small.decode(arrived(hex("0013"))))).isEqualTo(Reason.TOO_LONG);
	}

	@Test
	void onOneConnectionThereIsOneAgency() {
		assertThat(decode("StoreBet:1;Ana;Sol;5;2000-02-29;9999")).isEqualTo(ANAS_BET);
		assertThat(unacceptable(decode("StoreBet:2;Ana;Sol;5;2000-02-29;9999"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode("StoreBatch:2:Ana;Sol;5;2000-02-29;9999"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode("AgencyClose:2"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(unacceptable(decode("WinnersRequest:2"))).isEqualTo(Reason.OTHER_AGENCY);
		assertThat(decode("WinnersRequest:1")).isEqualTo(FIND);
	}

	@Test
	void saysWhetherABatchWasStored() {
		assertAnswer(answer(this.codec, ANAS_BET, new Reply.Stored(1)), After.GO_ON, of(0, 15, "StoreResponse:0"));
		Reply refused = refused(Reason.AGENCY_CLOSED, "x");
		byte[] failed = of(0, 15, "StoreResponse:1");
		assertAnswer(answer(this.codec, ANAS_BET, refused), After.GO_ON, failed);
		assertAnswer(answer(this.codec, unacceptable(), refused), After.GO_ON, failed);
		assertAnswer(answer(this.codec, FIND, refused), After.GO_ON, failed);
		assertAnswer(answer(this.codec, garbage(), refused), After.CLOSE, failed);
	}

	@Test
	void answersNothingToAnAgencyThatCloses() {
		assertAnswer(answer(this.codec, CLOSE, new Reply.Acknowledged()), After.GO_ON, of());
		assertAnswer(answer(this.codec, CLOSE, refused(Reason.STORE_FULL, "x")), After.CLOSE, of());
	}

	@Test
	void saysTheWinnersOrThatThereAreNoneYet() {
		assertAnswer(answer(this.codec, FIND, new Reply.Winners(List.of("30904465", "5"))), After.GO_ON,
				of(0, 26, "WinnersResponse:30904465;5"));
		assertAnswer(answer(this.codec, FIND, new Reply.Winners(List.of())), After.GO_ON,
				of(0, 16, "WinnersResponse:"));
		assertAnswer(answer(this.codec, FIND, new Reply.NotReady()), After.GO_ON, of(0, 17, "NotReadyResponse:"));
	}

	@Test
	void closesWithoutAWordWhereItHasNone() {
		for (Reply reply : List.of(new Reply.Greeted(0, false), new Reply.Checked(0, "0"), new Reply.Echoed("x"),
				new Reply.Silence())) {
			assertAnswer(answer(this.codec, FIND, reply), After.CLOSE, Bytes.zeros(0));
		}
	}

	@Test
	void says65535BytesOfWinnersAndNoMore() throws IOException {
		// 16 bytes of type, 8189 documents of 7 bytes with a separator behind, and one
		// without
		List<String> most = new ArrayList<>(documents(8189));
		most.add("1234567");
		Reply.Winners winners = new Reply.Winners(most);
		assertThat(this.codec.cannotSay(winners)).isNull();
		assertThat(answer(this.codec, FIND, winners).bytes()).hasSize(2 + 65_535).startsWith(0xff, 0xff);
		most.set(0, "12345678");
		assertThat(this.codec.cannotSay(new Reply.Winners(most))).isEqualTo(
				new Refusal(Reason.TOO_MANY_WINNERS, "8190 winners take 65536 bytes where packets has room for 65535"));
		assertThat(this.codec.cannotSay(new Reply.Winners(Collections.nCopies(10_000, "5")))).isNull();
		assertThat(this.codec.cannotSay(new Reply.Winners(List.of()))).isNull();
		assertThat(this.codec.cannotSay(new Reply.Stored(1))).isNull();
	}

	@Test
	void neverAsksForAPause() {
		assertThat(this.codec.pause()).isFalse();
	}

}
