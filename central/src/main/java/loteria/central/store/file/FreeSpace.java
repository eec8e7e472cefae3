package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.FileStore;

import org.jspecify.annotations.Nullable;

/**
 * The floor of free space under which batches are refused, before the disk is full and
 * other programs of the machine fail too.
 */
@FunctionalInterface
interface FreeSpace {

	/** What is missing, in one line, or null. */
	@Nullable String shortage() throws IOException;

	static FreeSpace floor(FileStore disk, long bytes) {
		return () -> {
			long free = disk.getUsableSpace();
			return (free < bytes) ? free + " bytes free, central.store.min-free is " + bytes : null;
		};
	}

}
