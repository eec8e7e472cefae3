package loteria.central.store.file;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

import loteria.central.store.StoreFailure;
import loteria.central.store.disk.StoreDirectory;
import loteria.torture.Torture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store of format version 2, as older centrals made it: without identity, bets.store
 * and the length of the journal.
 */
@ExtendWith(QuietLog.class)
class UpgradeTests {

	private static final int BETS = 40;

	private static final int[] SETTINGS = { 0, 2048 };

	private static final int[] CHECKPOINTS = { 1024, 3072 };

	private static final int IDENTITY = 492;

	private static final int IDENTITY_BYTES = 16;

	@TempDir
	private Path temporary;

	private Path directory = Path.of("");

	@BeforeEach
	void store() throws Exception {
		this.directory = Files.createDirectory(this.temporary.resolve("store"));
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(Samples.append(store, 1, BETS).join()).isNull();
			assertThat(store.close(2)).isNull();
		}
		Files.delete(this.directory.resolve(StoreDirectory.STORE));
		Path journal = this.directory.resolve(StoreDirectory.JOURNAL);
		byte[] bytes = Files.readAllBytes(journal);
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		for (int at : SETTINGS) {
			buffer.putInt(at + 8, 2);
			Arrays.fill(bytes, at + IDENTITY, at + IDENTITY + IDENTITY_BYTES, (byte) 0);
			buffer.putInt(at + 508, check(bytes, at, 508));
		}
		for (int at : CHECKPOINTS) {
			int stopped = buffer.getInt(at + 56);
			buffer.putLong(at + 56, 0).putInt(at + 48, stopped).putInt(at + 52, check(bytes, at, 52));
		}
		Files.write(journal, bytes);
	}

	private static int check(byte[] bytes, int from, int length) {
		CRC32C check = new CRC32C();
		check.update(bytes, from, length);
		return (int) check.getValue();
	}

	private byte[] identity(Path store, String name) throws Exception {
		byte[] bytes = Files.readAllBytes(store.resolve(name));
		return Arrays.copyOfRange(bytes, IDENTITY, IDENTITY + IDENTITY_BYTES);
	}

	private void assertUpgraded(Path store) throws Exception {
		try (FileBetStore opened = Samples.open(store)) {
			assertThat(opened.stored(1)).isEqualTo(BETS);
			assertThat(opened.closedAgencies()).containsExactly(2);
			assertThat(opened.cut().isAny()).isFalse();
		}
		assertThat(Samples.rowsIn(store, 1)).isEqualTo(Samples.rows(1, BETS));
		assertThat(identity(store, StoreDirectory.JOURNAL)).isEqualTo(identity(store, StoreDirectory.STORE))
			.isNotEqualTo(new byte[IDENTITY_BYTES]);
	}

	@Test
	void getsAnIdentityAndKeepsIt() throws Exception {
		assertUpgraded(this.directory);
		byte[] identity = identity(this.directory, StoreDirectory.STORE);
		assertUpgraded(this.directory);
		assertThat(identity(this.directory, StoreDirectory.STORE)).isEqualTo(identity);
	}

	@Test
	void getsOneWhereverAPowerCutComes() throws Exception {
		Random random = Torture.random("power cuts in an upgrade");
		List<Path> crashes = new ArrayList<>();
		for (int round = 0; round < Torture.count("upgrades", 5); round++) {
			Path live = Files.createDirectory(this.temporary.resolve("live-" + round));
			for (String name : List.of(StoreDirectory.JOURNAL, StoreDirectory.BETS)) {
				Files.copy(this.directory.resolve(name), live.resolve(name));
			}
			FaultyDisk disk = new FaultyDisk();
			disk.setFault((call, number, bytes) -> {
				Path left = Files.createDirectory(this.temporary.resolve("crash-" + crashes.size()));
				disk.crash(left, random);
				crashes.add(left);
				return bytes;
			});
			Samples.open(live, disk).close();
		}
		assertThat(crashes).hasSizeGreaterThan(50);
		for (Path crash : crashes) {
			if (Files.exists(crash.resolve(StoreDirectory.JOURNAL))) {
				assertUpgraded(crash);
			}
		}
		Torture.report("5 power lost during an upgrade", crashes.size(), "");
	}

	@Test
	void isNotTakenForTheJournalOfAStoreThatHasOne() throws Exception {
		Path journal = this.directory.resolve(StoreDirectory.JOURNAL);
		Path older = Files.copy(journal, this.temporary.resolve("older"));
		assertUpgraded(this.directory);
		Files.copy(older, journal, StandardCopyOption.REPLACE_EXISTING);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory))
			.withMessageContaining("bets.journal and bets.store are of different stores");
	}

}
