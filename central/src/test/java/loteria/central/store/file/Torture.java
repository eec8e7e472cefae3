package loteria.central.store.file;

import java.util.Random;

/**
 * How long and how random: {@code -Dtorture=true} runs the long counts,
 * {@code -Dtorture.runs=N} any other, {@code -Dseed=N} a run again.
 */
final class Torture {

	private Torture() {
	}

	static int runs(int brief, int full) {
		return Integer.getInteger("torture.runs", Boolean.getBoolean("torture") ? full : brief);
	}

	static Random random(Class<?> test) {
		long seed = Long.getLong("seed", System.nanoTime());
		System.out.println(test.getSimpleName() + " -Dseed=" + seed);
		return new Random(seed);
	}

}
