package loteria.protocol.fixed;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.Bet;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Inbound;
import loteria.protocol.ProtocolException;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.hex;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Bytes.zeros;
import static loteria.protocol.Samples.ANA;
import static loteria.protocol.Samples.JUAN;
import static loteria.protocol.Samples.bet;
import static loteria.protocol.Samples.encoded;
import static loteria.protocol.Samples.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FixedClientTests {

	private static final byte[] ANAS_RECORD = of(1, "Ana", zeros(27), "Sol", zeros(27), hex("00000005"), "2000-02-29",
			hex("0000270f"));

	private static final byte[] END = of("END_MESSAGE", zeros(68));

	private static final ClientRequest STORE = new ClientRequest.StoreBets(1, List.of(ANA));

	private static final ClientRequest CLOSE = new Request.CloseAgency(1);

	private static final ClientRequest AWAIT = new Request.AwaitWinners(OptionalInt.of(1));

	private final ClientCodec codec = new Fixed().client(1, 2).orElseThrow();

	private @Nullable Reply decode(ClientRequest request, Object... reply) throws IOException {
		return this.codec.decode(request, arrived(reply));
	}

	@Test
	void greetsOnceAndEndsWithTheFirstBatchThatIsNotFull() {
		ClientRequest full = new ClientRequest.StoreBets(1, List.of(ANA, ANA));
		assertThat(encoded(this.codec, full)).isEqualTo(of(hex("009e 0001"), ANAS_RECORD, ANAS_RECORD));
		assertThat(encoded(this.codec, STORE)).isEqualTo(of(ANAS_RECORD, END));
		assertThat(encoded(this.codec, CLOSE)).isEmpty();
		assertThat(encoded(this.codec, AWAIT)).isEmpty();
	}

	@Test
	void endsAloneAfterAFullBatch() {
		encoded(this.codec, new ClientRequest.StoreBets(1, List.of(ANA, ANA)));
		assertThat(encoded(this.codec, CLOSE)).isEqualTo(END);
	}

	@Test
	void endsAloneWithoutBets() {
		assertThat(encoded(this.codec, CLOSE)).isEqualTo(of(hex("009e 0001"), END));
		assertThat(encoded(this.codec, AWAIT)).isEmpty();
	}

	@Test
	void putsTheLowByteOfALargeAgencyIntoRecords() {
		ClientCodec large = new Fixed().client(0xfffe, 103).orElseThrow();
		assertThat(encoded(large, STORE)).startsWith(0x1f, 0xc9, 0xff, 0xfe, 0xfe, 'A', 'n', 'a');
	}

	@Test
	void hasRoomFor65535AgenciesAnd103Bets() {
		for (int agency : new int[] { 0, -1, 65536 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Fixed().client(agency, 1).orElseThrow());
		}
		for (int bets : new int[] { 0, 104 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new Fixed().client(1, bets).orElseThrow())
				.withMessage("fixed carries neither agency 1 nor %s bets a chunk", bets);
		}
		assertThat(encoded(new Fixed().client(65535, 103).orElseThrow(), AWAIT)).isEqualTo(hex("1fc9 ffff"));
		assertThat(encoded(new Fixed().client(1, 1).orElseThrow(), AWAIT)).isEqualTo(hex("004f 0001"));
	}

	@Test
	void hasNoOtherRequests() {
		assertThat(List.<ClientRequest>of(new Request.FindWinners(1), new Request.Greeting(1), new Request.Check(1),
				new Request.Echo("x"), new Request.Disconnect()))
			.allSatisfy((request) -> {
				assertThatIllegalArgumentException().isThrownBy(() -> encoded(this.codec, request));
				assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(request, zeros(9)));
			});
	}

	@Test
	void isStoredOnlyIfEveryBetIs() throws IOException {
		ClientRequest two = new ClientRequest.StoreBets(1, List.of(ANA, JUAN));
		assertThat(decode(two, hex("00000005 0000270f 01 b2d05e01 00000000 01"))).isEqualTo(new Reply.Stored(2));
		Reply refused = new Reply.Refused(Refusal.UNSAID);
		assertThat(decode(two, hex("00000005 0000270f 01 b2d05e01 00000000 00"))).isEqualTo(refused);
		assertThat(decode(two, hex("00000005 0000270f 00 b2d05e01 00000000 01"))).isEqualTo(refused);
		assertThat(decode(two, hex("00000005 0000270f 00 b2d05e01 00000000 00"))).isEqualTo(refused);
	}

	@Test
	void takesNoMoreThanTheReceipts() throws IOException {
		Inbound in = arrived(hex("00000005 0000270f 01"), "END", zeros(6), hex("0000"));
		assertThat(this.codec.decode(STORE, in)).isEqualTo(new Reply.Stored(1));
		assertThat(this.codec.decode(CLOSE, in)).isEqualTo(new Reply.Acknowledged());
		assertThat(this.codec.decode(AWAIT, in)).isEqualTo(new Reply.Winners(List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000006 0000270f 01", "00000005 0000270e 01", "00000005 0000270f 02",
			"00000005 0000270f ff" })
	void refusesTheReceiptOfAnotherBet(String receipt) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, hex(receipt)))
			.withMessageStartingWith("fixed: expected the receipt of document 5, number 9999, got 9 bytes: 00 00");
	}

	@Test
	void believesTheReceiptOfARefusedBet() throws IOException {
		assertThat(decode(STORE, zeros(9))).isEqualTo(new Reply.Refused(Refusal.UNSAID));
	}

	@Test
	void refusesAnotherEnd() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(CLOSE, "END", zeros(5), 1));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(CLOSE, "X"))
			.withMessage("fixed: expected END and 6 zero bytes, got 1 bytes: 58");
	}

	@Test
	void readsWinnersAbove31Bits() throws IOException {
		assertThat(decode(AWAIT, hex("0008 ffffffff 00000000")))
			.isEqualTo(new Reply.Winners(List.of("4294967295", "0")));
	}

	@Test
	void readsAsManyWinnersAsThereMayBe() throws IOException {
		Reply reply = decode(AWAIT, hex("fffc"), new byte[65_532]);
		assertThat(reply).isInstanceOf(Reply.Winners.class);
		assertThat(((Reply.Winners) reply).count()).isEqualTo(16_383);
	}

	@Test
	void refusesWinnersThatAreNotWhole() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(AWAIT, hex("0005")))
			.withMessage("fixed: expected a length that is a multiple of 4, got 2 bytes: 00 05");
	}

	@Test
	void cannotCarryLongNames() {
		assertThat(this.codec.refusal(named("ñ".repeat(15), "x".repeat(30)))).isNull();
		assertThat(this.codec.refusal(named("ñ".repeat(15) + "x", "Sol"))).isEqualTo(
				new InvalidBet(Field.FIRST_NAME, "ñ".repeat(15) + "x", "1 to 30 bytes of UTF-8 in dialect fixed"));
		assertThat(this.codec.refusal(named("Ana", "x".repeat(31)))).hasFieldOrPropertyWithValue("field",
				Field.LAST_NAME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "05", "0030904465", "4294967296", "9999999999" })
	void cannotCarryDocument(String document) {
		assertThat(this.codec.refusal(bet("Ana", "Sol", document, "2000-02-29", 1))).isEqualTo(new InvalidBet(
				Field.DOCUMENT, document, "from 0 to 4294967295 without zeros in front in dialect fixed"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "5", "10", "4294967295" })
	void carriesDocument(String document) {
		assertThat(this.codec.refusal(bet("Ana", "Sol", document, "2000-02-29", 1))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "100, 1000, 99", "100, 999, 100", "103, 1000, 103", "1000, 1000, 103", "100, 0, 100", "1, 10, 1",
			"2, 10, 2", "2, 11, 2", "3, 6, 3", "3, 3, 2", "6, 15, 6", "5, 15, 4", "4, 12, 4", "5, 12, 5", "4, 6, 4",
			"6, 6, 5", "10, 100, 9", "100, 50, 100" })
	void choosesChunksSoThatTheEndRecordIsNotAlone(int wanted, long bets, int chosen) {
		assertThat(new Fixed().batchSize(wanted, bets)).isEqualTo(chosen);
	}

	@Test
	void knowsItsSizes() {
		Bet bet = ANA;
		assertThat(this.codec.size(bet)).isEqualTo(79);
		assertThat(this.codec.overhead()).isEqualTo(83);
		assertThat(encoded(this.codec, STORE)).hasSize(79 + 83);
	}

}
