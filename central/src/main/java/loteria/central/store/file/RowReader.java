package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

import loteria.bet.BetRow;

/**
 * Reads the rows of one batch after the other out of {@code bets.csv}.
 */
final class RowReader {

	private static final int BUFFER = 1024 * 1024;

	private final FileChannel file;

	private final long size;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);

	private long bufferEnd;

	private byte[] rows = new byte[0];

	RowReader(FileChannel file) throws IOException {
		this.file = file;
		this.size = file.size();
	}

	/** Whether the file is long enough to hold the rows of {@code entry}. */
	boolean holds(JournalEntry entry) {
		return entry.end() <= this.size;
	}

	/**
	 * Reads the rows of an entry that the file {@linkplain #holds holds}.
	 * @return an array that is used again by the next call; its first
	 * {@link JournalEntry#length()} bytes count
	 */
	byte[] read(JournalEntry entry) throws IOException {
		return read(entry.offset(), entry.length());
	}

	/** The same of any place in the file. */
	byte[] read(long offset, int length) throws IOException {
		if (this.rows.length < length) {
			this.rows = new byte[length];
		}
		if (this.bufferEnd - this.buffer.remaining() != offset) {
			this.buffer.limit(0);
			this.bufferEnd = offset;
		}
		int copied = 0;
		while (copied < length) {
			if (!this.buffer.hasRemaining()) {
				fill();
			}
			int part = Math.min(length - copied, this.buffer.remaining());
			this.buffer.get(this.rows, copied, part);
			copied += part;
		}
		return this.rows;
	}

	private void fill() throws IOException {
		this.buffer.clear();
		int read = this.file.read(this.buffer, this.bufferEnd);
		if (read < 0) {
			throw new IOException("bets.csv became shorter while it was read");
		}
		this.bufferEnd += read;
		this.buffer.flip();
	}

	/** The documents of those whole rows that bet on {@code number}, in their order. */
	static List<String> documentsOfWinners(byte[] rows, int start, int end, int number) {
		return BetRow.documentsBetOn(number, rows, start, end);
	}

}
