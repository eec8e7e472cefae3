package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.file.FaultyDisk.Call;
import loteria.central.store.file.FaultyDisk.Fault;
import loteria.central.store.file.FileBetStore.Options;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Fault 6: no room for a while.
 */
@ExtendWith(QuietLog.class)
@Tag(Torture.TAG)
class DiskFullTests {

	private static final int BATCH = 3;

	private static final int BATCHES = 10;

	private static final int SMALL_DISK = 256 * 1024;

	@TempDir
	private Path directory;

	/** From the n-th call on three writes find no room, each after a few bytes. */
	@Test
	void refusesWhileItLastsAndThenGoesOn() throws Exception {
		int tooLate = 2 * BATCHES + 1;
		int refusals = 0;
		for (int n = 1; n < tooLate; n++) {
			Path store = Files.createDirectory(this.directory.resolve("full-" + n));
			refusals += refusals(store, fullFor(3, n));
		}
		assertThat(refusals).isPositive();
		Path store = Files.createDirectory(this.directory.resolve("never-full"));
		assertThat(refusals(store, fullFor(3, Integer.MAX_VALUE))).isZero();
		Torture.report("6 disk full from the n-th write on", tooLate - 1, "");
	}

	private static Fault fullFor(int times, int from) {
		AtomicInteger writes = new AtomicInteger();
		return (call, number, bytes) -> {
			int write = (call == Call.WRITE) ? writes.incrementAndGet() : 0;
			return (write >= from && write < (long) from + times) ? bytes / 2 : bytes;
		};
	}

	/**
	 * Stores batches, each again until it is stored; returns how often one was refused.
	 */
	private static int refusals(Path directory, Fault fault) throws Exception {
		int refusals = 0;
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = Samples.open(directory, disk)) {
			disk.setFault(fault);
			for (int batch = 0; batch < BATCHES; batch++) {
				long before = store.stored(1);
				Refusal refusal = Samples.append(store, 1, BATCH).join();
				while (refusal != null) {
					refusals++;
					assertThat(refusal.reason()).isEqualTo(Reason.STORE_FULL);
					assertThat(store.stored(1)).isEqualTo(before);
					refusal = Samples.append(store, 1, BATCH).join();
				}
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> store.health().problem() == null);
		}
		assertReopens(directory);
		return refusals;
	}

	private static void assertReopens(Path directory) throws Exception {
		try (FileBetStore store = Samples.open(directory)) {
			assertThat(store.cut().isAny()).isFalse();
			assertThat(store.stored(1)).isEqualTo(BATCHES * BATCH);
		}
		assertThat(Samples.rowsIn(directory, 1)).isEqualTo(Samples.rows(1, BATCHES * BATCH));
	}

	@Test
	void takesBackDurablyWhatItRefuses() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = Samples.open(this.directory, disk)) {
			Samples.append(store, 1, BATCH).join();
			store.fingerprint(1);
			long forces = disk.forces();
			disk.setFault((call, number, bytes) -> bytes / 2);
			assertThat(Samples.append(store, 1, BATCH).join()).isNotNull();
			assertThat(disk.forces()).isEqualTo(forces + 1);
			disk.setFault(Fault.NONE);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, BATCH));
	}

	@Test
	void refusesWhatWasSentCountingOnARefusedBatch() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		try (FileBetStore store = Samples.open(this.directory, disk)) {
			Sequence sequence = new Sequence(0);
			disk.setFault((call, number, bytes) -> bytes / 2);
			assertReason(store.append(sequence, Samples.batch(1, 0, BATCH)).join(), Reason.STORE_FULL);
			disk.setFault(Fault.NONE);
			assertReason(store.append(sequence, Samples.batch(1, BATCH, BATCH)).join(), Reason.OUT_OF_SEQUENCE);
			assertReason(store.append(sequence, Samples.batch(1, 0, BATCH)).join(), Reason.OUT_OF_SEQUENCE);
			assertThat(store.append(new Sequence(0), Samples.batch(1, 0, BATCH)).join()).isNull();
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, BATCH));
	}

	/** All is in the journal, so nobody is told of it and nothing is lost. */
	@Test
	void keepsWhatBetsCsvHasNoRoomForUntilItHas() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		AtomicInteger writes = new AtomicInteger();
		try (FileBetStore store = Samples.open(this.directory, disk)) {
			disk.setFault(
					(call, number, bytes) -> (call == Call.WRITE && writes.incrementAndGet() > 1) ? bytes / 2 : bytes);
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			await().atMost(Duration.ofSeconds(60)).until(() -> store.health().problem() != null);
			assertReason(Samples.append(store, 1, BATCH).join(), Reason.STORE_FULL);
			disk.setFault(Fault.NONE);
			await().atMost(Duration.ofSeconds(60)).until(() -> Samples.append(store, 1, BATCH).join() == null);
			assertThat(store.health().problem()).isNull();
			assertThat(store.draw(Instant.EPOCH).bets()).isEqualTo(2 * BATCH);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, 2 * BATCH));
	}

	@Test
	void closesInOrderWhileBetsCsvHasNoRoom() throws Exception {
		FaultyDisk disk = new FaultyDisk();
		AtomicInteger writes = new AtomicInteger();
		try (FileBetStore store = Samples.open(this.directory, disk)) {
			disk.setFault(
					(call, number, bytes) -> (call == Call.WRITE && writes.incrementAndGet() > 1) ? bytes / 2 : bytes);
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			await().atMost(Duration.ofSeconds(60)).until(() -> store.health().problem() != null);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isNotEqualTo(Samples.rows(1, BATCH));
		Samples.open(this.directory).close();
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, BATCH));
	}

	@Test
	void refusesBatchesBelowTheFloorButLetsAgenciesFinish() throws Exception {
		Options options = new Options(this.directory, "test", Samples.WINNING_NUMBER, Long.MAX_VALUE);
		Sequence sequence = new Sequence(0);
		try (FileBetStore store = Samples.open(options, new FaultyDisk())) {
			Refusal refusal = store.append(sequence, Samples.batch(1, 0, BATCH)).join();
			assertReason(refusal, Reason.STORE_FULL);
			assertThat(String.valueOf(refusal)).contains("central.store.min-free is " + Long.MAX_VALUE);
			assertThat(store.health().problem()).isNotNull();
			assertThat(sequence.admits(0)).isFalse();
			assertThat(store.close(1)).isNull();
			assertThat(store.draw(Instant.EPOCH).bets()).isZero();
		}
		assertThat(this.directory.resolve(StoreDirectory.BETS)).isEmptyFile();
	}

	@Test
	void goesOnWhenARealDiskHasRoomAgain() throws Exception {
		onASmallDisk(0, (store, ballast) -> {
			Refusal refusal = null;
			while (refusal == null) {
				refusal = Samples.append(store, 1, 100).join();
			}
			assertReason(refusal, Reason.STORE_FULL);
			assertThat(store.health().problem()).isNotNull();
			long full = store.stored(1);
			assertThat(full).isPositive();
			Files.delete(ballast);
			// what is behind in bets.csv is written first
			Awaitility.await().until(() -> Samples.append(store, 1, 100).join() == null);
			assertThat(store.stored(1)).isEqualTo(full + 100);
			assertThat(store.health().problem()).isNull();
		});
	}

	/** Nobody may send one, as long as it says that it is not. */
	@Test
	void isWritableAgainAboveTheFloorWithoutABatchThatTries() throws Exception {
		onASmallDisk(SMALL_DISK, (store, ballast) -> {
			assertReason(Samples.append(store, 1, BATCH).join(), Reason.STORE_FULL);
			assertThat(store.close(2)).isNull();
			assertThat(store.health().problem()).isNotNull();
		});
		onASmallDisk(SMALL_DISK * 5 / 8, (store, ballast) -> {
			assertReason(Samples.append(store, 1, BATCH).join(), Reason.STORE_FULL);
			assertThat(store.health().problem()).isNotNull();
			Files.delete(ballast);
			assertThat(store.health().problem()).isNull();
		});
	}

	/** Only a disk that fails ends the central. */
	@Test
	void drawsAgainWhenThereIsRoomForTheRecord() throws Exception {
		onASmallDisk(0, (store, ballast) -> {
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			fill(ballast);
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> store.draw(Instant.EPOCH))
				.withMessageContaining("No space left on device");
			assertThat(store.drawn()).isEmpty();
			Files.delete(ballast);
			assertThat(store.draw(Instant.EPOCH.plusSeconds(60)).instant()).isEqualTo(Instant.EPOCH);
		});
	}

	/** Makes {@code ballast} so long that nothing else fits on its disk. */
	private static void fill(Path ballast) {
		assertThatIOException().isThrownBy(() -> {
			try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.APPEND)) {
				while (file.size() < SMALL_DISK) {
					file.write(ByteBuffer.allocate(1024));
				}
			}
		});
	}

	/**
	 * Half of the disk is taken by a file that does not belong to the store.
	 */
	private void onASmallDisk(long minFree, Use use) throws Exception {
		Assumptions.assumeTrue(
				run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK, "tmpfs", this.directory.toString()),
				"A REAL FULL DISK WAS NOT TESTED: mounting a tmpfs takes root");
		try {
			Path ballast = Files.write(this.directory.resolve("ballast"), new byte[SMALL_DISK / 2]);
			Options options = new Options(this.directory, "test", Samples.WINNING_NUMBER, minFree);
			try (FileBetStore store = FileBetStore.open(options, new SimpleMeterRegistry(), (ex) -> {
				throw new AssertionError(ex);
			})) {
				use.of(store, ballast);
			}
			try (FileBetStore store = Samples.open(this.directory)) {
				assertThat(store.cut().isAny()).isFalse();
				assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, store.stored(1)));
			}
		}
		finally {
			run("umount", this.directory.toString());
		}
	}

	private static boolean run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
	}

	private static void assertReason(@Nullable Refusal refusal, Reason reason) {
		assertThat(refusal).isNotNull().extracting(Refusal::reason).isEqualTo(reason);
	}

	@FunctionalInterface
	private interface Use {

		void of(FileBetStore store, Path ballast) throws Exception;

	}

}
