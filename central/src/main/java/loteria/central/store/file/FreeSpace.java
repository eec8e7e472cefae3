package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.FileStore;

import loteria.central.store.file.LogFiles.NoRoomException;

/**
 * The floor of free space under which batches are refused, before the disk is full and
 * other programs of the machine fail too.
 */
@FunctionalInterface
interface FreeSpace {

	/**
	 * @throws NoRoomException if there is too little
	 */
	void check() throws IOException;

	static FreeSpace floor(FileStore disk, long bytes) {
		return () -> {
			long free = disk.getUsableSpace();
			if (free < bytes) {
				throw new NoRoomException("%d bytes free, central.store.min-free is %d".formatted(free, bytes));
			}
		};
	}

}
