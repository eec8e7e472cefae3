package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An open file of a store, which no other program may touch; it is noticed when one did.
 *
 * @param key tells the file apart from another that was put in its place
 */
public record StoreFile(Path path, FileChannel channel, @Nullable Object key) implements AutoCloseable {

	private static final int ZEROS = 1024 * 1024;

	/**
	 * Opens a file, and creates it where there is none.
	 * @throws IOException also if it is a link, or belongs to another user
	 */
	public static StoreFile open(Disk disk, Path path) throws IOException {
		Owner.requireOwn(path);
		FileChannel channel = disk.open(path);
		Owner.hideFromOthers(path);
		return new StoreFile(path, channel, keyOf(path));
	}

	/** Creates a file that must not be there. */
	public static StoreFile create(Disk disk, Path path) throws IOException {
		return new StoreFile(path, disk.create(path), keyOf(path));
	}

	public static @Nullable Object keyOf(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	public long size() throws IOException {
		return this.channel.size();
	}

	/** Writes all of {@code bytes}; returns where they end. */
	public long write(ByteBuffer bytes, long at) throws IOException {
		long end = at;
		try {
			while (bytes.hasRemaining()) {
				end += this.channel.write(bytes, end);
			}
			return end;
		}
		catch (IOException ex) {
			throw NoRoomException.of(ex);
		}
	}

	public void writeZeros(long from, long end) throws IOException {
		ByteBuffer zeros = ByteBuffer.allocate(Math.clamp(end - from, 0, ZEROS));
		for (long at = from; at < end; at = write(zeros, at)) {
			zeros.clear().limit((int) Math.min(zeros.capacity(), end - at));
		}
	}

	/** Fills {@code buffer} up to its limit. */
	public void read(ByteBuffer buffer, long from) throws IOException {
		long start = from - buffer.position();
		while (buffer.hasRemaining()) {
			if (this.channel.read(buffer, start + buffer.position()) < 0) {
				throw new IOException(String.format(Locale.ROOT, "%s became shorter while it was read", this.path));
			}
		}
	}

	/** Writes what is between two places once more. */
	public void rewrite(long from, long end) throws IOException {
		ByteBuffer part = ByteBuffer.allocate(Math.clamp(end - from, 0, ZEROS));
		for (long at = from; at < end; at = write(part, at)) {
			part.clear().limit((int) Math.min(part.capacity(), end - at));
			read(part, at);
			part.flip();
		}
	}

	/** Makes the bytes durable, and the length of the file too. */
	public void force() throws IOException {
		this.channel.force(false);
	}

	public void cut(long end) throws IOException {
		this.channel.truncate(end);
		force();
	}

	/**
	 * @param atLeast how long the file is unless it was cut
	 * @param atMost how long it may be
	 */
	public void requireUntouched(long atLeast, long atMost) throws IOException, StoreFailure {
		long now = size();
		if (now < atLeast || now > atMost) {
			throw touched(String.format(Locale.ROOT, "has %d bytes, %d were written", now,
					(now < atLeast) ? atLeast : atMost));
		}
		requireInPlace();
	}

	/**
	 * @throws StoreFailure if the file is not where it was any more
	 */
	public void requireInPlace() throws IOException, StoreFailure {
		try {
			if (this.key != null && !this.key.equals(keyOf(this.path))) {
				throw touched("is another file than the one that was opened");
			}
		}
		catch (NoSuchFileException ex) {
			throw touched("has been deleted or renamed");
		}
	}

	private StoreFailure touched(String what) {
		return new StoreFailure(Kind.CORRUPT, String.format(Locale.ROOT,
				"%s %s; nothing but the central may change its store while it runs", this.path, what));
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
