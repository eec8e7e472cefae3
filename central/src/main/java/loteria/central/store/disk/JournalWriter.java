package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

import loteria.bet.Rows;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.Frame.Kind;

/**
 * Appends to the journal a group at a time, over zeros written ahead. One thread.
 */
public final class JournalWriter {

	/** Rows of one group, unless a single batch has more. */
	public static final int GROUP_BYTES = WorkQueue.GROUP_BYTES;

	/** A group waits while so much is filled, and forced with it. */
	private static final int MAX_FILL = 1024 * 1024;

	private final StoreFile file;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(GROUP_BYTES);

	/** Where what is durable ends. */
	private Tip durable;

	/** Where it will end with the group that is being gathered. */
	private Tip next;

	/** How far the file is filled. */
	private long filled;

	private long written;

	public JournalWriter(StoreFile file, Tip tip) throws IOException {
		this.file = file;
		this.durable = tip;
		this.next = tip;
		this.filled = file.size();
	}

	/** Begins a group; what was added since the last {@link #write} is forgotten. */
	public void begin() {
		this.buffer.clear();
		this.next = this.durable;
		this.written = this.durable.at();
	}

	/**
	 * Adds an entry to the group; see {@link Frame}.
	 * @param rows of a batch, else none
	 * @throws NoRoomException as {@link #write} does
	 */
	public void add(Kind kind, int count, long before, Rows rows, int rowsCheck) throws IOException {
		Frame frame = this.next.next(kind, rows.agency(), before, count, rows.length(), rowsCheck, this.durable.at());
		put(frame);
		if (rows.length() > this.buffer.remaining()) {
			flush();
		}
		if (rows.length() > this.buffer.remaining()) {
			write(ByteBuffer.wrap(rows.toByteArray()));
		}
		else {
			rows.putInto(this.buffer);
		}
		put(frame);
		this.next = Tip.behind(frame);
	}

	private void put(Frame frame) throws IOException {
		if (this.buffer.remaining() < Frame.BYTES) {
			flush();
		}
		frame.encode(this.buffer);
	}

	private void flush() throws IOException {
		write(this.buffer.flip());
		this.buffer.clear();
	}

	private void write(ByteBuffer bytes) throws IOException {
		fill(this.written + bytes.remaining());
		this.written = this.file.write(bytes, this.written);
	}

	private void fill(long end) throws IOException {
		if (end > this.filled) {
			long step = Math.clamp(this.filled, StoreDirectory.UNIT, MAX_FILL);
			long to = Math.max(end, this.filled + step);
			to = (to + StoreDirectory.UNIT - 1) / StoreDirectory.UNIT * StoreDirectory.UNIT;
			this.file.writeZeros(this.filled, to);
			this.filled = to;
		}
	}

	/**
	 * Writes and forces the group, if there is any.
	 * @throws NoRoomException if the disk is full: then {@link #takeBack} is due, and
	 * writing may go on
	 * @throws IOException if the disk fails: then nothing may be written any more
	 */
	public void write() throws IOException {
		if (!this.next.equals(this.durable)) {
			flush();
			this.file.force();
			this.durable = this.next;
		}
	}

	/**
	 * Cuts off what was written of a group before the disk was full; for good, as the
	 * group is then refused and must not come back after a crash.
	 */
	public void takeBack() throws IOException {
		this.file.cut(this.durable.at());
		this.filled = this.durable.at();
	}

	/** Where what is durable ends. */
	public Tip tip() {
		return this.durable;
	}

	/** How long the file is if nobody else has changed it. */
	public long length() {
		return this.filled;
	}

}
