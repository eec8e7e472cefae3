package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.file.FaultyDisk.Fault;
import loteria.protocol.Refusal;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fault 5: the machine loses power, and with it what was not forced; at once, or when the
 * central was killed before and another one has told what it found.
 */
@ExtendWith(QuietLog.class)
@Tag(Torture.TAG)
class LostWritesTests {

	private static final int AGENCIES = 3;

	private static final int BATCH = 20;

	private static final int LARGE_BATCH = 300;

	@TempDir
	private Path directory;

	private final AtomicLongArray acknowledged = new AtomicLongArray(AGENCIES + 1);

	/** Every call is a moment at which the power may fail; each is looked at. */
	@Test
	void losesNoAcknowledgedBatchAndHalvesNoneAtAnyCall() throws Exception {
		Random random = Torture.random("power cuts");
		List<Crash> crashes = new ArrayList<>();
		storeBatches(Torture.count("power-cuts", 8), BATCH, (disk) -> {
			Path left = Files.createDirectory(this.directory.resolve("crash-" + crashes.size()));
			long[] promised = promised();
			disk.crash(left, random);
			crashes.add(new Crash(left, promised));
		});
		assertThat(crashes).hasSizeGreaterThan(30);
		for (Crash crash : crashes) {
			assertSurvived(crash, BATCH);
		}
		Torture.report("5 power lost, with what was not forced", crashes.size(), "");
	}

	/** The file's new length is promised, and kept, as it is filled for what comes. */
	@Test
	void losesNothingWhereTheJournalGrows() throws Exception {
		Random random = Torture.random("power cuts while the journal grows");
		List<Crash> crashes = new ArrayList<>();
		storeBatches(Torture.count("growing-journals", 1) * 8, LARGE_BATCH, (disk) -> {
			if (random.nextInt(3) == 0) {
				Path left = Files.createDirectory(this.directory.resolve("crash-" + crashes.size()));
				long[] promised = promised();
				disk.crash(left, random);
				crashes.add(new Crash(left, promised));
			}
		});
		long length = Files.size(this.directory.resolve("live").resolve(StoreDirectory.JOURNAL));
		assertThat(length).isGreaterThan(4 * 64 * 1024);
		assertThat(crashes).hasSizeGreaterThan(10);
		for (Crash crash : crashes) {
			assertSurvived(crash, LARGE_BATCH);
		}
		Torture.report("5 power lost while the journal grew", crashes.size(), "");
	}

	/** And also when the system fails to write what the killed one left to it. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void losesNothingThatIsReportedAfterAKillAtAnyCall(boolean forgotten) throws Exception {
		List<Kill> kills = new ArrayList<>();
		storeBatches(Torture.count("power-cuts-after-kills", 2), BATCH,
				(disk) -> kills.add(kill(disk, this.directory, kills.size(), promised())));
		assertThat(kills).hasSizeGreaterThan(10);
		List<Kill> inRecovery = new ArrayList<>();
		for (Kill kill : kills) {
			kill.disk().setFault((call, number, bytes) -> {
				inRecovery.add(kill(kill.disk(), kill.found(), inRecovery.size(), kill.promised()));
				return bytes;
			});
			assertReportsAndDrawsOverNothingThatIsLost(kill, forgotten);
		}
		assertThat(inRecovery).hasSizeGreaterThan(100);
		for (Kill kill : inRecovery) {
			assertReportsAndDrawsOverNothingThatIsLost(kill, forgotten);
		}
		Torture.report("5 power lost behind a kill, and one in recovery", kills.size() + (long) inRecovery.size(),
				forgotten ? "what the kill left was not written" : "");
	}

	/** Makes a moment of every call. */
	private void storeBatches(int rounds, int batch, Moment moment) throws Exception {
		FaultyDisk disk = new FaultyDisk();
		disk.setFault((call, number, bytes) -> {
			synchronized (moment) {
				moment.of(disk);
			}
			return bytes;
		});
		Path live = Files.createDirectory(this.directory.resolve("live"));
		try (FileBetStore store = Samples.open(live, disk)) {
			for (int round = 0; round < rounds; round++) {
				long from = (long) round * batch;
				List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
				for (int agency = 1; agency <= AGENCIES; agency++) {
					int index = agency;
					answers.add(Samples.append(store, agency, from, batch)
						.whenComplete((refusal, ex) -> this.acknowledged.set(index, from + batch)));
				}
				assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isNull());
			}
		}
	}

	private long[] promised() {
		long[] promised = new long[AGENCIES + 1];
		for (int agency = 1; agency <= AGENCIES; agency++) {
			promised[agency] = this.acknowledged.get(agency);
		}
		return promised;
	}

	private static Kill kill(FaultyDisk disk, Path parent, int number, long[] promised) throws IOException {
		Path found = Files.createDirectory(parent.resolve("kill-" + number));
		return new Kill(found, disk.afterKill(found), promised);
	}

	private static void assertReportsAndDrawsOverNothingThatIsLost(Kill kill, boolean forgotten) throws Exception {
		if (forgotten) {
			kill.disk().forget();
		}
		Path left = Files.createDirectory(kill.found().resolve("left"));
		Path drawn = Files.createDirectory(kill.found().resolve("drawn"));
		long[] reported = new long[AGENCIES + 1];
		try (FileBetStore store = Samples.open(kill.found(), kill.disk())) {
			kill.disk().setFault(Fault.NONE);
			for (int agency = 1; agency <= AGENCIES; agency++) {
				reported[agency] = store.stored(agency);
				assertThat(reported[agency]).as("%s, agency %d", kill.found(), agency)
					.isGreaterThanOrEqualTo(kill.promised()[agency]);
			}
			kill.disk().crash(left);
			store.draw(Instant.EPOCH);
			kill.disk().crash(drawn);
		}
		assertSurvived(new Crash(left, reported), BATCH);
		assertSurvived(new Crash(drawn, reported), BATCH);
	}

	private static void assertSurvived(Crash crash, int batch) throws Exception {
		try (FileBetStore store = Samples.open(crash.left())) {
			for (int agency = 1; agency <= AGENCIES; agency++) {
				long stored = store.stored(agency);
				assertThat(stored).as("%s, agency %d", crash.left(), agency)
					.isGreaterThanOrEqualTo(crash.promised()[agency]);
				assertThat(stored % batch).isZero();
				assertThat(Samples.rowsIn(crash.left(), agency)).isEqualTo(Samples.rows(agency, stored));
			}
		}
	}

	private record Crash(Path left, long[] promised) {
	}

	private record Kill(Path found, FaultyDisk disk, long[] promised) {
	}

	@FunctionalInterface
	private interface Moment {

		void of(FaultyDisk disk) throws IOException;

	}

}
