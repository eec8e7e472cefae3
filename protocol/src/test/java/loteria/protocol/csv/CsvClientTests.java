package loteria.protocol.csv;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

import loteria.bet.DocumentList;
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

import static loteria.protocol.Bytes.arrive;
import static loteria.protocol.Bytes.arrived;
import static loteria.protocol.Bytes.end;
import static loteria.protocol.Bytes.of;
import static loteria.protocol.Samples.ANA;
import static loteria.protocol.Samples.LONGEST;
import static loteria.protocol.Samples.documents;
import static loteria.protocol.Samples.encoded;
import static loteria.protocol.Samples.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CsvClientTests {

	private static final ClientRequest STORE = new ClientRequest.StoreBets(1, List.of(ANA, ANA));

	private static final ClientRequest AWAIT = new Request.AwaitWinners(OptionalInt.of(12));

	private final ClientCodec codec = new Csv().client(12, 100).orElseThrow();

	private @Nullable Reply decode(ClientRequest request, Object... reply) throws IOException {
		return this.codec.decode(request, arrived(reply));
	}

	@Test
	void saysDoneWithoutAnEnd() {
		assertThat(encoded(this.codec, AWAIT)).isEqualTo(of("DONE:12"));
		assertThat(this.codec.isAnswered(AWAIT)).isTrue();
	}

	@Test
	void hasNoOtherRequests() {
		assertThat(List.<ClientRequest>of(new Request.CloseAgency(1), new Request.FindWinners(1),
				new Request.Greeting(1), new Request.Check(1), new Request.Echo("x"), new Request.Disconnect()))
			.allSatisfy((request) -> {
				assertThatIllegalArgumentException().isThrownBy(() -> encoded(this.codec, request))
					.withMessageStartingWith("csv has no ");
				assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(request, "1\n"));
			});
	}

	@Test
	void understandsTheCountOfABatch() throws IOException {
		assertThat(decode(STORE, "2\n")).isEqualTo(new Reply.Stored(2));
		assertThat(decode(STORE, "2\r\n")).isEqualTo(new Reply.Stored(2));
		assertThat(decode(STORE, "0\n")).isEqualTo(new Reply.Refused(Refusal.UNSAID));
		assertThat(decode(STORE, "2")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1\n", "3\n", "\n", "x\n", "-1\n", "[]\n", "4294967298\n" })
	void noOtherAnswerIsACount(String reply) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(STORE, reply))
			.withMessageStartingWith("csv: expected the number of bets of the batch, or 0, and a line end");
	}

	@Test
	void understandsAListOfWinners() throws IOException {
		assertThat(decode(AWAIT, "['30904465', '21689196']\n"))
			.isEqualTo(new Reply.Winners(List.of("30904465", "21689196")));
		assertThat(decode(AWAIT, "['5']\r\n")).isEqualTo(new Reply.Winners(List.of("5")));
		assertThat(decode(AWAIT, "[5, 6]\n")).isEqualTo(new Reply.Winners(List.of("5", "6")));
		assertThat(decode(AWAIT, "[]\n")).isEqualTo(new Reply.Winners(List.of()));
		assertThat(decode(AWAIT, "['" + String.join("', '", documents(10_000)) + "']\n"))
			.isEqualTo(new Reply.Winners(documents(10_000)));
	}

	@Test
	void theListMayEndWithTheStream() throws IOException {
		Inbound in = arrived("['5', '6']");
		assertThat(this.codec.decode(AWAIT, in)).isNull();
		end(in);
		assertThat(this.codec.decode(AWAIT, in)).isEqualTo(new Reply.Winners(List.of("5", "6")));
		assertThat(in.available()).isZero();
	}

	@Test
	void anEndedStreamIsNoList() throws IOException {
		Inbound in = new Inbound();
		end(in);
		assertThat(this.codec.decode(AWAIT, in)).isNull();
	}

	@Test
	void takesNoMoreThanTheLine() throws IOException {
		Inbound in = arrived("2\n[]\nx");
		assertThat(this.codec.decode(STORE, in)).isEqualTo(new Reply.Stored(2));
		assertThat(this.codec.decode(AWAIT, in)).isEqualTo(new Reply.Winners(List.of()));
		assertThat(in.available()).isEqualTo(1);
	}

	@Test
	void knowsHowManyButNotWhoOfABareNumber() throws IOException {
		assertThat(decode(AWAIT, "3\n")).isEqualTo(new Reply.Winners(3, new DocumentList()));
		assertThat(decode(AWAIT, "0\n")).isEqualTo(new Reply.Winners(0, new DocumentList()));
		Inbound in = arrived("1");
		assertThat(this.codec.decode(AWAIT, in)).isNull();
		arrive(in, of("2"));
		end(in);
		assertThat(this.codec.decode(AWAIT, in)).isEqualTo(new Reply.Winners(12, new DocumentList()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "x\n", "[\n", "]\n", "['5'\n", "'5']\n", "['']\n", "[']\n", "['5', ]\n", "['x']\n",
			"-1\n", "['5'; '6']\n", "['5]\n", "[5']\n", "4294967296\n" })
	void noOtherAnswerIsWinners(String reply) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(AWAIT, reply))
			.withMessageStartingWith("csv: expected a list of documents, or their number");
	}

	@Test
	void cannotCarrySeparatorsInNames() {
		assertThat(this.codec.refusal(named("A'n\"a~", "S:l#@"))).isNull();
		assertThat(this.codec.refusal(named("A,a", "Sol"))).hasFieldOrPropertyWithValue("field", Field.FIRST_NAME)
			.asString()
			.contains("dialect csv");
		assertThat(this.codec.refusal(named("Ana", "S;l"))).hasFieldOrPropertyWithValue("field", Field.LAST_NAME);
	}

	@Test
	void knowsTheSizeOfTheLongestBatch() {
		byte[] batch = encoded(this.codec, new ClientRequest.StoreBets(LONGEST.agency(), List.of(LONGEST, LONGEST)));
		// the last bet has no separator behind it
		assertThat(batch).hasSize(this.codec.overhead() + 2 * this.codec.size(LONGEST) - 1);
	}

}
