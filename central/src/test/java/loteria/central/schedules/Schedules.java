package loteria.central.schedules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import kotlin.Unit;
import org.pastalab.fray.core.observers.TimelineCoverageType;
import org.pastalab.fray.core.randomness.ControlledRandom;
import org.pastalab.fray.core.scheduler.POSScheduler;
import org.pastalab.fray.junit.plain.FrayInTestLauncher;

/**
 * Runs a scenario of several threads again and again, each time in an order that Fray
 * chooses: at every lock, wait and atomic variable it decides which thread goes on. The
 * order follows from a seed, so that one that fails can be run again.
 * <p>
 * Only platform threads that the scenario starts, and joins, are led like this. A timed
 * wait ends at once.
 */
public final class Schedules {

	/** {@code -Dschedule=17}: that one alone. */
	private static final Long ONE = Long.getLong("schedule");

	/** {@code -Dschedules.times=100}: a hundred times as many as usual. */
	private static final int TIMES = Integer.getInteger("schedules.times", 1);

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private Schedules() {
	}

	/**
	 * @param count of the orders to try
	 * @throws AssertionError for the first order in which the scenario fails or gets
	 * stuck; it names the seed
	 */
	public static void each(int count, Callable<?> scenario) {
		long first = (ONE != null) ? ONE : 0;
		long end = (ONE != null) ? first + 1 : (long) count * TIMES;
		for (long seed = first; seed < end; seed++) {
			try {
				run(seed, scenario);
			}
			catch (Throwable ex) {
				throw new AssertionError("in order " + seed + ", which -Dschedule=" + seed + " runs alone: " + ex, ex);
			}
		}
	}

	private static void run(long seed, Callable<?> scenario) {
		AtomicLong calls = new AtomicLong();
		FrayInTestLauncher.INSTANCE.launchFray(() -> call(scenario), new POSScheduler(random(seed)),
				() -> random(seed + calls.incrementAndGet()), 1, (int) LIMIT.toSeconds(), true,
				TimelineCoverageType.NONE, (configuration) -> Unit.INSTANCE);
	}

	private static void call(Callable<?> scenario) {
		try {
			scenario.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ControlledRandom random(long seed) {
		return new ControlledRandom(new ArrayList<>(), new ArrayList<>(), new Random(seed));
	}

	/** Runs all of them at once, each on a thread of its own, until all have ended. */
	public static void together(Runnable... parts) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (Runnable part : parts) {
			threads.add(Thread.ofPlatform().start(part));
		}
		for (Thread thread : threads) {
			thread.join();
		}
	}

}
