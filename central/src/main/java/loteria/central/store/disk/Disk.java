package loteria.central.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Everything that a store changes on disk. The seam at which tests put a disk that fails,
 * or that forgets what was not forced: of names, too.
 */
public interface Disk {

	Disk REAL = new Disk() {
	};

	/**
	 * Opens a file for reading and writing, and creates it where there is none. Goes
	 * through no link.
	 */
	default FileChannel open(Path file) throws IOException {
		return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), Owner.only(file, "rw-------"));
	}

	/** The same of a file that must not be there, not as a link either. */
	default FileChannel create(Path file) throws IOException {
		return FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
				Owner.only(file, "rw-------"));
	}

	/** Gives a file another name, and replaces the file that had it. */
	default void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Gives a file a second name. */
	default void link(Path name, Path file) throws IOException {
		Files.createLink(name, file);
	}

	default void delete(Path file) throws IOException {
		Files.deleteIfExists(file);
	}

	default void createDirectory(Path directory) throws IOException {
		Files.createDirectory(directory, Owner.only(directory, "rwx------"));
	}

	/** Makes the names in a directory durable, as forcing a file does its bytes. */
	default void force(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
