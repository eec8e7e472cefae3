package loteria.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import loteria.torture.Torture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to agencies while they send: killed, started twice.
 */
@Tag(Torture.TAG)
class AgencyFaultsIT {

	private static final int PER_JOB = 40;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void everyBetIsStoredOnceHoweverOftenAgenciesAreKilled() throws Exception {
		int wanted = Torture.count("agency-kills", 6);
		Data data = Torture.isLong("agency-kills", 6) ? Data.real() : Data.generated();
		Random random = Torture.random("kill -9 of agencies");
		Outcome outcome = Outcome.NOTHING_WRONG;
		int jobs = 0;
		for (int made = 0; made < wanted; jobs++) {
			try (Lottery lottery = new Lottery(this.directory.resolve("job-" + jobs), data)) {
				Program central = lottery.startCentral();
				Job job = Job.start(lottery, data);
				int until = Math.min(wanted, made + PER_JOB);
				while (made < until && !job.isOver()) {
					int victim = awaitMoment(random, lottery, data);
					made += job.agency(victim).isAlive() ? 1 : 0;
					job.agency(victim).kill();
					job.again(victim);
				}
				outcome = outcome.plus(job.end(central));
			}
		}
		outcome.report("2 kill -9 of agencies", wanted, jobs + " jobs");
	}

	/** Some bytes later, or, when half is stored, some time later. */
	private static int awaitMoment(Random random, Lottery lottery, Data data) {
		long size = lottery.size();
		long step = 1 + random.nextLong(2 * data.bytes() / PER_JOB);
		lottery.awaitSize(Math.min(size + step, data.bytes() / 2));
		Torture.pass(Duration.ofMillis(random.nextInt(200)));
		return 1 + random.nextInt(data.agencies());
	}

	@Test
	void anAgencyThatRunsTwiceAtOnceStoresEachBetOnce() throws Exception {
		int runs = Torture.count("twice-at-once", 1);
		Outcome outcome = Outcome.NOTHING_WRONG;
		for (int run = 0; run < runs; run++) {
			Data data = Data.generated();
			try (Lottery lottery = new Lottery(this.directory.resolve("run-" + run), data)) {
				Program central = lottery.startCentral();
				Job job = Job.start(lottery, data);
				Program other = lottery.startAgency(1, "lines", "CLI_BATCH_MAXAMOUNT", "10");
				assertThat(other.exitCode(Lottery.LIMIT)).as("the other agency 1").isIn(0, 1);
				outcome = outcome.plus(job.end(central));
			}
		}
		outcome.report("15 an agency twice at once", runs, "");
	}

}
