package loteria.agency.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of a terminal, which stays there: what else is written to the terminal
 * comes above it.
 */
final class BottomLine implements ProgressBarConsumer {

	private static final int WIDTH = 78;

	/** To the first column, then erase up to the end of the line. */
	private static final String ERASE = "\r\u001B[K";

	/** In a narrow terminal it must not go on in a line below. */
	private static final String NO_WRAP = "\u001B[?7l";

	private static final String WRAP = "\u001B[?7h";

	private final PrintStream terminal;

	private String text = "";

	BottomLine(PrintStream terminal) {
		this.terminal = terminal;
	}

	@Override
	public int getMaxRenderedLength() {
		return WIDTH;
	}

	@Override
	public synchronized void accept(String rendered) {
		this.text = rendered;
		this.terminal.print(ERASE + drawn());
		this.terminal.flush();
	}

	private String drawn() {
		return this.text.isEmpty() ? "" : NO_WRAP + this.text + WRAP;
	}

	/** Leaves the line where it is, as one like any other. */
	@Override
	public synchronized void close() {
		this.text = "";
		this.terminal.println();
	}

	/**
	 * Writes to the same terminal, whole lines at once.
	 */
	OutputStream above(OutputStream lines) {
		return new OutputStream() {

			@Override
			public void write(int b) throws IOException {
				write(new byte[] { (byte) b }, 0, 1);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				synchronized (BottomLine.this) {
					ByteArrayOutputStream all = new ByteArrayOutputStream();
					if (!BottomLine.this.text.isEmpty()) {
						all.writeBytes(ERASE.getBytes(StandardCharsets.UTF_8));
					}
					all.write(bytes, offset, length);
					if (length > 0 && bytes[offset + length - 1] == '\n') {
						all.writeBytes(drawn().getBytes(StandardCharsets.UTF_8));
					}
					all.writeTo(lines);
					lines.flush();
				}
			}

			@Override
			public void flush() throws IOException {
				lines.flush();
			}

		};
	}

}
