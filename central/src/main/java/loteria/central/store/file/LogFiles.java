package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;

import loteria.central.store.file.JournalEntry.Kind;

/**
 * {@code bets.csv} and its journal, written a group at a time. One thread.
 */
final class LogFiles implements AutoCloseable {

	static final int GROUP_ENTRIES = 4096;

	/** Rows of one group, unless a single batch has more. */
	static final int GROUP_BYTES = 1024 * 1024;

	private final FileChannel bets;

	private final FileChannel journal;

	private final ByteBuffer entries = ByteBuffer.allocateDirect(GROUP_ENTRIES * JournalEntry.BYTES);

	private ByteBuffer rows = ByteBuffer.allocateDirect(GROUP_BYTES);

	/** Where what is durable ends. */
	private Tip durable;

	/** Where it will end with the group that is being gathered. */
	private Tip next;

	private int position;

	LogFiles(FileChannel bets, FileChannel journal, Tip tip) {
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
	 * Adds an entry to the group.
	 * @param bytes the rows of a batch, else empty
	 * @param before bets of the agency stored before
	 */
	void add(Kind kind, int agency, byte[] bytes, int count, long before) {
		long group = this.durable.group() + 1;
		JournalEntry entry = new JournalEntry(kind, agency, group, this.position++, count, this.next.betsEnd(),
				bytes.length, JournalEntry.rowsCheck(bytes, bytes.length), before, this.next.check());
		if (bytes.length > this.rows.remaining()) {
			// A batch larger than any group comes alone.
			this.rows = ByteBuffer.allocateDirect(bytes.length);
		}
		this.rows.put(bytes);
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
		boolean hasRows = this.rows.position() > 0;
		if (hasRows) {
			writeFully(this.bets, this.rows, this.durable.betsEnd());
		}
		writeFully(this.journal, this.entries, this.durable.journalEnd());
		if (hasRows) {
			this.bets.force(false);
		}
		this.journal.force(false);
		this.durable = this.next;
	}

	private static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
		long end = at;
		bytes.flip();
		try {
			while (bytes.hasRemaining()) {
				end += file.write(bytes, end);
			}
		}
		catch (IOException ex) {
			throw NoRoomException.isNoRoom(ex) ? new NoRoomException(ex) : ex;
		}
	}

	/** Cuts off what {@link #write} wrote of a group before the disk was full. */
	void takeBack() throws IOException {
		this.bets.truncate(this.durable.betsEnd());
		this.journal.truncate(this.durable.journalEnd());
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

		NoRoomException(String message) {
			super(message);
		}

		private NoRoomException(IOException cause) {
			super(cause.getMessage(), cause);
		}

		/** Java has no type for ENOSPC and EDQUOT, only the system's own words. */
		private static boolean isNoRoom(IOException ex) {
			String message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
			return message.contains("no space left") || message.contains("quota exceeded");
		}

	}

}
