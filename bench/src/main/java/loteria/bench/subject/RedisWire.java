package loteria.bench.subject;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import loteria.bench.load.Bets;
import loteria.bench.load.Messages;
import loteria.bench.load.Replies;
import loteria.bench.load.Wire;
import loteria.bet.Bet;
import loteria.bet.BetRow;

/**
 * One RPUSH a batch, onto the list of its agency, an element a bet.
 */
record RedisWire() implements Wire {

	private static final int LINE_END_BYTES = 2;

	@Override
	public Messages messages(int connection, Bets bets, int batch, int most, int bytes) throws IOException {
		int agency = connection + 1;
		List<byte[]> messages = new ArrayList<>();
		int length = 0;
		do {
			messages.add(push(agency, bets.batch(agency, messages.size(), batch)));
			length += messages.getLast().length;
		}
		while (messages.size() < most && length + messages.getLast().length <= bytes);
		return Messages.of(new byte[0], messages, batch, Lengths::new);
	}

	private static byte[] push(int agency, List<Bet> bets) {
		ByteArrayOutputStream command = new ByteArrayOutputStream();
		command.writeBytes(ascii("*" + (bets.size() + 2) + "\r\n"));
		append(command, ascii("RPUSH"));
		append(command, ascii("agency:" + agency));
		for (Bet bet : bets) {
			byte[] row = BetRow.encode(List.of(bet));
			append(command, ByteBuffer.wrap(row, 0, row.length - LINE_END_BYTES));
		}
		return command.toByteArray();
	}

	private static void append(ByteArrayOutputStream command, byte[] argument) {
		append(command, ByteBuffer.wrap(argument));
	}

	private static void append(ByteArrayOutputStream command, ByteBuffer argument) {
		command.writeBytes(ascii("$" + argument.remaining() + "\r\n"));
		command.write(argument.array(), argument.position(), argument.remaining());
		command.writeBytes(ascii("\r\n"));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/** {@code :<length of the list>}, and a line end. */
	private static final class Lengths implements Replies {

		@Override
		public int take(ByteBuffer arrived) throws IOException {
			int taken = 0;
			int from = arrived.position();
			for (int i = from; i < arrived.limit(); i++) {
				if (arrived.get(i) == '\n') {
					if (arrived.get(from) != ':') {
						throw new IOException("Redis answered "
								+ StandardCharsets.UTF_8.decode(arrived.slice(from, i - from)).toString().strip());
					}
					taken++;
					from = i + 1;
				}
			}
			arrived.position(from);
			return taken;
		}

	}

}
