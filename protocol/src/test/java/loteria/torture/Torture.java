package loteria.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * How often faults are made, when, and the table of what came of it.
 * <p>
 * {@code -Dtorture=2} makes each twice as often as the short run does, and
 * {@code -Dtorture.<count>=300} one of them 300 times. {@code -Dseed=} repeats the random
 * moments of a run that printed it, as far as a machine repeats anything.
 */
public final class Torture {

	/** The tag of tests that make faults. */
	public static final String TAG = "fault";

	/** In each module; without a head. */
	private static final Path TABLE = Path.of("target", "torture.txt");

	private Torture() {
	}

	/**
	 * @param name under which the count can be set
	 * @param shortRun how often unless told
	 */
	public static int count(String name, int shortRun) {
		return Integer.getInteger("torture." + name, shortRun * Integer.getInteger("torture", 1));
	}

	/** Whether the run is to be thorough rather than quick. */
	public static boolean isLong(String name, int shortRun) {
		return count(name, shortRun) > shortRun;
	}

	public static Random random(String fault) {
		long given = Long.getLong("seed", 0);
		long seed = (given != 0) ? given : System.nanoTime();
		System.out.printf(Locale.ROOT, "%s: -Dseed=%d%n", fault, seed);
		return new Random(seed);
	}

	/** Lets {@code time} pass: a moment that nothing but the clock can name. */
	public static void pass(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	/**
	 * Adds a line to the table.
	 * @param fault with its number in front
	 * @param runs how often it was made
	 * @param lost bets that the store lacks
	 * @param twice bets that it has too often
	 */
	public static synchronized void report(String fault, long runs, long lost, long twice, String remark) {
		String line = String.format(Locale.ROOT, "%-52s %6d %6d %6d  %s", fault, runs, lost, twice, remark)
			.stripTrailing();
		System.out.println(line);
		try {
			// several Javas may test at once
			Files.writeString(TABLE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Adds a line of a test whose every run would have failed at once. */
	public static void report(String fault, long runs, String remark) {
		report(fault, runs, 0, 0, remark);
	}

}
