package loteria.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import loteria.protocol.Dialect.Limits;
import loteria.protocol.ServerCodec.After;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static loteria.protocol.Bytes.arrive;
import static loteria.protocol.Bytes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every dialect, shown with a whole conversation in it.
 */
class ConversationTests {

	private static ServerCodec server(Conversation talk) {
		return talk.dialect().server(Samples.RULES, Limits.DEFAULT);
	}

	private static ClientCodec client(Conversation talk) {
		return talk.dialect().client(1, 2).orElseThrow();
	}

	private static List<Request> requests(ServerCodec codec, Inbound in) {
		List<Request> requests = new ArrayList<>();
		for (Request request = codec.decode(in); request != null; request = codec.decode(in)) {
			requests.add(request);
		}
		return requests;
	}

	@Test
	void thereIsAConversationInEveryDialect() {
		assertThat(Conversation.all()).extracting((talk) -> talk.dialect().name())
			.containsExactlyElementsOf(Dialects.all().stream().map(Dialect::name).toList());
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void centralUnderstandsTheAgencyAtOnce(Conversation talk) {
		Inbound in = arrived(talk.fromAgency());
		assertThat(requests(server(talk), in)).isEqualTo(talk.understood());
		assertThat(in.available()).isZero();
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void centralUnderstandsTheAgencyCutAnywhere(Conversation talk) {
		byte[] bytes = talk.fromAgency();
		for (int cut = 0; cut <= bytes.length; cut++) {
			ServerCodec codec = server(talk);
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			List<Request> requests = requests(codec, in);
			arrive(in, Bytes.from(bytes, cut));
			requests.addAll(requests(codec, in));
			assertThat(requests).as("cut at %d", cut).isEqualTo(talk.understood());
		}
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void centralUnderstandsTheAgencyByteByByte(Conversation talk) {
		ServerCodec codec = server(talk);
		Inbound in = new Inbound();
		List<Request> requests = new ArrayList<>();
		for (byte b : talk.fromAgency()) {
			arrive(in, new byte[] { b });
			requests.addAll(requests(codec, in));
		}
		assertThat(requests).isEqualTo(talk.understood());
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void centralMakesNothingOfHalfAMessage(Conversation talk) {
		byte[] bytes = talk.fromAgency();
		for (int cut = 0; cut < bytes.length; cut++) {
			ServerCodec codec = server(talk);
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			List<Request> requests = requests(codec, in);
			Bytes.end(in);
			requests.addAll(requests(codec, in));
			assertThat(requests.size()).as("requests before %d", cut).isLessThan(talk.understood().size());
			assertThat(requests).as("cut at %d", cut).isEqualTo(talk.understood().subList(0, requests.size()));
		}
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void centralAnswersByteForByte(Conversation talk) throws IOException {
		ServerCodec codec = server(talk);
		requests(codec, arrived(talk.fromAgency()));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int i = 0; i < talk.replies().size(); i++) {
			After after = codec.encode(talk.understood().get(i), talk.replies().get(i), out);
			boolean last = i == talk.replies().size() - 1;
			if (!last) {
				assertThat(after).isEqualTo(After.GO_ON);
			}
		}
		assertThat(out.toByteArray()).asHexString().isEqualTo(hexOf(talk.fromCentral()));
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void centralIsNeverAtALossForThisConversation(Conversation talk) {
		assertThat(talk.replies()).allSatisfy((reply) -> assertThat(server(talk).cannotSay(reply)).isNull());
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void agencySpeaksByteForByte(Conversation talk) throws IOException {
		ClientCodec codec = client(talk);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (ClientRequest request : talk.requests()) {
			codec.encode(request, out);
		}
		assertThat(out.toByteArray()).asHexString().isEqualTo(hexOf(talk.fromAgency()));
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void agencyUnderstandsTheCentralCutAnywhere(Conversation talk) throws IOException {
		byte[] bytes = talk.fromCentral();
		for (int cut = 0; cut <= bytes.length; cut++) {
			Inbound in = arrived(Arrays.copyOf(bytes, cut));
			List<Reply> replies = replies(talk, in, 0);
			arrive(in, Bytes.from(bytes, cut));
			replies.addAll(replies(talk, in, replies.size()));
			assertThat(replies).as("cut at %d", cut).isEqualTo(answers(talk));
			assertThat(in.available()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void agencyMakesNothingOfHalfAReply(Conversation talk) throws IOException {
		byte[] bytes = talk.fromCentral();
		// a csv list may lack its line end when the stream ends
		for (int cut = 0; cut < bytes.length - 1; cut++) {
			List<Reply> replies = replies(talk, arrived(Arrays.copyOf(bytes, cut)), 0);
			assertThat(replies.size()).as("replies before %d", cut).isLessThan(answers(talk).size());
		}
	}

	private static List<ClientRequest> answered(Conversation talk) {
		ClientCodec codec = client(talk);
		return talk.requests().stream().filter(codec::isAnswered).toList();
	}

	private static List<Reply> answers(Conversation talk) {
		ClientCodec codec = client(talk);
		List<Reply> answers = new ArrayList<>();
		for (int i = 0; i < talk.requests().size(); i++) {
			if (codec.isAnswered(talk.requests().get(i))) {
				answers.add(talk.replies().get(i));
			}
		}
		return answers;
	}

	private static List<Reply> replies(Conversation talk, Inbound in, int from) throws IOException {
		ClientCodec codec = client(talk);
		List<Reply> replies = new ArrayList<>();
		for (ClientRequest request : answered(talk).subList(from, answered(talk).size())) {
			Reply reply = codec.decode(request, in);
			if (reply == null) {
				break;
			}
			replies.add(reply);
		}
		return replies;
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void sizesAreNeverBelowWhatABatchTakes(Conversation talk) {
		ClientCodec codec = client(talk);
		ClientRequest batch = new ClientRequest.StoreBets(1, List.of(Samples.MARIA, Samples.JUAN));
		assertThat(Samples.encoded(codec, batch).length)
			.isLessThanOrEqualTo(codec.overhead() + codec.size(Samples.MARIA) + codec.size(Samples.JUAN));
	}

	@ParameterizedTest
	@MethodSource("loteria.protocol.Conversation#all")
	void agencyAcceptsWhatCanBeCarried(Conversation talk) {
		ClientCodec codec = client(talk);
		assertThat(List.of(Samples.MARIA, Samples.JUAN, Samples.ANA))
			.allSatisfy((bet) -> assertThat(codec.refusal(bet)).isNull());
	}

	private static String hexOf(byte[] bytes) {
		return HexFormat.of().withUpperCase().formatHex(bytes);
	}

}
