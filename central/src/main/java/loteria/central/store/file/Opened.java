package loteria.central.store.file;

import java.io.IOException;
import java.util.Set;

import loteria.central.store.DrawRecord;
import loteria.central.store.disk.Checkpoint;
import loteria.central.store.disk.DrawCheck;
import loteria.central.store.disk.Recovered;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * A store that is open.
 *
 * @param checkpoint where to go on
 * @param drawn the record of the draw, if it has happened
 * @param withoutWinners see {@link DrawCheck}
 */
record Opened(StoreDirectory directory, StoreFile journal, StoreFile bets, Recovered recovered, Checkpoint checkpoint,
		@Nullable DrawRecord drawn, Set<Integer> withoutWinners, FreeSpace space) implements AutoCloseable {

	@Override
	public void close() throws IOException {
		try (this.bets; this.journal) {
			// closing is all there is to do
		}
	}

}
