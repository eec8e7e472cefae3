package loteria.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import loteria.protocol.Dialect.Limits;
import loteria.protocol.ServerCodec.After;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

import static loteria.protocol.Bytes.arrive;
import static loteria.protocol.Bytes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every dialect, shown with a whole conversation in it.
 */
@ParameterizedClass
@MethodSource("loteria.protocol.Conversation#all")
class ConversationTests {

	private final Conversation talk;

	private final Dialect dialect;

	ConversationTests(Conversation talk) {
		this.talk = talk;
		this.dialect = talk.dialect();
	}

	private ServerCodec server() {
		return this.dialect.server(Samples.RULES, Limits.DEFAULT);
	}

	private static List<Request> requests(ServerCodec codec, Inbound in) {
		List<Request> requests = new ArrayList<>();
		for (Request request = codec.decode(in); request != null; request = codec.decode(in)) {
			requests.add(request);
		}
		return requests;
	}

	@Test
	void centralUnderstandsTheAgencyAtOnce() {
		Inbound in = arrived(this.talk.fromAgency());
		assertThat(requests(server(), in)).isEqualTo(this.talk.requests());
		assertThat(in.available()).isZero();
	}

	@Test
	void centralUnderstandsTheAgencyCutAnywhere() {
		byte[] bytes = this.talk.fromAgency();
		for (int cut = 0; cut <= bytes.length; cut++) {
			ServerCodec codec = server();
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			List<Request> requests = requests(codec, in);
			arrive(in, Bytes.from(bytes, cut));
			requests.addAll(requests(codec, in));
			assertThat(requests).as("cut at %d", cut).isEqualTo(this.talk.requests());
		}
	}

	@Test
	void centralUnderstandsTheAgencyByteByByte() {
		ServerCodec codec = server();
		Inbound in = new Inbound();
		List<Request> requests = new ArrayList<>();
		for (byte b : this.talk.fromAgency()) {
			arrive(in, new byte[] { b });
			requests.addAll(requests(codec, in));
		}
		assertThat(requests).isEqualTo(this.talk.requests());
	}

	@Test
	void centralMakesNothingOfHalfAMessage() {
		byte[] bytes = this.talk.fromAgency();
		for (int cut = 0; cut < bytes.length; cut++) {
			ServerCodec codec = server();
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			List<Request> requests = requests(codec, in);
			Bytes.end(in);
			requests.addAll(requests(codec, in));
			assertThat(requests.size()).as("requests before %d", cut).isLessThan(this.talk.requests().size());
			assertThat(requests).as("cut at %d", cut).isEqualTo(this.talk.requests().subList(0, requests.size()));
		}
	}

	@Test
	void centralAnswersByteForByte() throws IOException {
		ServerCodec codec = server();
		requests(codec, arrived(this.talk.fromAgency()));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int i = 0; i < this.talk.replies().size(); i++) {
			After after = codec.encode(this.talk.requests().get(i), this.talk.replies().get(i), out);
			boolean last = i == this.talk.replies().size() - 1;
			if (!last) {
				assertThat(after).isEqualTo(After.GO_ON);
			}
		}
		assertThat(out.toByteArray()).asHexString().isEqualTo(hexOf(this.talk.fromCentral()));
	}

	@Test
	void centralIsNeverAtALossForThisConversation() {
		assertThat(this.talk.replies()).allSatisfy((reply) -> assertThat(server().cannotSay(reply)).isNull());
	}

	@Test
	void agencySpeaksByteForByte() throws IOException {
		ClientCodec codec = this.dialect.client(1, 2);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (Request request : this.talk.requests()) {
			codec.encode(request, out);
		}
		assertThat(out.toByteArray()).asHexString().isEqualTo(hexOf(this.talk.fromAgency()));
	}

	@Test
	void agencyUnderstandsTheCentralCutAnywhere() throws IOException {
		byte[] bytes = this.talk.fromCentral();
		for (int cut = 0; cut <= bytes.length; cut++) {
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			List<Reply> replies = replies(in, 0);
			arrive(in, Bytes.from(bytes, cut));
			replies.addAll(replies(in, replies.size()));
			assertThat(replies).as("cut at %d", cut).isEqualTo(answers());
			assertThat(in.available()).isZero();
		}
	}

	@Test
	void agencyMakesNothingOfHalfAReply() throws IOException {
		byte[] bytes = this.talk.fromCentral();
		// a csv list may lack its line end when the stream ends
		for (int cut = 0; cut < bytes.length - 1; cut++) {
			List<Reply> replies = replies(arrived(Arrays.copyOf(bytes, cut)), 0);
			assertThat(replies.size()).as("replies before %d", cut).isLessThan(answers().size());
		}
	}

	private List<Request> answered() {
		ClientCodec codec = this.dialect.client(1, 2);
		return this.talk.requests().stream().filter(codec::isAnswered).toList();
	}

	private List<Reply> answers() {
		ClientCodec codec = this.dialect.client(1, 2);
		List<Reply> answers = new ArrayList<>();
		for (int i = 0; i < this.talk.requests().size(); i++) {
			if (codec.isAnswered(this.talk.requests().get(i))) {
				answers.add(this.talk.replies().get(i));
			}
		}
		return answers;
	}

	private List<Reply> replies(Inbound in, int from) throws IOException {
		ClientCodec codec = this.dialect.client(1, 2);
		List<Reply> replies = new ArrayList<>();
		for (Request request : answered().subList(from, answered().size())) {
			Reply reply = codec.decode(request, in);
			if (reply == null) {
				break;
			}
			replies.add(reply);
		}
		return replies;
	}

	@Test
	void sizesAreNeverBelowWhatABatchTakes() {
		ClientCodec codec = this.dialect.client(1, 2);
		Request batch = new Request.StoreBets(1, List.of(Samples.MARIA, Samples.JUAN));
		assertThat(Samples.encoded(codec, batch).length)
			.isLessThanOrEqualTo(codec.overhead() + codec.size(Samples.MARIA) + codec.size(Samples.JUAN));
	}

	@Test
	void agencyAcceptsWhatCanBeCarried() {
		ClientCodec codec = this.dialect.client(1, 2);
		assertThat(List.of(Samples.MARIA, Samples.JUAN, Samples.ANA))
			.allSatisfy((bet) -> assertThat(codec.refusal(bet)).isNull());
	}

	private static String hexOf(byte[] bytes) {
		return HexFormat.of().withUpperCase().formatHex(bytes);
	}

}
