package loteria.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * How often faults are made, when, and the table of what came of it.
 * <p>
 * {@code -Dtorture=2} makes each twice as often as the short run does, and
 * {@code -Dtorture.<count>=300} one of them 300 times. {@code -Dseed=} repeats the random
 * moments of a run that printed it, as far as a machine repeats anything.
 */
final class Torture {

	private static final Path TABLE = Path.of("target", "torture.txt");

	private static final String FORMAT = "%-52s %6s %6s %6s  %s";

	private static final List<String> lines = new ArrayList<>();

	private Torture() {
	}

	/**
	 * @param name under which the count can be set
	 * @param shortRun how often unless told
	 */
	static int count(String name, int shortRun) {
		return Integer.getInteger("torture." + name, shortRun * Integer.getInteger("torture", 1));
	}

	/** Whether the run is to be thorough rather than quick. */
	static boolean isLong(String name, int shortRun) {
		return count(name, shortRun) > shortRun;
	}

	static Random random(String fault) {
		long given = Long.getLong("seed", 0);
		long seed = (given != 0) ? given : System.nanoTime();
		System.out.printf("%s: -Dseed=%d%n", fault, seed);
		return new Random(seed);
	}

	/** Lets {@code time} pass: a moment that nothing but the clock can name. */
	static void pass(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	/**
	 * Adds a line to the table.
	 * @param runs how often the fault was made
	 */
	static synchronized void report(String fault, int runs, Outcome outcome, String remark) {
		if (lines.isEmpty()) {
			lines.add(FORMAT.formatted("fault", "runs", "lost", "twice", "").stripTrailing());
		}
		lines.add(FORMAT.formatted(fault, runs, outcome.lost(), outcome.twice(), remark).stripTrailing());
		System.out.println(lines.getLast());
		try {
			Files.write(TABLE, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
