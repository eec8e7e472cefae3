package loteria.bench.section;

import java.util.Map;

import loteria.protocol.Dialect;

/**
 * What the existing agencies of each dialect do.
 */
final class Usual {

	private static final Map<String, Integer> BATCHES = Map.of("fixed", 103, "csv", 120, "packets", 63, "tlv", 1_000);

	/** Our own agency's, and that of a dialect nobody has spoken before. */
	private static final int BATCH = 100;

	/** Of the agency of {@code lines} that is not ours, which waits for every answer. */
	private static final int LOCKSTEP_BATCH = 10;

	private Usual() {
	}

	/** Bets of a batch where several are under way. */
	static int batch(Dialect dialect) {
		return BATCHES.getOrDefault(dialect.name(), BATCH);
	}

	/** Bets of a batch where each is waited for. */
	static int lockstepBatch(Dialect dialect) {
		return BATCHES.getOrDefault(dialect.name(), LOCKSTEP_BATCH);
	}

}
