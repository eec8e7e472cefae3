package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import org.jspecify.annotations.Nullable;

/**
 * Reads the journal from its start, whatever state it is in.
 */
final class JournalReader {

	private static final int CHUNK_ENTRIES = 4096;

	private final FileChannel file;

	private final long entries;

	private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_ENTRIES * JournalEntry.BYTES);

	private long index = -1;

	private int check;

	JournalReader(FileChannel file) throws IOException {
		this.file = file;
		this.entries = file.size() / JournalEntry.BYTES;
		this.chunk.limit(0);
	}

	boolean hasNext() {
		return this.index + 1 < this.entries;
	}

	/** Reads the next entry; null if it is damaged. */
	@Nullable JournalEntry next() throws IOException {
		this.index++;
		if (!this.chunk.hasRemaining()) {
			fill();
		}
		int start = this.chunk.position();
		this.check = JournalEntry.checkOf(this.chunk, start);
		return JournalEntry.decode(this.chunk);
	}

	private void fill() throws IOException {
		this.chunk.clear();
		long at = offset();
		long rest = this.entries * JournalEntry.BYTES - at;
		this.chunk.limit((int) Math.min(this.chunk.capacity(), rest));
		LogFiles.readFully(this.file, this.chunk, at);
		this.chunk.flip();
	}

	/** Where the entry read last begins in the file. */
	long offset() {
		return this.index * JournalEntry.BYTES;
	}

	/** The number of the entry read last, from 0 on. */
	long index() {
		return this.index;
	}

	/** The check of the entry read last. */
	int check() {
		return this.check;
	}

}
