package loteria.agency.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.CuttingCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever the connection breaks, every bet is stored once, in order, and the run ends
 * well.
 */
@Timeout(180)
class CutTests {

	private static final int BETS = 5;

	private static final List<String> EXPECTED = IntStream.rangeClosed(1, BETS).mapToObj(AgencyRun::bet).toList();

	/** Greeting, three batches, the end. */
	private static final int BYTES_OUT = "H:1\n1\n".length() + AgencyRun.batch(1, 2).length()
			+ AgencyRun.batch(3, 4).length() + AgencyRun.batch(5, 5).length() + "F:1\nFINISHED\n".length()
			+ "V:1\n1\n".length();

	private static final int BYTES_IN = "H:0\nOPEN\n".length() + 3 * "R:1\nOK\n".length() + "W:0\nN\n".length()
			+ AgencyRun.checked(1, BETS).length();

	@TempDir
	private Path directory;

	@Test
	void afterEachByteThatTheAgencySends() throws Exception {
		List<int[]> cuts = new ArrayList<>();
		for (int k = 0; k <= BYTES_OUT; k++) {
			cuts.add(new int[] { k, Integer.MAX_VALUE });
		}
		runAll(cuts);
	}

	@Test
	void afterEachByteThatTheCentralSends() throws Exception {
		List<int[]> cuts = new ArrayList<>();
		for (int k = 0; k <= BYTES_IN; k++) {
			cuts.add(new int[] { Integer.MAX_VALUE, k });
		}
		runAll(cuts);
	}

	/** All at the same time: they mostly wait. */
	private void runAll(List<int[]> cuts) throws Exception {
		AgencyRun agency = new AgencyRun(this.directory).withRows(BETS);
		Map<Integer, Future<List<String>>> runs = new TreeMap<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < cuts.size(); i++) {
				int[] cut = cuts.get(i);
				runs.put(i, threads.submit(() -> run(agency, cut[0], cut[1])));
			}
		}
		for (Map.Entry<Integer, Future<List<String>>> run : runs.entrySet()) {
			assertThat(run.getValue().get()).as("cut after %d bytes", run.getKey()).isEqualTo(EXPECTED);
		}
	}

	private static List<String> run(AgencyRun agency, int received, int sent) throws Exception {
		try (CuttingCentral central = new CuttingCentral(received, sent)) {
			assertThat(agency.run(central.address(), "--batch.maxAmount=2", "--window=2")).isEqualTo(ExitStatus.DONE);
			return central.stored();
		}
	}

}
