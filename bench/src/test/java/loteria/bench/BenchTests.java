package loteria.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import loteria.bench.subject.Workplace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class BenchTests {

	@TempDir
	Path directory;

	private final StringWriter printed = new StringWriter();

	@Test
	void listsEveryMeasurement() {
		assertThat(run("--list")).isZero();
		assertThat(this.printed.toString().lines()).hasSameSizeAs(Measurement.values());
	}

	@Test
	void namesTheJarThatIsMissing() {
		assertThat(run("--central=" + this.directory.resolve("none.jar"))).isEqualTo(2);
		assertThat(this.printed.toString()).isEqualToNormalizingNewlines(
				"bench: " + this.directory.resolve("none.jar") + ": no such jar: make build writes central.jar\n");
	}

	@Test
	void namesTheDataThatIsMissing() throws IOException {
		assertThat(run("--central=" + jar(), "--data=" + this.directory)).isEqualTo(2);
		assertThat(this.printed.toString()).contains("agency-1.csv: no bets to send: make data writes some");
	}

	@Test
	void refusesWhatItDoesNotKnow() throws IOException {
		assertThat(run("--central=" + jar(), "--only=speed")).isEqualTo(2);
		assertThat(this.printed.toString()).contains("--only is speed; it must be of peers, dialects,");
		assertThat(run("--rounds=0", "--central=" + jar(), "--data=" + data(), "--directory=" + this.directory))
			.isEqualTo(2);
		assertThat(this.printed.toString()).contains("--rounds is 0; it must be at least 1");
	}

	@Test
	void refusesAPlaceWhereAnotherOneMeasures() throws IOException {
		try (Workplace other = Workplace.open(this.directory)) {
			assertThat(other.isClosed()).isFalse();
			assertThat(run("--central=" + jar(), "--data=" + data(), "--directory=" + this.directory)).isEqualTo(1);
			assertThat(this.printed.toString()).contains("another bench runs in");
		}
	}

	@Test
	void refusesALoadThatItsDialectCannotCarry() {
		assertThat(run(Load.commandLine(), "--dialect=morse")).isEqualTo(2);
		assertThat(run(Load.commandLine(), "--dialect=fixed", "--batch=104")).isEqualTo(2);
		assertThat(run(Load.commandLine(), "--connections=0")).isEqualTo(2);
		assertThat(this.printed.toString()).contains(
				"--dialect is morse; it must be one of lines, fixed, csv, packets, tlv",
				"--batch is 104; it must be from 1 to 103", "--connections is 0; it must be from 1 to 2147483647");
	}

	private Path jar() throws IOException {
		return Files.writeString(this.directory.resolve("central.jar"), "");
	}

	private Path data() throws IOException {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Files.writeString(data.resolve("agency-1.csv"), "Juan,Pérez,30904465,1999-03-17,7574\n");
		return data;
	}

	private int run(String... arguments) {
		return run(Bench.commandLine(), arguments);
	}

	private int run(CommandLine commandLine, String... arguments) {
		commandLine.setOut(new PrintWriter(this.printed, true));
		commandLine.setErr(new PrintWriter(this.printed, true));
		return commandLine.execute(arguments);
	}

}
