package loteria.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import loteria.torture.Torture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that is cut after the k-th byte of a short dialogue. A central serves
 * several agencies, each cut at another place.
 */
@Tag(Torture.TAG)
class CutConnectionIT {

	private static final int AGENCIES = 6;

	private static final int BETS = 7;

	private static final int LATE_BETS = 200;

	/** Bytes of {@code H:1⏎1⏎}. */
	private static final int GREETING = 6;

	/** More than a batch of two bets has. */
	private static final int BATCH_BYTES = 200;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void aDialogueThatIsCutAnywhereEndsAsItShould() throws Exception {
		int places = Torture.count("cuts", AGENCIES);
		Data data = Data.first(BETS, Data.generated(), AGENCIES, this.directory.resolve("data"));
		long length = passed(run(data, "whole", (port, agency) -> CuttingProxy.losing(port, Long.MAX_VALUE)));
		long step = Math.ceilDiv(length, Math.min(places, length));
		int runs = 0;
		for (long at = 0; at < length; at += step * AGENCIES) {
			long first = at;
			run(data, "cut-" + at, (port, agency) -> CuttingProxy.losing(port, first + step * (agency - 1)));
			runs += AGENCIES;
		}
		Torture.report("12 connection cut after k bytes", runs, length + " bytes, every " + step);
	}

	/**
	 * An agency sends again what is still on its way on the connection that it has lost.
	 */
	@Test
	void whatArrivesLateOnALostConnectionIsNotStoredAgain() throws Exception {
		int runs = Torture.count("late", 1);
		Random random = Torture.random("late delivery on a lost connection");
		Data data = Data.first(LATE_BETS, Data.generated(), AGENCIES, this.directory.resolve("data"));
		int late = 0;
		for (int run = 0; run < runs; run++) {
			List<CuttingProxy> proxies = run(data, "late-" + run, (port, agency) -> CuttingProxy.delaying(port,
					GREETING + random.nextLong(data.bytes() / AGENCIES / 2)));
			late += (int) proxies.stream().filter((proxy) -> proxy.cameLate() > BATCH_BYTES).count();
		}
		assertThat(late).as("dialogues of which at least a batch came late").isPositive();
		Torture.report("11 batches that arrive late and are sent again", late, (runs * AGENCIES) + " dialogues");
	}

	private static long passed(List<CuttingProxy> proxies) {
		return proxies.stream().mapToLong(CuttingProxy::passed).max().orElseThrow();
	}

	/** Each agency has its own proxy. */
	private List<CuttingProxy> run(Data data, String name, Proxies between) throws Exception {
		List<CuttingProxy> proxies = new ArrayList<>();
		try (Lottery lottery = new Lottery(this.directory.resolve(name), data)) {
			Program central = lottery.startCentral();
			List<Program> agencies = new ArrayList<>();
			for (int agency = 1; agency <= AGENCIES; agency++) {
				CuttingProxy proxy = between.make(lottery.port("lines"), agency);
				proxies.add(proxy);
				agencies.add(lottery.startAgency(agency, "lines", proxy.port(), "CLI_BATCH_MAXAMOUNT", "2"));
			}
			for (Program agency : agencies) {
				assertThat(agency.exitCode(Lottery.LIMIT)).as("%s: %s", name, agency.log()).isZero();
			}
			assertThat(Outcome.of(data, lottery)).as(name).isEqualTo(Outcome.NOTHING_WRONG);
			central.terminate();
			return proxies;
		}
		finally {
			for (CuttingProxy proxy : proxies) {
				proxy.close();
			}
		}
	}

	@FunctionalInterface
	private interface Proxies {

		CuttingProxy make(int port, int agency) throws IOException;

	}

}
