package loteria.central.store.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.Disk;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints how fast the store is on a real disk: {@code -Dstore.bets=10000000} for figures
 * that mean something.
 */
class StoreSpeedTests {

	private static final int AGENCIES = 5;

	private static final int BATCH = 100;

	private static final int BATCHES = Integer.getInteger("store.bets", 20_000) / AGENCIES / BATCH;

	/** Under way at once, as an agency's window has them. */
	private static final int WINDOW = Integer.getInteger("store.window", 8);

	@TempDir
	private Path directory;

	@Test
	void groupsWhatWaitsInsteadOfForcingEachBatch() throws Exception {
		double grouped = betsPerSecond(this.directory.resolve("grouped"), WorkQueue.GROUP_ENTRIES, BATCHES);
		double single = betsPerSecond(this.directory.resolve("single"), 1, Math.max(1, BATCHES / 10));
		System.out.printf(Locale.ROOT,
				"append, %d agencies, batches of %d: %,.0f bets/s in groups, %,.0f bets/s one by one%n", AGENCIES,
				BATCH, grouped, single);
		assertThat(grouped).isPositive();
	}

	/** In a process of its own, whose heap can hold none but a small part of the bets. */
	@Test
	void recoversInASmallHeap() throws Exception {
		betsPerSecond(this.directory, WorkQueue.GROUP_ENTRIES, BATCHES);
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), StoreSpeedTests.class.getName(),
				this.directory.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		Matcher result = Pattern.compile("recovered (\\d+) bets .*").matcher(output);
		assertThat(result.find()).as(output).isTrue();
		assertThat(result.group(1)).isEqualTo(String.valueOf(BATCHES * BATCH * AGENCIES));
		System.out.println(result.group());
	}

	/** The process that recovers. */
	static void main(String[] args) throws StoreFailure {
		long started = System.nanoTime();
		try (FileBetStore store = Samples.open(Path.of(args[0]), Disk.REAL)) {
			double seconds = (System.nanoTime() - started) / 1e9;
			long bets = 0;
			for (int agency = 1; agency <= AGENCIES; agency++) {
				bets += store.stored(agency);
			}
			Runtime runtime = Runtime.getRuntime();
			System.out.printf(Locale.ROOT, "recovered %d bets in %.2f s, heap %d MB of at most %d MB%n", bets, seconds,
					runtime.totalMemory() >> 20, runtime.maxMemory() >> 20);
		}
	}

	private static double betsPerSecond(Path directory, int groupEntries, int batches) throws Exception {
		List<Rows> batchOf = new ArrayList<>();
		for (int agency = 1; agency <= AGENCIES; agency++) {
			batchOf.add(Samples.batch(agency, 0, BATCH));
		}
		try (FileBetStore store = FileBetStore.open(Samples.options(directory), Disk.REAL, new WorkQueue(groupEntries),
				new SimpleMeterRegistry(), (ex) -> {
				}); ExecutorService threads = Executors.newFixedThreadPool(AGENCIES)) {
			long started = System.nanoTime();
			List<Callable<Boolean>> agencies = new ArrayList<>();
			for (Rows batch : batchOf) {
				agencies.add(() -> storeAll(store, batch, batches));
			}
			for (Future<Boolean> stored : threads.invokeAll(agencies)) {
				assertThat(stored.get()).isTrue();
			}
			return batches * (double) BATCH * AGENCIES / ((System.nanoTime() - started) / 1e9);
		}
	}

	private static boolean storeAll(FileBetStore store, Rows batch, int batches) {
		Sequence sequence = new Sequence(0);
		boolean all = true;
		List<CompletableFuture<@Nullable Refusal>> window = new ArrayList<>();
		for (int i = 0; i < batches; i++) {
			window.add(store.append(sequence, batch));
			if (window.size() == WINDOW || i == batches - 1) {
				for (CompletableFuture<@Nullable Refusal> answer : window) {
					all &= answer.join() == null;
				}
				window.clear();
			}
		}
		return all;
	}

}
