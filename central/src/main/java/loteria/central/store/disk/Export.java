package loteria.central.store.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Rows of bets on their way into a file: as they are, or made safe for spreadsheets,
 * which take a value that begins with one of {@value #FORMULA} for a formula.
 */
public final class Export implements AutoCloseable {

	private static final String FORMULA = "=+-@";

	private static final int FIRST_NAME = 1;

	private static final int LAST_NAME = 2;

	private final OutputStream out;

	private final boolean safe;

	private long rows;

	/**
	 * @param file made, for this user alone, and must not be there yet
	 * @param safe whether to put an apostrophe in front of what would be a formula
	 */
	public Export(Path file, boolean safe) throws IOException {
		this.out = new BufferedOutputStream(Channels.newOutputStream(Files.newByteChannel(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Owner.only(file, "rw-------"))));
		this.safe = safe;
	}

	/** Writes the row between {@code from} and {@code end}, its line end included. */
	public void row(int agency, byte[] bytes, int from, int end) throws IOException {
		if (this.safe) {
			writeSafe(bytes, from, end);
		}
		else {
			this.out.write(bytes, from, end - from);
		}
		this.rows++;
	}

	/** Names alone can begin with such a character: all else is digits. */
	private void writeSafe(byte[] bytes, int from, int end) throws IOException {
		boolean quoted = false;
		boolean begins = true;
		int field = 0;
		for (int at = from; at < end; at++) {
			byte next = bytes[at];
			if (begins && (field == FIRST_NAME || field == LAST_NAME) && next != '"') {
				if (FORMULA.indexOf(next) >= 0) {
					this.out.write('\'');
				}
				begins = false;
			}
			if (next == '"') {
				quoted = !quoted;
			}
			else if (next == ',' && !quoted) {
				field++;
				begins = true;
			}
			this.out.write(next);
		}
	}

	/** How many were written. */
	public long rows() {
		return this.rows;
	}

	@Override
	public void close() throws IOException {
		this.out.close();
	}

}
