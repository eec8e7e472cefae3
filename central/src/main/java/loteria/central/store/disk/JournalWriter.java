package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

import loteria.bet.Rows;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.Frame.Kind;

/**
 * Appends to the journal a group at a time, over zeros written ahead. One thread.
 * <p>
 * How long the file is, is made durable and then promised, in its head, before an entry
 * may lie there: a file that is shorter has lost something. Enough is filled ahead that
 * both cost no force of their own.
 */
public final class JournalWriter {

	/** Rows of one group, unless a single batch has more. */
	public static final int GROUP_BYTES = WorkQueue.GROUP_BYTES;

	/** So much is filled in one go, and forced with a group, which waits for it. */
	private static final int MAX_FILL = 1024 * 1024;

	/** What a disk writes whole: no call may leave a part of one, be it the last. */
	private static final int SECTOR = 512;

	private final StoreFile file;

	private final Promise promise;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(GROUP_BYTES);

	/** Where what is durable ends. */
	private Tip durable;

	/** Where it will end with the group that is being gathered. */
	private Tip next;

	/** How far the file is filled. */
	private long filled;

	/** How long it was promised to be. */
	private long promised;

	private long written;

	/** Where the bytes end that were written, or may have been in part. */
	private long touched;

	/**
	 * @param tip where it goes on in a file that is as long as was promised
	 */
	public JournalWriter(StoreFile file, Tip tip, Promise promise) throws IOException {
		this.file = file;
		this.promise = promise;
		this.durable = tip;
		this.next = tip;
		this.filled = file.size();
		this.promised = this.filled;
	}

	/** Begins a group; what was added since the last {@link #write} is forgotten. */
	public void begin() {
		this.buffer.clear();
		this.next = this.durable;
		this.written = this.durable.at();
		this.touched = this.written;
	}

	/**
	 * Adds an entry to the group; see {@link Frame}.
	 * @param rows of a batch, else none
	 * @throws NoRoomException as {@link #write} does
	 */
	public void add(Kind kind, int count, long before, Rows rows, int rowsCheck) throws IOException {
		Frame frame = this.next.next(kind, rows.agency(), before, count, rows.length(), rowsCheck, this.durable.at());
		put(frame);
		if (rows.length() <= this.buffer.remaining()) {
			rows.putInto(this.buffer);
		}
		else {
			ByteBuffer all = ByteBuffer.wrap(rows.toByteArray());
			while (all.hasRemaining()) {
				if (!this.buffer.hasRemaining()) {
					flush(false);
				}
				int part = Math.min(all.remaining(), this.buffer.remaining());
				this.buffer.put(this.buffer.position(), all, all.position(), part);
				this.buffer.position(this.buffer.position() + part);
				all.position(all.position() + part);
			}
		}
		put(frame);
		this.next = Tip.behind(frame);
	}

	private void put(Frame frame) throws IOException {
		if (this.buffer.remaining() < Frame.BYTES) {
			flush(false);
		}
		frame.encode(this.buffer);
	}

	/**
	 * Writes what was gathered; but for the last time, only up to the end of a sector.
	 */
	private void flush(boolean last) throws IOException {
		this.buffer.flip();
		int all = this.buffer.limit();
		long end = this.written + all;
		if (!last) {
			end -= end % SECTOR;
			this.buffer.limit((int) (end - this.written));
		}
		if (end > this.promised) {
			fill(end);
			this.file.force();
			promise();
		}
		this.touched = end;
		this.written = this.file.write(this.buffer, this.written);
		this.buffer.limit(all).compact();
	}

	private void fill(long end) throws IOException {
		long to = Math.max(end, this.filled + Math.clamp(this.filled, StoreDirectory.UNIT, MAX_FILL));
		to = (to + StoreDirectory.UNIT - 1) / StoreDirectory.UNIT * StoreDirectory.UNIT;
		this.file.writeZeros(this.filled, to);
		this.filled = to;
	}

	private void promise() throws IOException {
		this.promise.length(this.filled);
		this.promised = this.filled;
	}

	/** Keeps as much ahead as there is behind, up to what a group may have. */
	private void fillAhead() throws IOException {
		long ahead = Math.clamp(this.next.at(), StoreDirectory.UNIT / 2, MAX_FILL + GROUP_BYTES / 4);
		if (this.filled == this.promised && this.filled - this.next.at() < ahead) {
			try {
				fill(this.filled);
			}
			catch (NoRoomException ex) {
				// the group that is gathered fits; the one that does not is refused
				this.file.cut(this.filled);
			}
		}
	}

	/**
	 * Writes and forces the group, if there is any.
	 * @throws NoRoomException if the disk is full: then {@link #takeBack} is due, and
	 * writing may go on
	 * @throws IOException if the disk fails: then nothing may be written any more
	 */
	public void write() throws IOException {
		if (this.next.equals(this.durable)) {
			return;
		}
		flush(true);
		fillAhead();
		this.file.force();
		this.durable = this.next;
		if (this.filled > this.promised) {
			try {
				promise();
			}
			catch (NoRoomException ex) {
				// what is not promised is not used; the next group tries again
			}
		}
	}

	/**
	 * Takes away what was written of a group before the disk was full; for good, as the
	 * group is then refused and must not come back after a crash.
	 */
	public void takeBack() throws IOException {
		try {
			this.file.writeZeros(this.durable.at(), Math.min(this.touched, this.promised));
			this.file.cut(this.promised);
		}
		catch (NoRoomException ex) {
			// a file system that needs room to overwrite, too
			this.promised = this.durable.at();
			this.file.cut(this.promised);
			lowerPromise();
		}
		this.filled = this.promised;
	}

	/** Where that is not possible, a crash before the next group needs a salvage. */
	private void lowerPromise() throws IOException {
		try {
			this.promise.length(this.promised);
		}
		catch (NoRoomException ex) {
			// said with the next checkpoint
		}
	}

	/** Where what is durable ends. */
	public Tip tip() {
		return this.durable;
	}

	/** How long the file is unless another program has changed it. */
	public long length() {
		return this.filled;
	}

	/** Says how long the file is. */
	@FunctionalInterface
	public interface Promise {

		/**
		 * Writes it, to be durable with what is forced next.
		 */
		void length(long length) throws IOException;

	}

}
