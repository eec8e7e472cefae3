package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a store, and the names in it.
 */
public final class StoreDirectory {

	public static final String BETS = "bets.csv";

	public static final String JOURNAL = "bets.journal";

	/**
	 * Says which store this is, and what it held at least: the journal's head once more.
	 */
	public static final String STORE = "bets.store";

	/** Behind the name of a file that a salvage has made. */
	public static final String SALVAGED = ".salvaged";

	/** The journal is filled up to a multiple of this. */
	static final int UNIT = 64 * 1024;

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Path path;

	private final Disk disk;

	private final String stamp = STAMP.format(Instant.now());

	public StoreDirectory(Path path, Disk disk) {
		this.path = path;
		this.disk = disk;
	}

	public Path path() {
		return this.path;
	}

	public Disk disk() {
		return this.disk;
	}

	public Path file(String name) {
		return this.path.resolve(name);
	}

	public StoreFile open(String name) throws IOException {
		return StoreFile.open(this.disk, file(name));
	}

	/** A name for what is kept aside now. */
	public Path aside(String name) {
		return file(name + "-" + this.stamp);
	}

	/** Makes the names durable. */
	public void force() throws IOException {
		this.disk.force(this.path);
	}

	/** Renames a file, durably. */
	public void move(Path from, Path to) throws IOException {
		this.disk.move(from, to);
		force();
	}

	/**
	 * Makes the directory and those above it, so that no crash takes it with all in it.
	 */
	public void create() throws IOException {
		create(this.path.toAbsolutePath());
	}

	private void create(Path directory) throws IOException {
		Path parent = directory.getParent();
		if (parent != null && !Files.isDirectory(directory)) {
			create(parent);
			this.disk.createDirectory(directory);
			this.disk.force(parent);
		}
	}

	/**
	 * Refuses a directory in which another user can have put anything in the place of a
	 * file.
	 * @return a warning, if another user could do so from now on
	 */
	public @Nullable String requireOwn() throws IOException {
		Owner.requireOwnDirectory(this.path);
		for (String name : List.of(BETS, JOURNAL, STORE, DrawFile.NAME)) {
			Owner.requireOwn(file(name));
		}
		String writers = Owner.writers(this.path);
		return (writers == null) ? null : String.format(Locale.ROOT,
				"directory: %s | reason: others may replace what is in it (%s): chmod 700 it", this.path, writers);
	}

	/**
	 * Opens the journal and keeps other centrals out of it. A lock of its own would be a
	 * file that looks as if it could be deleted.
	 */
	public StoreFile openLocked() throws IOException, StoreFailure {
		Path journal = file(JOURNAL);
		Object before = Files.exists(journal) ? StoreFile.keyOf(journal) : null;
		StoreFile file = open(JOURNAL);
		// a salvage may have replaced it before it let it go
		if (!tryLock(file.channel()) || (before != null && !before.equals(file.key()))) {
			file.close();
			throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT,
					"the store in %s is in use by another central; stop it, or set central.store.directory to another directory",
					this.path));
		}
		return file;
	}

	private static boolean tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

	/**
	 * Whether a salvage ended before its last step: the bets are new, the journal is not.
	 */
	public boolean isSalvageCutOff() {
		return Files.exists(file(JOURNAL + SALVAGED)) && !Files.exists(file(BETS + SALVAGED));
	}

	/** Appends a part of a file to one that is kept, durably. */
	public void keep(Path kept, FileChannel from, long at, long end) throws IOException {
		try (StoreFile file = StoreFile.open(this.disk, kept)) {
			ByteBuffer part = ByteBuffer.allocate(FileWindow.CHUNK);
			long to = file.size();
			long next = at;
			int read = 0;
			while (next < end && read >= 0) {
				part.clear().limit((int) Math.min(part.capacity(), end - next));
				read = from.read(part, next);
				next += part.position();
				to = file.write(part.flip(), to);
			}
			file.force();
		}
		force();
	}

}
