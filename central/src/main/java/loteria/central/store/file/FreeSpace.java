package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.FileStore;

import org.jspecify.annotations.Nullable;

/**
 * The free space of a disk, and the floor under which batches are refused, before the
 * disk is full and other programs of the machine fail too.
 *
 * @param floor in bytes
 */
record FreeSpace(FileStore disk, long floor) {

	/** In bytes. */
	long free() throws IOException {
		return this.disk.getUsableSpace();
	}

	/** What is missing, in one line, or null. */
	@Nullable String shortage() throws IOException {
		long free = free();
		return (free < this.floor) ? free + " bytes free, central.store.min-free is " + this.floor : null;
	}

}
