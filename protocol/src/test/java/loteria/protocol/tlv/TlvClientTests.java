package loteria.protocol.tlv;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.InvalidBet.Field;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Inbound;
import loteria.protocol.ProtocolException;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
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
import static loteria.protocol.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TlvClientTests {

	private static final ClientRequest STORE = new ClientRequest.StoreBets(1, List.of(ANA));

	private static final ClientRequest CLOSE = new Request.CloseAgency(1);

	private static final ClientRequest FIND = new Request.FindWinners(1);

	private static final ClientRequest DISCONNECT = new Request.Disconnect();

	private final ClientCodec codec = new Tlv().client(1, 1000).orElseThrow();

	private @Nullable Reply decode(ClientRequest request, Object... frame) throws IOException {
		return this.codec.decode(request, arrived(frame));
	}

	@Test
	void onlyADisconnectIsNotAnswered() {
		assertThat(List.of(STORE, CLOSE, FIND)).allMatch(this.codec::isAnswered);
		assertThat(this.codec.isAnswered(DISCONNECT)).isFalse();
		assertThat(encoded(this.codec, DISCONNECT)).isEqualTo(hex("00 00000000"));
	}

	@Test
	void hasNoOtherRequests() {
		assertThat(List.<ClientRequest>of(new Request.AwaitWinners(OptionalInt.of(1)), new Request.Greeting(1),
				new Request.Check(1), new Request.Echo("x")))
			.allSatisfy((request) -> {
				assertThatIllegalArgumentException().isThrownBy(() -> encoded(this.codec, request))
					.withMessageStartingWith("tlv has no ");
				assertThatExceptionOfType(ProtocolException.class)
					.isThrownBy(() -> decode(request, hex("02 00000000")));
			});
	}

	@Test
	void understandsAnAcknowledgement() throws IOException {
		assertThat(decode(STORE, hex("02 00000000"))).isEqualTo(new Reply.Stored(1));
		assertThat(decode(CLOSE, hex("02 00000000"))).isEqualTo(new Reply.Acknowledged());
	}

	@Test
	void understandsErrors() throws IOException {
		assertThat(List.of(STORE, CLOSE, FIND)).allSatisfy((request) -> {
			assertThat(decode(request, 4, hex("00000004"), "bad#")).isEqualTo(refused(Reason.UNSAID, "bad"));
			assertThat(decode(request, 4, hex("00000006"), "bad", 10, "x#"))
				.isEqualTo(refused(Reason.UNSAID, "bad\uFFFDx"));
			assertThat(decode(request, 4, hex("00000007"), "bad#bet")).isEqualTo(refused(Reason.UNSAID, "bad bet"));
			assertThat(decode(request, hex("04 00000000"))).isEqualTo(new Reply.Refused(Refusal.UNSAID));
			assertThat(decode(request, hex("ff 00000000")))
				.isEqualTo(refused(Reason.CORRUPT, "the central could not read the request"));
		});
	}

	@Test
	void keepsThreeHundredCharactersOfAnError() throws IOException {
		assertThat(decode(STORE, 4, hex("0000012e"), "x".repeat(301), "#"))
			.isEqualTo(refused(Reason.UNSAID, "x".repeat(300) + "…"));
	}

	@Test
	void understandsWinners() throws IOException {
		assertThat(decode(FIND, 7, hex("0000000b"), "30904465#5#"))
			.isEqualTo(new Reply.Winners(List.of("30904465", "5")));
		assertThat(decode(FIND, 7, hex("00000001"), "#")).isEqualTo(new Reply.Winners(List.of()));
		assertThat(decode(FIND, hex("07 00000000"))).isEqualTo(new Reply.Winners(List.of()));
		assertThat(decode(FIND, 7, hex("00013880"), String.join("#", documents(10_000)), "#"))
			.isEqualTo(new Reply.Winners(documents(10_000)));
	}

	@Test
	void understandsThatThereAreNoWinnersYet() throws IOException {
		assertThat(decode(FIND, hex("08 00000000"))).isEqualTo(new Reply.NotReady());
	}

	@ParameterizedTest
	@ValueSource(strings = { "00 00000000", "01 00000000", "07 00000001 23", "08 00000000", "09 00000000" })
	void noOtherAnswerIsAnAcknowledgement(String frame) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, hex(frame)))
			.withMessageStartingWith("tlv: expected a frame that answers the request, got ");
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(CLOSE, hex(frame)));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(DISCONNECT, hex(frame)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "02 00000000", "09 00000000", "07 00000002 7823", "07 00000002 2323", "07 00000001 ff" })
	void noOtherAnswerIsWinners(String frame) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(FIND, hex(frame)));
	}

	@Test
	void refusesALengthOfFourGibibytesByItsHeaderAlone() throws IOException {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(FIND, hex("07 ffffffff")))
			.withMessageStartingWith("tlv: expected at most 16777216 bytes");
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(FIND, hex("07 01000001")));
		assertThat(decode(FIND, hex("07 01000000"))).isNull();
	}

	@Test
	void takesNoMoreThanTheFrame() throws IOException {
		Inbound in = arrived(hex("02 00000000"), 7, hex("00000002"), "5#", 0);
		assertThat(this.codec.decode(CLOSE, in)).isEqualTo(new Reply.Acknowledged());
		assertThat(this.codec.decode(FIND, in)).isEqualTo(new Reply.Winners(List.of("5")));
		assertThat(in.available()).isEqualTo(1);
	}

	@Test
	void cannotCarrySeparatorsInNames() {
		assertThat(this.codec.refusal(named("A,n~a", "S;l:"))).isNull();
		assertThat(this.codec.refusal(named("A#a", "Sol"))).hasFieldOrPropertyWithValue("field", Field.FIRST_NAME)
			.asString()
			.contains("dialect tlv");
		assertThat(this.codec.refusal(named("Ana", "S@1"))).hasFieldOrPropertyWithValue("field", Field.LAST_NAME);
	}

	@Test
	void knowsTheSizeOfTheLongestBatch() {
		assertThat(this.codec.overhead()).isEqualTo(1 + 4 + 10 + 1);
		assertThat(this.codec.size(LONGEST)).isEqualTo(1 + 10 + 1 + 10 + 50 + 50 + 10 + 10 + 4 + 6);
		byte[] batch = encoded(this.codec, new ClientRequest.StoreBets(LONGEST.agency(), List.of(LONGEST, LONGEST)));
		// count and markers take one digit here and ten at the most
		assertThat(batch).hasSize(this.codec.overhead() - 9 + 2 * (this.codec.size(LONGEST) - 9));
	}

}
