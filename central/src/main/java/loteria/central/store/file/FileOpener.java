package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens a file of the store for reading and writing, and creates it where there is none.
 * The seam at which tests put a disk that fails, or that forgets what was not forced.
 */
@FunctionalInterface
interface FileOpener {

	FileOpener DISK = (path) -> FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
			StandardOpenOption.WRITE);

	FileChannel open(Path path) throws IOException;

}
