package loteria.protocol.packets;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

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

class PacketsClientTests {

	private static final ClientRequest STORE = new ClientRequest.StoreBets(1, List.of(ANA));

	private static final ClientRequest CLOSE = new Request.CloseAgency(1);

	private static final ClientRequest FIND = new Request.FindWinners(1);

	private static final ClientRequest DISCONNECT = new Request.Disconnect();

	private final ClientCodec codec = new Packets().client(1, 100).orElseThrow();

	private static byte[] packet(String text) {
		byte[] bytes = of(text);
		return of(bytes.length >> 8, bytes.length & 0xff, bytes);
	}

	private @Nullable Reply decode(ClientRequest request, String text) throws IOException {
		return this.codec.decode(request, arrived(packet(text)));
	}

	@Test
	void onlyAClosingAgencyIsNotAnswered() {
		assertThat(List.of(STORE, FIND)).allMatch(this.codec::isAnswered);
		assertThat(List.of(CLOSE, DISCONNECT)).noneMatch(this.codec::isAnswered);
	}

	@Test
	void disconnectsWithoutAWord() {
		assertThat(encoded(this.codec, DISCONNECT)).isEmpty();
	}

	@Test
	void hasNoOtherRequests() {
		assertThat(List.<ClientRequest>of(new Request.AwaitWinners(OptionalInt.of(1)), new Request.Greeting(1),
				new Request.Check(1), new Request.Echo("x")))
			.allSatisfy((request) -> {
				assertThatIllegalArgumentException().isThrownBy(() -> encoded(this.codec, request))
					.withMessageStartingWith("packets has no ");
				assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(request, "StoreResponse:0"));
			});
	}

	@Test
	void sendsNoPacketThatItsLengthCannotSay() {
		ClientRequest most = new ClientRequest.StoreBets(1, Collections.nCopies(2520, ANA));
		assertThat(encoded(this.codec, most)).hasSize(2 + 65_532).startsWith(0xff, 0xfc);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> encoded(this.codec, new ClientRequest.StoreBets(1, Collections.nCopies(2521, ANA))));
	}

	@Test
	void understandsWhetherABatchWasStored() throws IOException {
		assertThat(decode(STORE, "StoreResponse:0")).isEqualTo(new Reply.Stored(1));
		assertThat(decode(STORE, "StoreResponse:1")).isEqualTo(new Reply.Refused(Refusal.UNSAID));
		assertThat(decode(FIND, "StoreResponse:1")).isEqualTo(new Reply.Refused(Refusal.UNSAID));
	}

	@Test
	void understandsThatThereAreNoWinnersYet() throws IOException {
		assertThat(decode(FIND, "NotReadyResponse:")).isEqualTo(new Reply.NotReady());
		assertThat(decode(FIND, "NotReadyResponse")).isEqualTo(new Reply.NotReady());
	}

	@Test
	void understandsWinners() throws IOException {
		assertThat(decode(FIND, "WinnersResponse:30904465;5")).isEqualTo(new Reply.Winners(List.of("30904465", "5")));
		assertThat(decode(FIND, "WinnersResponse:5;")).isEqualTo(new Reply.Winners(List.of("5")));
		assertThat(decode(FIND, "WinnersResponse:")).isEqualTo(new Reply.Winners(List.of()));
		assertThat(decode(FIND, "WinnersResponse:" + String.join(";", documents(8000))))
			.isEqualTo(new Reply.Winners(documents(8000)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "StoreResponse:", "StoreResponse:2", "StoreResponse", "WinnersResponse:",
			"NotReadyResponse:", "Stored:0" })
	void noOtherAnswerIsStored(String text) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, text))
			.withMessageStartingWith("packets: expected a packet that answers the request, got ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "StoreResponse:0", "WinnersResponse:x", "WinnersResponse:5;;", "WinnersResponse:5:6",
			"winnersresponse:" })
	void noOtherAnswerIsWinners(String text) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(FIND, text));
	}

	@Test
	void nothingAnswersAClosingAgency() {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(CLOSE, "StoreResponse:0"));
	}

	@Test
	void anAnswerIsUtf8() {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> this.codec.decode(STORE, arrived(hex("0001 ff"))));
	}

	@Test
	void takesNoMoreThanThePacket() throws IOException {
		Inbound in = arrived(packet("StoreResponse:0"), packet("NotReadyResponse:"), 0);
		assertThat(this.codec.decode(STORE, in)).isEqualTo(new Reply.Stored(1));
		assertThat(this.codec.decode(FIND, in)).isEqualTo(new Reply.NotReady());
		assertThat(in.available()).isEqualTo(1);
	}

	@Test
	void cannotCarrySeparatorsInNames() {
		assertThat(this.codec.refusal(named("A,n~a", "S@l#"))).isNull();
		assertThat(this.codec.refusal(named("A;a", "Sol"))).hasFieldOrPropertyWithValue("field", Field.FIRST_NAME)
			.asString()
			.contains("dialect packets");
		assertThat(this.codec.refusal(named("Ana", "S:l"))).hasFieldOrPropertyWithValue("field", Field.LAST_NAME);
	}

	@Test
	void knowsTheSizeOfTheLongestBatch() {
		assertThat(this.codec.overhead()).isEqualTo(2 + 11 + 10);
		byte[] batch = encoded(this.codec, new ClientRequest.StoreBets(LONGEST.agency(), List.of(LONGEST, LONGEST)));
		// the agency is said once; the size of a bet counts it each time
		assertThat(batch).hasSize(this.codec.overhead() + 2 * (this.codec.size(LONGEST) - 11));
	}

}
