package loteria.central.store.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.Owner;
import loteria.central.store.disk.StoreDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OpeningTests {

	@TempDir
	private Path directory;

	@Test
	void makesTheDirectory() throws Exception {
		Path deep = this.directory.resolve("a/b");
		Samples.open(deep).close();
		assertThat(deep.resolve(StoreDirectory.BETS)).isEmptyFile();
	}

	@Test
	void refusesADirectoryInUse() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertUnusable(this.directory, "in use by another central");
			assertThat(Samples.append(store, 1, 1).join()).isNull();
		}
		Samples.open(this.directory).close();
	}

	@Test
	void letsTheDirectoryGoWhenItRefusesWhatIsInIt() throws Exception {
		Path bets = Files.writeString(this.directory.resolve(StoreDirectory.BETS), "1,A,B,1,2000-01-01,1\r\n");
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory))
			.withMessageContaining("bets.journal is missing");
		Files.delete(bets);
		Samples.open(this.directory).close();
	}

	@Test
	void refusesAFileInPlaceOfTheDirectory() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertUnusable(file, "central.store.directory=" + file
				+ " can't be used: there is a file of that name; it must be a directory");
	}

	@Test
	void refusesADirectoryInPlaceOfAFile() throws Exception {
		Files.createDirectory(this.directory.resolve(StoreDirectory.BETS));
		Files.createFile(this.directory.resolve(StoreDirectory.JOURNAL));
		assertUnusable(this.directory, "can't be opened", StoreDirectory.BETS);
	}

	/** No user, root neither, may write into it. */
	@Test
	void refusesADirectoryThatCanNotBeWritten() {
		assertUnusable(Path.of("/proc/store"), "central.store.directory=/proc/store");
	}

	@Test
	void namesTheUserWhoseDirectoryItHasToBe() throws Exception {
		Object user = Files.getAttribute(this.directory, "unix:uid");
		assertThat(Owner.advice(this.directory, new AccessDeniedException("bets.csv")))
			.startsWith(" to user " + user + ",")
			.endsWith(": chown -R " + user + " " + this.directory);
		Path made = this.directory.resolve("not/there");
		assertThat(Owner.advice(made, new AccessDeniedException("not")))
			.endsWith(": mkdir -p " + made + " && chown -R " + user + " " + made);
		assertThat(Owner.advice(this.directory, new NoSuchFileException("bets.csv"))).isEmpty();
	}

	private static void assertUnusable(Path directory, String... words) {
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(directory))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNUSABLE))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(words));
	}

}
