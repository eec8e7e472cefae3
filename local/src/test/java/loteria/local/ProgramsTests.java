package loteria.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	@Test
	void startsThemInTheirDirectoryWithALogEach() throws Exception {
		Process process = start(programs("LOGGING_LEVEL", "DEBUG"), "end");
		assertThat(Programs.hasEnded(process, LIMIT)).isTrue();
		assertThat(process.exitValue()).isZero();
		assertThat(log()).hasContent(this.directory.toRealPath() + "\nlevel: DEBUG\nñandú");
	}

	/** Lines of a lower level than WARNING have the counts. */
	@Test
	void keepTheLevelAtWhichTheirCountsAreLogged() throws Exception {
		Process process = start(programs("LOGGING_LEVEL", "WARNING"), "end");
		assertThat(Programs.hasEnded(process, LIMIT)).isTrue();
		assertThat(log()).content().contains("level: null");
	}

	@Test
	void areNotAwaitedAnyMoreWhenTheyHaveEnded() throws Exception {
		Programs programs = programs("A", "b");
		assertThat(programs.awaitReady(start(programs, "end"), () -> false, "it", log())).isFalse();
	}

	@Test
	void endAlsoWhenTheThreadWasInterrupted() throws Exception {
		Programs programs = programs("A", "b");
		Process process = start(programs, "wait");
		assertThat(programs.awaitReady(process, () -> Files.readString(log()).contains("level"), "it", log())).isTrue();
		assertThat(process.isAlive()).isTrue();
		Thread.currentThread().interrupt();
		programs.stopAll();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(Programs.hasEnded(process, LIMIT)).isTrue();
	}

	private Programs programs(String variable, String value) {
		return new Programs(this.directory, false, Map.of(variable, value), this.directory);
	}

	private Process start(Programs programs, String argument) throws IOException {
		return programs.main(System.getProperty("java.class.path"), Program.class.getName(), List.of(argument), log());
	}

	private Path log() {
		return this.directory.resolve("log");
	}

	/** What the tests start. */
	static final class Program {

		public static void main(String[] arguments) throws Exception {
			System.out.println(Path.of("").toAbsolutePath());
			System.out.println("level: " + System.getenv("LOGGING_LEVEL"));
			System.err.write("ñandú\n".getBytes(StandardCharsets.UTF_8));
			if (arguments[0].equals("wait")) {
				new CountDownLatch(1).await();
			}
		}

	}

}
