package loteria.agency.jobs;

import java.nio.file.Path;

import loteria.agency.scripted.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of all jobs begin with: an agency in a directory of its own, what it
 * logs, and what it and a central say to each other in {@code lines}.
 */
@Timeout(120)
abstract class JobTests {

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

	@AfterEach
	void stopCapturing() {
		this.log.close();
	}

}
