package loteria.bench.subject;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import loteria.bench.load.Bets;
import loteria.bench.load.Messages;
import loteria.bench.load.Replies;
import loteria.bench.load.Wire;
import loteria.bet.BetRow;

/**
 * As much of PostgreSQL's protocol 3.0 as a COPY takes. A message is one byte of type,
 * four of length that count themselves, and the rest. The rows are sent behind the
 * statement without waiting for the server to ask for them: more batches can be under way
 * then, as everywhere else here.
 */
record PostgresWire() implements Wire {

	static final String USER = "bench";

	static final String DATABASE = "postgres";

	private static final int PROTOCOL = 3 << 16;

	private static final String COPY = "COPY bets FROM STDIN WITH (FORMAT csv)";

	private static final byte QUERY = 'Q';

	private static final byte COPY_DATA = 'd';

	private static final byte COPY_DONE = 'c';

	private static final byte READY = 'Z';

	private static final byte DATA_ROW = 'D';

	private static final byte ERROR = 'E';

	private static final int HEADER = 5;

	private static final int PIECE = 64 * 1024;

	@Override
	public Messages messages(int connection, Bets bets, int batch, int most, int bytes) throws IOException {
		List<byte[]> messages = new ArrayList<>();
		int length = 0;
		do {
			messages.add(copy(BetRow.encode(bets.batch(connection + 1, messages.size(), batch))));
			length += messages.getLast().length;
		}
		while (messages.size() < most && length + messages.getLast().length <= bytes);
		return Messages.of(new byte[0], messages, batch, Answers::new);
	}

	private static byte[] copy(byte[] rows) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length + rows.length / PIECE * HEADER + 100);
		out.writeBytes(message(QUERY, text(COPY)));
		for (int from = 0; from < rows.length; from += PIECE) {
			ByteBuffer piece = ByteBuffer.wrap(rows, from, Math.min(PIECE, rows.length - from));
			out.writeBytes(message(COPY_DATA, piece));
		}
		out.writeBytes(message(COPY_DONE, ByteBuffer.allocate(0)));
		return out.toByteArray();
	}

	private static byte[] message(byte type, ByteBuffer content) {
		ByteBuffer message = ByteBuffer.allocate(HEADER + content.remaining());
		return message.put(type).putInt(Integer.BYTES + content.remaining()).put(content).array();
	}

	/** With the zero byte that ends it. */
	private static ByteBuffer text(String text) {
		return StandardCharsets.UTF_8.encode(text + '\0');
	}

	@Override
	public void open(SocketChannel channel) throws IOException {
		startUp(channel, DATABASE);
	}

	static void startUp(SocketChannel channel, String database) throws IOException {
		ByteBuffer parameters = text("user\0" + USER + "\0database\0" + database + "\0");
		ByteBuffer message = ByteBuffer.allocate(2 * Integer.BYTES + parameters.remaining());
		message.putInt(message.capacity()).putInt(PROTOCOL).put(parameters);
		exchange(channel, message.flip());
	}

	/**
	 * @return the first column of the last row, or nothing if there is none
	 */
	static String ask(SocketChannel channel, String statement) throws IOException {
		return exchange(channel, ByteBuffer.wrap(message(QUERY, text(statement))));
	}

	private static String exchange(SocketChannel channel, ByteBuffer message) throws IOException {
		while (message.hasRemaining()) {
			channel.write(message);
		}
		Answers answers = new Answers();
		ByteBuffer arrived = ByteBuffer.allocate(PIECE);
		int taken = 0;
		while (taken == 0) {
			if (channel.read(arrived) < 0) {
				throw new EOFException("PostgreSQL closed the connection");
			}
			arrived.flip();
			taken = answers.take(arrived);
			arrived.compact();
		}
		return answers.row;
	}

	/** Whatever comes up to {@code ReadyForQuery} without an error is one answer. */
	private static final class Answers implements Replies {

		private String row = "";

		@Override
		public int take(ByteBuffer arrived) throws IOException {
			int taken = 0;
			while (arrived.remaining() >= HEADER) {
				byte type = arrived.get(arrived.position());
				int length = 1 + arrived.getInt(arrived.position() + 1);
				if (arrived.remaining() < length) {
					break;
				}
				ByteBuffer message = arrived.slice(arrived.position(), length);
				if (type == ERROR) {
					throw new IOException("PostgreSQL answered "
							+ StandardCharsets.UTF_8.decode(message).toString().replace('\0', ' ').strip());
				}
				if (type == DATA_ROW) {
					// two bytes of how many columns there are, four of how long the first
					// is
					ByteBuffer column = message.slice(HEADER + Short.BYTES + Integer.BYTES,
							message.getInt(HEADER + Short.BYTES));
					this.row = StandardCharsets.UTF_8.decode(column).toString();
				}
				taken += (type == READY) ? 1 : 0;
				arrived.position(arrived.position() + length);
			}
			return taken;
		}

	}

}
