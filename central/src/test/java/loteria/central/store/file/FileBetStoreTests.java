package loteria.central.store.file;

import java.nio.file.Path;

import loteria.central.store.BetStore;
import loteria.central.store.BetStoreContract;
import loteria.central.store.file.FileBetStore.Options;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(QuietLog.class)
class FileBetStoreTests extends BetStoreContract {

	@TempDir
	private Path directory;

	@Override
	protected BetStore open() throws Exception {
		return Samples.open(new Options(this.directory, "test", WINNING_NUMBER, 0), new FaultyDisk());
	}

}
