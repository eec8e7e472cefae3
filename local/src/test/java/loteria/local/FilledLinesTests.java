package loteria.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FilledLinesTests {

	@TempDir
	private Path directory;

	@Test
	void countsWhatAnAgencyMaySend() throws IOException {
		assertThat(FilledLines.count(this.directory.resolve("none"))).isZero();
		assertThat(count("")).isZero();
		assertThat(count("a,b\r\nc,d\r\n")).isEqualTo(2);
		assertThat(count("a,b\n,,,,\n\n  \r\n;;;;\n\"\",\"\"\n\u00f1,\n")).isEqualTo(2);
		assertThat(count("a,b\nc,d")).isEqualTo(2);
	}

	private long count(String text) throws IOException {
		return FilledLines.count(Files.writeString(this.directory.resolve("rows"), text));
	}

}
