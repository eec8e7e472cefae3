package loteria.central.store.file;

import java.io.IOException;
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
 * A file that nobody but this central may touch, and which is noticed when somebody did.
 *
 * @param key tells the file apart from another that was put in its place
 */
record StoreFile(Path path, FileChannel channel, @Nullable Object key) implements AutoCloseable {

	StoreFile(Path path, FileChannel channel) throws IOException {
		this(path, channel, keyOf(path));
	}

	static @Nullable Object keyOf(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	/**
	 * @param size how long it was written
	 * @throws StoreFailure if it is not that long, or not there any more
	 */
	void requireUntouched(long size) throws IOException, StoreFailure {
		long now = this.channel.size();
		if (now != size) {
			throw touched(String.format(Locale.ROOT, "%s has %d bytes, %d were written", this.path, now, size));
		}
		try {
			if (this.key != null && !this.key.equals(keyOf(this.path))) {
				throw touched(this.path + " is another file than the one that was opened");
			}
		}
		catch (NoSuchFileException ex) {
			throw touched(this.path + " has been deleted or renamed");
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private static StoreFailure touched(String what) {
		return new StoreFailure(Kind.CORRUPT, what + "; nothing but the central may change its store while it runs");
	}

}
