package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of one batch after the other in a damaged {@code bets.csv}: where they
 * were written, or, when rows before them are missing or there twice, elsewhere.
 */
final class MovedRows {

	/** How far behind the last batch found a search goes. */
	private static final int SEARCHED = 64 * 1024;

	private final RowReader rows;

	private final long size;

	/** How far all that the file should have has moved by its end. */
	private final long moveOfTheEnd;

	private long move;

	/** Where the rows found last are. */
	private long offset;

	/**
	 * @param size of the file
	 * @param expected size of the file as the journal has it
	 */
	MovedRows(RowReader rows, long size, long expected) {
		this.rows = rows;
		this.size = size;
		this.moveOfTheEnd = size - expected;
	}

	/**
	 * @param from where the search begins
	 * @return the rows of {@code entry}, or null if they are not to be found
	 */
	byte @Nullable [] find(JournalEntry entry, long from) throws IOException {
		byte[] found = readIfThere(entry, entry.offset() + this.move, from);
		if (found == null) {
			found = readIfThere(entry, entry.offset() + this.moveOfTheEnd, from);
		}
		return (found != null) ? found : search(entry, from);
	}

	long offset() {
		return this.offset;
	}

	private byte @Nullable [] readIfThere(JournalEntry entry, long at, long from) throws IOException {
		if (at < from || at + entry.length() > this.size) {
			return null;
		}
		byte[] read = this.rows.read(at, entry.length());
		return isOf(entry, read, 0) ? take(entry, read, 0, at) : null;
	}

	private byte @Nullable [] search(JournalEntry entry, long from) throws IOException {
		int length = (int) Math.min((long) SEARCHED + entry.length(), this.size - from);
		if (length < entry.length()) {
			return null;
		}
		byte[] read = this.rows.read(from, length);
		byte[] begin = (entry.agency() + ",").getBytes(StandardCharsets.US_ASCII);
		for (int at = 0; at <= length - entry.length(); at++) {
			boolean atRow = at == 0 || read[at - 1] == '\n';
			if (atRow && startsWith(read, at, begin) && isOf(entry, read, at)) {
				return take(entry, read, at, from + at);
			}
		}
		return null;
	}

	private static boolean startsWith(byte[] bytes, int at, byte[] begin) {
		return at + begin.length <= bytes.length && Arrays.equals(bytes, at, at + begin.length, begin, 0, begin.length);
	}

	private static boolean isOf(JournalEntry entry, byte[] bytes, int at) {
		return bytes[at + entry.length() - 1] == '\n'
				&& JournalEntry.rowsCheck(bytes, at, entry.length()) == entry.rowsCheck();
	}

	private byte[] take(JournalEntry entry, byte[] bytes, int at, long offsetInFile) {
		this.offset = offsetInFile;
		this.move = offsetInFile - entry.offset();
		return Arrays.copyOfRange(bytes, at, at + entry.length());
	}

}
