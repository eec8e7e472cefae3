package loteria.bench.load;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Inbound;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;

/**
 * Batches in one of the dialects, by its own codecs: the agency's encodes them, and the
 * central's says beforehand what the right answers are.
 */
public record DialectWire(Dialect dialect) implements Wire {

	@Override
	public Messages messages(int connection, Bets bets, int batch, int most, int bytes) throws IOException {
		int agency = connection + 1;
		ClientCodec codec = this.dialect.client(agency, batch).orElseThrow();
		List<byte[]> messages = new ArrayList<>();
		byte[] first = encode(codec, agency, bets.batch(agency, 0, batch));
		int length = 0;
		do {
			messages.add(encode(codec, agency, bets.batch(agency, messages.size(), batch)));
			length += messages.getLast().length;
		}
		while (messages.size() < most && length + messages.getLast().length <= bytes);
		// what only the first message of a connection has in front
		byte[] opening = Arrays.copyOf(first, first.length - messages.getFirst().length);
		List<byte[]> answers = answers(opening, messages, batch);
		return Messages.of(opening, messages, batch, () -> new ExactReplies(answers));
	}

	private static byte[] encode(ClientCodec codec, int agency, List<Bet> bets) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		codec.encode(new ClientRequest.StoreBets(agency, bets), out);
		return out.toByteArray();
	}

	private List<byte[]> answers(byte[] opening, List<byte[]> messages, int batch) throws IOException {
		ServerCodec codec = this.dialect.server(new BetRules(Clock.systemUTC()), Limits.DEFAULT);
		Inbound in = new Inbound();
		fill(in, opening);
		List<byte[]> answers = new ArrayList<>(messages.size());
		for (byte[] message : messages) {
			fill(in, message);
			if (!(codec.decode(in) instanceof Request.StoreBets request)) {
				throw new IOException(this.dialect.name() + " can't carry a batch of " + batch);
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			codec.encode(request, new Reply.Stored(batch), out);
			answers.add(out.toByteArray());
		}
		return answers;
	}

	private static void fill(Inbound in, byte[] bytes) throws IOException {
		ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
		while (stream.available() > 0) {
			in.fill(stream);
		}
	}

}
