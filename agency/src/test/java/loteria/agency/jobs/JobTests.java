package loteria.agency.jobs;

import java.nio.file.Path;
import java.time.Duration;

import loteria.agency.scripted.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of all jobs begin with: an agency in a directory of its own, what it
 * logs, and what it and a central say to each other in {@code lines}.
 */
@Timeout(120)
abstract class JobTests {

	/** After which a central that closes has kept the agency waiting. */
	static final Duration SOME_TIME = Duration.ofMillis(1200);

	static final String GREETING = "H:1\n1\n";

	static final String CHECK = "V:1\n1\n";

	static final String FINISHED = "F:1\nFINISHED\n";

	static final String OK = "R:1\nOK\n";

	static final String FAIL = "R:1\nFAIL\n";

	final LogLines log = LogLines.capture();

	AgencyRun agency;

	@BeforeEach
	void agency(@TempDir Path directory) {
		this.agency = new AgencyRun(directory);
	}

	/**
	 * Waits for the draw for longer than the central lets it, and says no more of that.
	 */
	void asksAgainCalmly() {
		assertThat(this.log.of("consulta_ganadores")).hasSize(3)
			.element(1)
			.asString()
			.contains("result: in_progress | reason: the central closed the connection before the draw",
					"central.draw.timeout");
		assertThat(this.log.of("connect")).isEmpty();
		assertThat(this.log.all()).noneMatch((line) -> line.contains("fail") || line.contains("another dialect"));
	}

	@AfterEach
	void stopCapturing() {
		this.log.close();
	}

}
