package loteria.local;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunTests {

	@TempDir
	private Path directory;

	@Test
	void oneJobAtATimeUsesTheDirectory() throws Exception {
		Path lock = this.directory.resolve("run.lock");
		Files.writeString(lock, "1234567890 of a job that was killed\n");
		String own = Long.toString(ProcessHandle.current().pid());
		try (FileChannel _ = Run.lock(lock)) {
			assertThat(lock).hasContent(own);
			assertThatExceptionOfType(JobFailure.class).isThrownBy(() -> Run.lock(lock))
				.withMessage("another make run is at work here (process " + own + "); wait for its end, or stop it");
			assertThat(lock).hasContent(own);
		}
		Run.lock(lock).close();
	}

}
