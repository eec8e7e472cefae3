package loteria.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FileProblemTests {

	@TempDir
	Path directory;

	@Test
	void saysThatAFileIsMissing() {
		Path missing = this.directory.resolve("missing");
		IOException failure = catchThrowableOfType(IOException.class, () -> Files.newInputStream(missing).close());
		assertThat(FileProblem.of(failure)).isEqualTo("there is no such file or directory");
		assertThat(FileProblem.withFile(failure)).isEqualTo(missing + ": there is no such file or directory");
	}

	@Test
	void saysThatAFileStandsWhereADirectoryBelongs() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		IOException failure = catchThrowableOfType(IOException.class, () -> Files.createDirectory(file));
		assertThat(FileProblem.of(failure)).isEqualTo("there is a file of that name");
	}

	@Test
	void saysWhatTheSystemSaysOfTheRest() throws IOException {
		Files.createFile(this.directory.resolve("file"));
		IOException failure = catchThrowableOfType(IOException.class, () -> Files.delete(this.directory));
		assertThat(FileProblem.of(failure)).doesNotContain("Exception").isNotEqualTo("null");
		assertThat(FileProblem.of(new IOException("disk on fire"))).isEqualTo("disk on fire");
	}

}
