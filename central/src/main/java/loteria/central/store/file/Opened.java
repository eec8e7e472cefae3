package loteria.central.store.file;

import java.io.IOException;

import loteria.central.store.disk.DrawCheck;
import loteria.central.store.disk.Heads;
import loteria.central.store.disk.Recovered;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.StoreFile;

/**
 * A store that is open.
 *
 * @param heads say where to go on
 */
record Opened(StoreDirectory directory, StoreFile journal, StoreFile bets, Heads heads, Recovered recovered,
		DrawCheck draw, FreeSpace space) implements AutoCloseable {

	@Override
	public void close() throws IOException {
		try (this.bets; this.heads; this.journal) {
			// closing is all there is to do
		}
	}

}
