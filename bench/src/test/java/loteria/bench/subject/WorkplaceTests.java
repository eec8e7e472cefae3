package loteria.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(120)
class WorkplaceTests {

	@TempDir
	Path directory;

	@Test
	void leavesNeitherProcessesNorFiles() throws IOException {
		Workplace workplace = Workplace.open(this.directory);
		Path work = workplace.directory("one");
		// a shell that waits for a child of its own
		Child child = workplace.start(work, List.of("sh", "-c", "sleep 600; true"));
		child.requireAlive();
		workplace.close();
		assertThat(child.handle().isAlive()).isFalse();
		assertThat(child.handle().descendants()).isEmpty();
		assertThat(work).doesNotExist();
		assertThatIOException().isThrownBy(() -> workplace.start(this.directory, List.of("true")));
	}

	@Test
	void removesWhatAnEarlierOneThatWasKilledHadLeft() throws IOException {
		Path left = Files.createDirectories(this.directory.resolve("work/central-1/store"));
		Files.writeString(left.resolve("bets.csv"), "rows");
		try (Workplace workplace = Workplace.open(this.directory)) {
			assertThat(workplace.isClosed()).isFalse();
			assertThat(left.getParent()).doesNotExist();
		}
	}

	@Test
	void failedProgramIsNamedWithWhatItSaidLast() throws IOException {
		try (Workplace workplace = Workplace.open(this.directory)) {
			Child child = workplace.start(workplace.directory("central"),
					List.of("sh", "-c", "echo no room on the disk; exit 3"));
			assertThatIOException().isThrownBy(() -> child.awaitSuccess(Duration.ofSeconds(60)))
				.withMessage("central-1 ended with exit code 3; it said: no room on the disk");
		}
	}

	@Test
	void programUsesProcessorTimeAndMemory() throws IOException {
		try (Workplace workplace = Workplace.open(this.directory)) {
			Child child = workplace.start(workplace.directory("shell"), List.of("sh", "-c", "while :; do :; done"));
			Usage usage = Usage.of(child);
			while (usage.cpuSeconds() < 0.05) {
				child.requireAlive();
				usage = Usage.of(child);
			}
			assertThat(usage.peakBytes()).isBetween(100_000L, 1_000_000_000L);
		}
	}

}
