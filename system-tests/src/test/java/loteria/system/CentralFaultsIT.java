package loteria.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import loteria.torture.Torture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to the central while five agencies send: killed, stopped, frozen.
 */
@Tag(Torture.TAG)
class CentralFaultsIT {

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	/** In which a central starts, recovers, and begins to be of use. */
	private static final int START_MILLIS = 4000;

	private static final int PER_JOB = 30;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void everyBetIsStoredOnceHoweverOftenTheCentralIsKilled() throws Exception {
		int kills = Torture.count("central-kills", 3);
		Random random = Torture.random("kill -9 of the central");
		Ends ends = new Ends(random, data("central-kills", 3), true, Program::kill);
		Outcome outcome = ends.make(kills);
		outcome.report("1 kill -9 of the central", kills, ends.jobs + " jobs");
	}

	@Test
	void everyBetIsStoredOnceHoweverOftenTheCentralIsStopped() throws Exception {
		int stops = Torture.count("central-stops", 2);
		Random random = Torture.random("SIGTERM of the central");
		Slowest slowest = new Slowest();
		Ends ends = new Ends(random, data("central-stops", 2), false, (central) -> {
			slowest.of(central.stop("TERM", STOP_LIMIT));
			assertThatNobodyIsNamed(central.log());
		});
		Outcome outcome = ends.make(stops);
		outcome.report("16 SIGTERM of the central under load", stops,
				ends.jobs + " jobs, slowest " + slowest.duration.toMillis() + " ms");
	}

	@Test
	void whoeverWasFrozenGoesOn() throws Exception {
		Duration frozen = Duration.ofSeconds(Torture.count("frozen-seconds", 2));
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.startCentral();
			Job job = Job.start(lottery, data);
			lottery.awaitSize(data.bytes() / 4);
			freeze(job.agency(1), frozen);
			freeze(central, frozen);
			job.end(central).report("14 SIGSTOP of an agency, and of the central", 2, frozen.toSeconds() + " s each");
		}
	}

	private static void freeze(Program program, Duration time) throws IOException, InterruptedException {
		program.signal("STOP");
		Torture.pass(time);
		program.signal("CONT");
	}

	/** A file that may not grow is the one fault of a disk that needs no special disk. */
	@Test
	void aCentralWhoseDiskFailsEndsAndLosesNothing() throws Exception {
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program failing = lottery.launchCentralWithFilesUpTo(data.bytes() / 2);
			Job job = Job.start(lottery, data);
			assertThat(failing.exitCode(Lottery.LIMIT)).isEqualTo(1);
			assertThat(failing.log("action: store_commit | result: fail | reason: store_failed")).hasSize(1);
			Program central = lottery.launchCentral();
			job.end(central).report("7 disk that fails under load", 1, "");
		}
	}

	@Test
	void aCentralWhoseBetsAreCutShortEndsAndSaysSo() throws Exception {
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.startCentral();
			Job job = Job.start(lottery, data);
			lottery.awaitSize(data.bytes() / 4);
			lottery.cut(100);
			assertThat(central.exitCode(Lottery.LIMIT)).isEqualTo(3);
			assertThat(central.log("action: store_commit | result: fail")).singleElement()
				.asString()
				.contains("bets.csv has ", "nothing but the central may change its store while it runs");
			job.end(lottery.launchCentral()).report("9 bets.csv cut under a running central", 1, "");
		}
	}

	/** One agency had finished, the others are in the middle. */
	@Test
	void agenciesSendAgainWhatASalvageCouldNotKeep() throws Exception {
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.startCentral();
			Program finished = lottery.startAgency(data.agencies(), "lines");
			finished.awaitLog("action: consulta_ganadores | result: in_progress");
			Job job = Job.start(lottery, data);
			lottery.awaitSize(data.bytes() / 2);
			central.kill();
			for (int agency = 1; agency <= data.agencies(); agency++) {
				job.agency(agency).kill();
			}
			finished.kill();
			lottery.damage(1);
			lottery.damage(lottery.size() / 2);

			assertThat(lottery.launchCentral().exitCode(Lottery.LIMIT)).isEqualTo(3);
			Program salvaging = Program.salvage(lottery.store());
			assertThat(salvaging.exitCode(Lottery.LIMIT)).isZero();
			assertThat(salvaging.log("action: store_salvage | result: success")).hasSize(1);
			Job.start(lottery, data)
				.end(lottery.launchCentral())
				.report("4 damaged store, salvaged, and sent again", 1, "");
		}
	}

	/** Behind the time that every line begins with, no date has any business there. */
	private static void assertThatNobodyIsNamed(List<String> log) {
		assertThat(log).allSatisfy((line) -> {
			assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
			assertThat(line.replaceFirst("^\\S+ \\S+", "")).doesNotContainPattern("\\d{4}-\\d{2}-\\d{2}")
				.doesNotContain("payload", "GenericMessage", "Exception");
		});
	}

	private static Data data(String count, int shortRun) {
		return Torture.isLong(count, shortRun) ? Data.real() : Data.generated();
	}

	/**
	 * Ends the central again and again, in as many jobs as it takes.
	 */
	private final class Ends {

		private final Random random;

		private final Data data;

		private final boolean alsoWhileStarting;

		private final Ending ending;

		private final long bytes;

		private int made;

		private int jobs;

		private Ends(Random random, Data data, boolean alsoWhileStarting, Ending ending) {
			this.random = random;
			this.data = data;
			this.alsoWhileStarting = alsoWhileStarting;
			this.ending = ending;
			this.bytes = data.bytes();
		}

		private Outcome make(int wanted) throws Exception {
			Outcome outcome = Outcome.NOTHING_WRONG;
			while (this.made < wanted) {
				this.jobs++;
				outcome = outcome.plus(job(Math.min(wanted, this.made + PER_JOB)));
			}
			return outcome;
		}

		private Outcome job(int until) throws Exception {
			try (Lottery lottery = new Lottery(CentralFaultsIT.this.directory.resolve("job-" + this.jobs), this.data)) {
				Program central = lottery.launchCentral();
				Job job = Job.start(lottery, this.data);
				while (this.made < until && lottery.size() < this.bytes && !job.isOver()) {
					awaitMoment(lottery);
					this.ending.end(central);
					this.made++;
					central = lottery.launchCentral();
				}
				return job.end(central);
			}
		}

		/** Some bytes later, or while the central starts, or at the draw. */
		private void awaitMoment(Lottery lottery) {
			if (this.alsoWhileStarting && this.random.nextInt(4) == 0) {
				Torture.pass(Duration.ofMillis(this.random.nextInt(START_MILLIS)));
				return;
			}
			long size = lottery.size();
			long step = 1 + this.random.nextLong(2 * this.bytes / PER_JOB);
			lottery.awaitSize(Math.min(this.bytes, size + step));
			Torture.pass(Duration.ofMillis(this.random.nextInt(20)));
		}

	}

	private static final class Slowest {

		private Duration duration = Duration.ZERO;

		private void of(Duration another) {
			this.duration = (another.compareTo(this.duration) > 0) ? another : this.duration;
		}

	}

	@FunctionalInterface
	private interface Ending {

		void end(Program central) throws IOException, InterruptedException;

	}

}
