package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.file.FaultyDisk.Call;
import loteria.central.store.file.FaultyDisk.Fault;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Fault 7: the disk fails, and nobody knows what it kept.
 */
@ExtendWith(QuietLog.class)
@Timeout(180)
@Tag(Torture.TAG)
class FailingDiskTests {

	private static final int BATCH = 4;

	private static final int AGENCIES = 2;

	/** How many calls fail in turn. */
	private static final int CALLS = 50;

	@TempDir
	private Path directory;

	private final List<Throwable> failures = new ArrayList<>();

	@ParameterizedTest
	@EnumSource(value = Call.class, names = { "WRITE", "FORCE" })
	void keepsWhatWasAcknowledgedWhicheverCallFails(Call failing) throws Exception {
		for (int n = 1; n <= CALLS; n++) {
			Path store = Files.createDirectory(this.directory.resolve("n-" + n));
			long[] acknowledged = storeUntilFailure(store, failing(failing, n));
			try (FileBetStore reopened = Samples.open(store)) {
				for (int agency = 1; agency <= AGENCIES; agency++) {
					long stored = reopened.stored(agency);
					assertThat(stored).as("n=%d", n).isGreaterThanOrEqualTo(acknowledged[agency]);
					assertThat(stored % BATCH).isZero();
					assertThat(Samples.rowsIn(store, agency)).isEqualTo(Samples.rows(agency, stored));
				}
			}
		}
		Torture.report("7 n-th " + failing.name().toLowerCase(Locale.ROOT) + " fails", CALLS, "");
	}

	/**
	 * The next process reads from the system's memory what a failed force left there, and
	 * tells its agencies to go on behind it.
	 */
	@Test
	void losesNothingThatTheNextProcessReportsWhicheverForceFails() throws Exception {
		for (int n = 1; n <= CALLS; n++) {
			Path store = Files.createDirectory(this.directory.resolve("n-" + n));
			Path left = Files.createDirectory(this.directory.resolve("left-" + n));
			FaultyDisk disk = failing(Call.FORCE, n);
			long[] acknowledged = storeUntilFailure(store, disk);
			long[] reported;
			try (FileBetStore reopened = Samples.open(store, disk)) {
				reported = stored(reopened);
				disk.crash(left);
			}
			try (FileBetStore survived = Samples.open(left)) {
				for (int agency = 1; agency <= AGENCIES; agency++) {
					assertThat(reported[agency]).as("n=%d", n).isGreaterThanOrEqualTo(acknowledged[agency]);
					assertThat(survived.stored(agency)).as("n=%d", n).isEqualTo(reported[agency]);
					assertThat(Samples.rowsIn(left, agency)).isEqualTo(Samples.rows(agency, reported[agency]));
				}
			}
		}
		Torture.report("7 n-th force fails, then the power", CALLS, "");
	}

	@Test
	void drawsOverNothingThatIsLostWhicheverForceFails() throws Exception {
		for (int n = 1; n <= CALLS; n++) {
			Path store = Files.createDirectory(this.directory.resolve("n-" + n));
			Path left = Files.createDirectory(this.directory.resolve("left-" + n));
			FaultyDisk disk = failing(Call.FORCE, n);
			storeUntilFailure(store, disk);
			DrawRecord draw;
			try (FileBetStore reopened = Samples.open(store, disk)) {
				for (int agency = 1; agency <= AGENCIES; agency++) {
					assertThat(reopened.close(agency)).isNull();
				}
				draw = reopened.draw(Instant.EPOCH);
				disk.crash(left);
			}
			try (FileBetStore survived = Samples.open(left)) {
				assertThat(survived.drawn()).as("n=%d", n).contains(draw);
				assertThat(survived.closedAgencies()).hasSize(AGENCIES);
			}
		}
	}

	private static long[] stored(FileBetStore store) {
		return LongStream.rangeClosed(0, AGENCIES).map((agency) -> store.stored((int) agency)).toArray();
	}

	private static FaultyDisk failing(Call failing, int nth) {
		return new FaultyDisk(fault(failing, nth));
	}

	private static Fault fault(Call failing, int nth) {
		AtomicInteger seen = new AtomicInteger();
		return (call, number, bytes) -> {
			if (call == failing && seen.incrementAndGet() == nth) {
				throw new IOException("Input/output error");
			}
			return bytes;
		};
	}

	/** Returns how many bets of each agency were acknowledged before the failure. */
	private long[] storeUntilFailure(Path directory, FaultyDisk disk) throws StoreFailure {
		this.failures.clear();
		long[] acknowledged = new long[AGENCIES + 1];
		try (FileBetStore store = openUnlessItFails(directory, disk)) {
			if (store == null) {
				return acknowledged;
			}
			boolean failed = false;
			while (!failed) {
				List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
				for (int agency = 1; agency <= AGENCIES; agency++) {
					answers.add(Samples.append(store, agency, acknowledged[agency], BATCH));
				}
				for (int agency = 1; agency <= AGENCIES; agency++) {
					Refusal refusal = answers.get(agency - 1).join();
					acknowledged[agency] += (refusal == null) ? BATCH : 0;
					assertThat(failed && refusal == null).as("acknowledged after a failure").isFalse();
					failed = refusal != null;
				}
			}
			assertFailed(store);
		}
		return acknowledged;
	}

	private void assertFailed(FileBetStore store) {
		assertReason(Samples.append(store, 1, BATCH).join(), Reason.STORE_FAILED);
		assertReason(store.close(1), Reason.STORE_FAILED);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> store.draw(Instant.EPOCH))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.BROKEN));
		assertThat(store.health().problem()).isNotNull();
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.atMost(Duration.ofSeconds(60))
			.until(() -> failures() == 1);
	}

	/** A central that waits for the answer in order to stop must not end well. */
	@Test
	void tellsOfTheFailureBeforeItAnswers() throws Exception {
		CompletableFuture<CompletableFuture<@Nullable Refusal>> submitted = new CompletableFuture<>();
		List<Boolean> answered = new ArrayList<>();
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = FileBetStore.open(Samples.options(this.directory), disk,
				new WorkQueue(WorkQueue.GROUP_ENTRIES), new SimpleMeterRegistry(),
				(ex) -> answered.add(submitted.join().isDone()))) {
			disk.setFault((call, number, bytes) -> {
				submitted.join();
				throw new IOException("Input/output error");
			});
			submitted.complete(Samples.append(store, 1, BATCH));
			assertReason(submitted.join().join(), Reason.IN_DOUBT);
			assertThat(answered).containsExactly(false);
		}
	}

	@Test
	void writesNothingAnyMoreAfterAFailure() throws Exception {
		List<Call> calls = new ArrayList<>();
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = open(this.directory, disk)) {
			disk.setFault((call, number, bytes) -> {
				calls.add(call);
				if (call == Call.FORCE) {
					throw new IOException("Input/output error");
				}
				return bytes;
			});
			assertReason(Samples.append(store, 1, BATCH).join(), Reason.IN_DOUBT);
			assertFailed(store);
		}
		assertThat(calls).last().isEqualTo(Call.FORCE);
		assertThat(calls).containsOnlyOnce(Call.FORCE);
		assertThat(failures()).isEqualTo(1);
	}

	@Test
	void failsWhenTakingBackFails() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = open(this.directory, disk)) {
			disk.setFault((call, number, bytes) -> {
				if (call == Call.TRUNCATE) {
					throw new IOException("Input/output error");
				}
				return bytes / 2;
			});
			assertReason(Samples.append(store, 1, BATCH).join(), Reason.IN_DOUBT);
			assertFailed(store);
		}
	}

	/** What is refused is sent again, and then it would be there twice. */
	@ParameterizedTest
	@EnumSource(value = Call.class, names = { "WRITE", "FORCE" })
	void refusesOnlyWhatIsNotThereAfterARestart(Call failing) throws Exception {
		for (int n = 1; n <= CALLS; n++) {
			Path directory = Files.createDirectory(this.directory.resolve("n-" + n));
			List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
			FaultyDisk disk = new FaultyDisk();
			try (FileBetStore store = open(directory, disk)) {
				disk.setFault(fault(failing, n));
				for (int agency = 1; agency <= CALLS; agency++) {
					answers.add(Samples.append(store, agency, 0, BATCH));
				}
				answers.forEach(CompletableFuture::join);
			}
			try (FileBetStore reopened = Samples.open(directory)) {
				for (int agency = 1; agency <= CALLS; agency++) {
					Refusal refusal = answers.get(agency - 1).join();
					if (refusal == null || refusal.reason().isCertain()) {
						assertThat(reopened.stored(agency)).as("n=%d: %s", n, refusal)
							.isEqualTo((refusal == null) ? BATCH : 0);
					}
				}
			}
		}
	}

	@Test
	void takesAForceWithoutRoomForAFailure() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = open(this.directory, disk)) {
			disk.setFault((call, number, bytes) -> {
				if (call == Call.FORCE) {
					throw new IOException("No space left on device");
				}
				return bytes;
			});
			assertReason(Samples.append(store, 1, BATCH).join(), Reason.IN_DOUBT);
			assertFailed(store);
		}
	}

	@Test
	void leavesNobodyWaitingWhenTheWriterDiesOfAnError() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = open(this.directory, disk)) {
			disk.setFault((call, number, bytes) -> {
				throw new OutOfMemoryError("made by a test");
			});
			List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				answers.add(Samples.append(store, 1 + i, 0, BATCH));
			}
			assertReason(answers.getFirst().join(), Reason.IN_DOUBT);
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isNotNull()
				.extracting(Refusal::reason)
				.isIn(Reason.IN_DOUBT, Reason.STORE_FAILED));
			assertFailed(store);
		}
		assertThat(this.failures).first().isInstanceOf(OutOfMemoryError.class);
	}

	/** Returns null if the failure comes that early. */
	private @Nullable FileBetStore openUnlessItFails(Path directory, FaultyDisk disk) {
		try {
			return open(directory, disk);
		}
		catch (StoreFailure ex) {
			assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.UNUSABLE);
			return null;
		}
	}

	private FileBetStore open(Path directory, FaultyDisk disk) throws StoreFailure {
		return FileBetStore.open(Samples.options(directory), disk, new WorkQueue(WorkQueue.GROUP_ENTRIES),
				new SimpleMeterRegistry(), this::failed);
	}

	private synchronized void failed(Throwable ex) {
		this.failures.add(ex);
	}

	private synchronized int failures() {
		return this.failures.size();
	}

	private static void assertReason(@Nullable Refusal refusal, Reason reason) {
		assertThat(refusal).isNotNull().extracting(Refusal::reason).isEqualTo(reason);
	}

}
