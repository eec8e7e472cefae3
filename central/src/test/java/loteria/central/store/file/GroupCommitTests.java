package loteria.central.store.file;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.commit.Work;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.JournalWriter;
import loteria.central.store.disk.StoreDirectory;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(180)
class GroupCommitTests {

	private static final int THREADS = 8;

	private static final int BATCH = 5;

	@TempDir
	private Path directory;

	/** Holds the writing thread at its first call until a test lets it go. */
	private final CountDownLatch held = new CountDownLatch(1);

	private final FaultyDisk disk = new FaultyDisk();

	private long callsBefore;

	/** Opens a store whose disk hangs from now on. */
	private FileBetStore openOnHangingDisk() throws StoreFailure {
		FileBetStore store = Samples.open(this.directory, this.disk);
		long calls = this.disk.calls();
		this.disk.setFault((call, number, bytes) -> {
			awaitRelease();
			return bytes;
		});
		this.callsBefore = calls;
		return store;
	}

	private void awaitHanging() {
		await().atMost(Duration.ofSeconds(60)).until(() -> this.disk.calls() > this.callsBefore);
	}

	private void awaitRelease() {
		try {
			assertThat(this.held.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void keepsTheOrderOfEachAgencyUnderManyThreads() throws Exception {
		int batches = Torture.count("threads", 100);
		try (FileBetStore store = Samples.open(this.directory);
				ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			List<Callable<Boolean>> agencies = new ArrayList<>();
			for (int i = 1; i <= THREADS; i++) {
				int agency = i;
				agencies.add(() -> storeAll(store, agency, batches));
			}
			for (Future<Boolean> stored : threads.invokeAll(agencies)) {
				assertThat(stored.get()).isTrue();
			}
			for (int agency = 1; agency <= THREADS; agency++) {
				assertThat(store.stored(agency)).isEqualTo((long) batches * BATCH);
				assertThat(store.winners(agency).orElseThrow().count())
					.isEqualTo(batches * BATCH / Samples.WINNER_EVERY);
			}
		}
		for (int agency = 1; agency <= THREADS; agency++) {
			assertThat(Samples.rowsIn(this.directory, agency)).isEqualTo(Samples.rows(agency, (long) batches * BATCH));
		}
	}

	/** With a window of batches under way, as an agency does. */
	private static boolean storeAll(FileBetStore store, int agency, int batches) {
		Sequence sequence = new Sequence(0);
		List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
		for (int batch = 0; batch < batches; batch++) {
			answers.add(store.append(sequence, Samples.batch(agency, (long) batch * BATCH, BATCH)));
		}
		return answers.stream().allMatch((answer) -> answer.join() == null);
	}

	@Test
	void forcesOnceForAllThatWaited() throws Exception {
		try (FileBetStore store = openOnHangingDisk()) {
			long before = this.disk.forces();
			List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
			answers.add(Samples.append(store, 1, 0, BATCH));
			awaitHanging();
			for (int agency = 2; agency <= 100; agency++) {
				answers.add(Samples.append(store, agency, 0, BATCH));
			}
			assertThat(answers).noneMatch(CompletableFuture::isDone);
			this.held.countDown();
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isNull());
			assertThat(this.disk.forces() - before).as("of two groups").isEqualTo(2);
		}
	}

	@Test
	void holdsBackWhoSubmitsMoreThanTheQueueTakes() throws Exception {
		byte[] rows = new byte[JournalWriter.GROUP_BYTES];
		long fits = WorkQueue.MAX_BYTES / rows.length;
		WorkQueue queue = new WorkQueue(WorkQueue.GROUP_ENTRIES);
		AtomicInteger put = new AtomicInteger();
		Thread submitter = Thread.ofVirtual().start(() -> {
			for (int i = 0; i < fits + 1; i++) {
				queue.put(Work.batch(Sequence.ANYWHERE, new Rows(1, 1, rows, 0, rows.length), 1));
				put.incrementAndGet();
			}
		});
		await().atMost(Duration.ofSeconds(60))
			.until(() -> put.get() == fits && submitter.getState() == Thread.State.WAITING);
		assertThat(queue.takeGroup()).hasSize(1);
		await().atMost(Duration.ofSeconds(60)).until(() -> put.get() == fits + 1);
	}

	@Test
	void refusesWhoIsHeldBackWhenTheQueueEnds() {
		WorkQueue queue = new WorkQueue(WorkQueue.GROUP_ENTRIES);
		byte[] rows = new byte[(int) WorkQueue.MAX_BYTES];
		assertThat(queue.put(Work.batch(Sequence.ANYWHERE, new Rows(1, 1, rows, 0, rows.length), 1))).isTrue();
		CompletableFuture<Boolean> second = CompletableFuture
			.supplyAsync(() -> queue.put(Work.batch(Sequence.ANYWHERE, new Rows(1, 1, rows, 0, rows.length), 1)));
		assertThat(queue.end()).hasSize(1);
		assertThat(second.join()).isFalse();
	}

	@Test
	void neverPutsTheDrawOrTheStopIntoAGroupWithOthers() {
		WorkQueue queue = new WorkQueue(WorkQueue.GROUP_ENTRIES);
		List<Work> works = List.of(Work.finish(1), Work.draw(1, Instant.EPOCH), Work.finish(2), Work.finish(3),
				Work.stop());
		works.forEach(queue::put);
		assertThat(queue.takeGroup()).containsExactly(works.get(0));
		assertThat(queue.takeGroup()).containsExactly(works.get(1));
		assertThat(queue.takeGroup()).containsExactly(works.get(2), works.get(3));
		assertThat(queue.takeGroup()).containsExactly(works.get(4));
	}

	@Test
	void storesABatchLargerThanAnyGroup() throws Exception {
		int bets = 40_000;
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(Samples.append(store, 1, bets).join()).isNull();
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
		}
		assertThat(this.directory.resolve(StoreDirectory.BETS).toFile().length())
			.isGreaterThan(2L * JournalWriter.GROUP_BYTES);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.stored(1)).isEqualTo(bets + BATCH);
			assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, bets + BATCH));
		}
	}

	@Test
	void storesWhatTwoClientsOfOneAgencySendOnce() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			Sequence one = new Sequence(0);
			Sequence other = new Sequence(0);
			assertThat(store.append(one, Samples.batch(1, 0, BATCH)).join()).isNull();
			assertReason(store.append(other, Samples.batch(1, 0, BATCH)).join(), Reason.OUT_OF_SEQUENCE);
			assertThat(store.append(one, Samples.batch(1, BATCH, BATCH)).join()).isNull();
			assertReason(store.append(other, Samples.batch(1, BATCH, BATCH)).join(), Reason.OUT_OF_SEQUENCE);
			assertThat(store.stored(1)).isEqualTo(2 * BATCH);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, 2 * BATCH));
	}

	/** All in one group, so that counts within it matter. */
	@Test
	void refusesTheRestOfABurstBehindARefusedBatch() throws Exception {
		try (FileBetStore store = openOnHangingDisk()) {
			CompletableFuture<@Nullable Refusal> first = Samples.append(store, 2, 0, BATCH);
			awaitHanging();
			Sequence burst = new Sequence(0);
			var stored = store.append(burst, Samples.batch(1, 0, BATCH));
			var between = Samples.append(store, 1, BATCH, BATCH);
			var refused = store.append(burst, Samples.batch(1, BATCH, BATCH));
			var behind = store.append(burst, Samples.batch(1, 2 * BATCH, BATCH));
			this.held.countDown();
			assertThat(first.join()).isNull();
			assertThat(stored.join()).isNull();
			assertThat(between.join()).isNull();
			assertReason(refused.join(), Reason.OUT_OF_SEQUENCE);
			assertReason(behind.join(), Reason.OUT_OF_SEQUENCE);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, 2 * BATCH));
	}

	@Test
	void refusesBatchesOfAnAgencyThatFinishedInTheSameGroup() throws Exception {
		try (FileBetStore store = openOnHangingDisk();
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Samples.append(store, 2, 0, BATCH);
			awaitHanging();
			Future<?> closing = threads.submit(() -> store.close(1));
			await().atMost(Duration.ofSeconds(60)).until(() -> store.waiting() == 1);
			var late = Samples.append(store, 1, 0, BATCH);
			this.held.countDown();
			assertReason(late.join(), Reason.AGENCY_CLOSED);
			assertThat(closing.get()).isNull();
			assertThat(store.close(1)).as("again").isNull();
			assertThat(store.closedAgencies()).containsExactly(1);
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.isClosed(1)).isTrue();
			assertThat(store.isClosed(2)).isFalse();
		}
	}

	@Test
	void writesAllThatWaitsBeforeItClosesAndRefusesTheRest() throws Exception {
		FileBetStore store = openOnHangingDisk();
		List<CompletableFuture<@Nullable Refusal>> answers = new ArrayList<>();
		for (int agency = 1; agency <= 20; agency++) {
			answers.add(Samples.append(store, agency, 0, BATCH));
		}
		CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close);
		awaitHanging();
		this.held.countDown();
		closing.join();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isNull());
		assertReason(Samples.append(store, 1, BATCH, BATCH).join(), Reason.STOPPING);
		assertThat(store.health().problem()).isNotNull();
		store.close();
	}

	/** What is handed in while the thread ends must not wait for ever. */
	@Test
	void answersEverybodyWhoSubmitsWhileItCloses() throws Exception {
		for (int run = 0; run < Torture.count("closings", 20); run++) {
			FileBetStore store = Samples.open(this.directory);
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				List<Future<@Nullable Refusal>> answers = new ArrayList<>();
				for (int agency = 1; agency <= THREADS; agency++) {
					int from = agency;
					answers.add(threads.submit(() -> {
						Refusal refusal = null;
						while (refusal == null) {
							refusal = Samples.append(store, from, 1).get(60, TimeUnit.SECONDS);
						}
						return refusal;
					}));
				}
				store.close();
				for (Future<@Nullable Refusal> answer : answers) {
					assertReason(answer.get(), Reason.STOPPING);
				}
			}
		}
	}

	private static void assertReason(@Nullable Refusal refusal, Reason reason) {
		assertThat(refusal).isNotNull().extracting(Refusal::reason).isEqualTo(reason);
	}

}
