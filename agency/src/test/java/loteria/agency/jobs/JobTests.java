package loteria.agency.jobs;

import java.nio.file.Path;

import loteria.agency.scripted.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of all jobs begin with: an agency in a directory of its own, and what it
 * logs.
 */
@Timeout(20)
abstract class JobTests {

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
