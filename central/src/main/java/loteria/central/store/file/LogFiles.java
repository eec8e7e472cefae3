package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.file.JournalEntry.Kind;

/**
 * {@code bets.csv} and its journal, written a group at a time. One thread.
 * <p>
 * The journal is forced before the rows are written: a crash leaves entries without rows,
 * which is a torn write, but never rows that no entry tells of. Hence a journal that lost
 * something can't be taken for a torn write.
 */
final class LogFiles implements AutoCloseable {

	static final int GROUP_ENTRIES = 4096;

	/** Rows of one group, unless a single batch has more. */
	static final int GROUP_BYTES = 1024 * 1024;

	private final StoreFile bets;

	private final StoreFile journal;

	private final ByteBuffer entries = ByteBuffer.allocateDirect(GROUP_ENTRIES * JournalEntry.BYTES);

	private final ByteBuffer chunk = ByteBuffer.allocateDirect(GROUP_BYTES);

	private final List<byte[]> rows = new ArrayList<>();

	/** Where what is durable ends. */
	private Tip durable;

	/** Where it will end with the group that is being gathered. */
	private Tip next;

	private int position;

	LogFiles(StoreFile bets, StoreFile journal, Tip tip) {
		this.bets = bets;
		this.journal = journal;
		this.durable = tip;
		this.next = tip;
	}

	/** Begins a group; what was added since the last {@link #write} is forgotten. */
	void begin() {
		this.entries.clear();
		this.rows.clear();
		this.position = 0;
		this.next = this.durable;
	}

	/**
	 * Adds an entry to the group. For {@code count} and {@code before} see
	 * {@link JournalEntry}.
	 * @param bytes the rows of a batch, else empty
	 */
	void add(Kind kind, int agency, byte[] bytes, int count, long before) {
		long group = this.durable.group() + 1;
		JournalEntry entry = new JournalEntry(kind, agency, group, this.position++, count, this.next.betsEnd(),
				bytes.length, JournalEntry.rowsCheck(bytes, 0, bytes.length), before, this.next.check());
		this.rows.add(bytes);
		int check = entry.encode(this.entries);
		this.next = new Tip(entry.end(), this.next.journalEnd() + JournalEntry.BYTES, group, check);
	}

	/**
	 * Writes and forces the group.
	 * @throws NoRoomException if the disk is full: then {@link #takeBack} is due, and
	 * writing may go on
	 * @throws IOException if the disk fails: then nothing may be written any more
	 */
	void write() throws IOException {
		if (this.position == 0) {
			return;
		}
		writeFully(this.journal.channel(), this.entries, this.durable.journalEnd());
		this.journal.channel().force(false);
		if (this.next.betsEnd() > this.durable.betsEnd()) {
			writeRows();
			this.bets.channel().force(false);
		}
		this.durable = this.next;
	}

	/**
	 * Whether both files are those that were opened, and as long as they were written:
	 * nothing is to be answered for when somebody else has cut, replaced or deleted them.
	 */
	void requireUntouched() throws IOException, StoreFailure {
		this.journal.requireUntouched(this.durable.journalEnd());
		this.bets.requireUntouched(this.durable.betsEnd());
	}

	/** Through one buffer, so that the largest batch costs no more memory. */
	private void writeRows() throws IOException {
		long at = this.durable.betsEnd();
		this.chunk.clear();
		for (byte[] batch : this.rows) {
			int copied = 0;
			while (copied < batch.length) {
				if (!this.chunk.hasRemaining()) {
					at = writeFully(this.bets.channel(), this.chunk, at);
					this.chunk.clear();
				}
				int part = Math.min(batch.length - copied, this.chunk.remaining());
				this.chunk.put(batch, copied, part);
				copied += part;
			}
		}
		writeFully(this.bets.channel(), this.chunk, at);
	}

	private static long writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
		long end = at;
		bytes.flip();
		try {
			while (bytes.hasRemaining()) {
				end += file.write(bytes, end);
			}
			return end;
		}
		catch (IOException ex) {
			throw NoRoomException.isNoRoom(ex) ? new NoRoomException(ex) : ex;
		}
	}

	/**
	 * Cuts off what {@link #write} wrote of a group before the disk was full; for good,
	 * as the group is then refused and must not come back after a crash.
	 */
	void takeBack() throws IOException {
		cut(this.bets.channel(), this.durable.betsEnd());
		cut(this.journal.channel(), this.durable.journalEnd());
	}

	static void cut(FileChannel file, long end) throws IOException {
		file.truncate(end);
		file.force(true);
	}

	/** Writes what is between two places once more, and forces the file. */
	static void rewrite(FileChannel file, long from, long end) throws IOException {
		ByteBuffer part = ByteBuffer.allocate((int) Math.min(end - from, GROUP_BYTES));
		for (long at = from; at < end; at = writeFully(file, part, at)) {
			part.clear().limit((int) Math.min(part.capacity(), end - at));
			readFully(file, part, at);
		}
		file.force(true);
	}

	/** Fills {@code buffer} up to its limit. */
	static void readFully(FileChannel file, ByteBuffer buffer, long from) throws IOException {
		while (buffer.hasRemaining()) {
			if (file.read(buffer, from + buffer.position()) < 0) {
				throw new IOException("the file became shorter while it was read");
			}
		}
	}

	@Override
	public void close() throws IOException {
		try (this.bets; this.journal) {
			// closing is all there is to do
		}
	}

	/**
	 * Where the files end.
	 *
	 * @param group the last group in the journal, 0 if there is none
	 * @param check of the last entry, 0 if there is none
	 */
	record Tip(long betsEnd, long journalEnd, long group, int check) {

		static final Tip EMPTY = new Tip(0, 0, 0, 0);

	}

	/** Nothing is wrong with the disk, but that it is full. */
	static final class NoRoomException extends IOException {

		private static final long serialVersionUID = 1L;

		private NoRoomException(IOException cause) {
			super(cause.getMessage(), cause);
		}

		/** Java has no type for ENOSPC and EDQUOT, only the system's own words. */
		static boolean isNoRoom(IOException ex) {
			String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
			return message.contains("no space left") || message.contains("quota exceeded");
		}

	}

}
