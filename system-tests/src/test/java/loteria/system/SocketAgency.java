package loteria.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * An agency without a program of its own, for where many are needed or each step counts:
 * it sends invented bets in the dialect {@code lines}.
 */
final class SocketAgency implements AutoCloseable {

	private static final int LOST = 1;

	private static final int WON = 7574;

	private final int number;

	private final Socket socket;

	private final Random random;

	SocketAgency(Lottery lottery, int number) throws IOException {
		this.number = number;
		this.socket = new Socket("localhost", lottery.port("lines"));
		this.socket.setSoTimeout((int) Lottery.LIMIT.toMillis());
		this.random = new Random(number);
	}

	/** Sends a batch, and returns when it is stored. */
	void send(int bets, int winners) throws IOException {
		StringBuilder batch = new StringBuilder();
		for (int i = 0; i < bets; i++) {
			batch.append((i > 0) ? "~" : "")
				.append(String.format(Locale.ROOT, "%d;Ana;Paz;%d;1990-01-02;%d", this.number,
						10_000_000 + this.random.nextInt(30_000_000), (i < winners) ? WON : LOST));
		}
		ask("S:" + bets + "\n" + batch + "\n", "R:1\nOK\n");
	}

	/** Sends a bet that no central takes. */
	void sendInvalid() throws IOException {
		ask("S:1\n" + this.number + ";Ana;Paz;1;1990-02-31;1\n", "R:1\nFAIL\n");
	}

	/** Says that it has finished, and goes on waiting for the draw. */
	void finish() throws IOException {
		write("H:1\n" + this.number + "\nF:1\nFINISHED\n");
		readLines();
	}

	private void ask(String message, String answer) throws IOException {
		write(message);
		String received = readLines();
		if (!received.equals(answer)) {
			throw new IOException("agency " + this.number + " was answered " + received);
		}
	}

	private void write(String message) throws IOException {
		this.socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
	}

	/** The next answer, two lines with their ends, or less if the central closes. */
	private String readLines() throws IOException {
		InputStream in = this.socket.getInputStream();
		StringBuilder text = new StringBuilder();
		for (int left = 2; left > 0;) {
			int next = in.read();
			if (next < 0) {
				break;
			}
			text.append((char) next);
			left -= (next == '\n') ? 1 : 0;
		}
		return text.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
