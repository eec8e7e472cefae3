package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Reads a file piece after piece, mostly forwards.
 */
public final class FileWindow {

	static final int CHUNK = 1024 * 1024;

	private final FileChannel file;

	private final long size;

	private byte[] bytes = new byte[CHUNK];

	private long start;

	private int held;

	public FileWindow(FileChannel file) throws IOException {
		this.file = file;
		this.size = file.size();
	}

	/** Reads the same file, and leaves this one where it is. */
	FileWindow another() throws IOException {
		return new FileWindow(this.file);
	}

	public long size() {
		return this.size;
	}

	/** What {@link #load} speaks of. */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Makes a part of the file available until the next call.
	 * @return where in {@link #bytes()} it begins, or -1 if the file does not hold it
	 */
	public int load(long at, int length) throws IOException {
		if (at < 0 || length < 0 || at + length > this.size) {
			return -1;
		}
		if (at < this.start || at + length > this.start + this.held) {
			fill(at, length);
		}
		return (int) (at - this.start);
	}

	private void fill(long at, int length) throws IOException {
		if (this.bytes.length < length) {
			this.bytes = new byte[length];
		}
		ByteBuffer buffer = ByteBuffer.wrap(this.bytes, 0, (int) Math.min(this.bytes.length, this.size - at));
		this.start = at;
		this.held = buffer.remaining();
		while (buffer.hasRemaining()) {
			if (this.file.read(buffer, at + buffer.position()) < 0) {
				throw new IOException("a file of the store became shorter while it was read");
			}
		}
	}

	/** Whether a part of this file is the same as one of another, or of itself. */
	public boolean equals(long at, FileWindow other, long otherAt, int length) throws IOException {
		int there = other.load(otherAt, length);
		int here = load(at, length);
		return here >= 0 && there >= 0
				&& Arrays.equals(this.bytes, here, here + length, other.bytes, there, there + length);
	}

	/**
	 * Whether this file has nothing in a part but what another one has, zeros, and its
	 * end: nothing is lost if it is overwritten with that.
	 */
	public boolean lacksOnly(long at, FileWindow other, long otherAt, int length) throws IOException {
		int held = Math.clamp(this.size - at, 0, length);
		int there = other.load(otherAt, length);
		int here = load(at, held);
		for (int i = 0; i < held; i++) {
			byte found = this.bytes[here + i];
			if (found != 0 && found != other.bytes[there + i]) {
				return false;
			}
		}
		return true;
	}

	/** Where the first {@code wanted} from {@code from} on ends, or -1. */
	long behind(byte wanted, long from) throws IOException {
		for (long at = from; at < this.size; at += CHUNK) {
			int length = (int) Math.min(CHUNK, this.size - at);
			int start = load(at, length);
			for (int i = start; i < start + length; i++) {
				if (this.bytes[i] == wanted) {
					return at + i - start + 1;
				}
			}
		}
		return -1;
	}

	/** The check of a part, or -1 if the file does not hold it. */
	public long check(long at, int length) throws IOException {
		int from = load(at, length);
		return (from < 0) ? -1 : Integer.toUnsignedLong(Checks.of(this.bytes, from, length));
	}

	public byte[] copy(long at, int length) throws IOException {
		int from = load(at, length);
		return Arrays.copyOfRange(this.bytes, from, from + length);
	}

}
