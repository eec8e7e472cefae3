package loteria.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that is cut after the k-th byte of a short dialogue. A central serves
 * several agencies, each cut at another place.
 */
class CutConnectionIT {

	private static final int AGENCIES = 9;

	private static final int BETS = 7;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void aDialogueThatIsCutAnywhereEndsAsItShould() throws Exception {
		int places = Torture.count("cuts", AGENCIES);
		Data data = Data.first(BETS, Data.generated(), AGENCIES, this.directory.resolve("data"));
		long length = run(data, "whole", Long.MAX_VALUE, 0);
		long step = Math.max(1, length / places);
		int runs = 0;
		for (long first = 0; first < length; first += step * AGENCIES) {
			run(data, "cut-" + first, first, step);
			runs += AGENCIES;
		}
		Torture.report("12 connection cut after k bytes", runs, Outcome.NOTHING_WRONG,
				"%d bytes, every %d".formatted(length, step));
	}

	/**
	 * Each agency is cut {@code step} bytes behind the one before.
	 * @return how many bytes the longest dialogue has
	 */
	private long run(Data data, String name, long cut, long step) throws Exception {
		List<CuttingProxy> proxies = new ArrayList<>();
		try (Lottery lottery = new Lottery(this.directory.resolve(name), data)) {
			Program central = lottery.startCentral();
			List<Program> agencies = new ArrayList<>();
			for (int agency = 1; agency <= AGENCIES; agency++) {
				CuttingProxy proxy = new CuttingProxy(lottery.port("lines"), cut + step * (agency - 1));
				proxies.add(proxy);
				agencies.add(lottery.startAgency(agency, "lines", proxy.port(), "CLI_BATCH_MAXAMOUNT", "2"));
			}
			for (Program agency : agencies) {
				assertThat(agency.exitCode(Lottery.LIMIT)).as("%s: %s", name, agency.log()).isZero();
			}
			assertThat(Outcome.of(data, lottery)).as(name).isEqualTo(Outcome.NOTHING_WRONG);
			central.terminate();
			return proxies.stream().mapToLong(CuttingProxy::passed).max().orElseThrow();
		}
		finally {
			for (CuttingProxy proxy : proxies) {
				proxy.close();
			}
		}
	}

}
