package loteria.bench.section;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of everything, the contenders taking turns
 * @param limit of one run
 * @param bets of one run, if they take less than {@code limit}
 * @param warmup bets before each run, that are not counted
 * @param stored how many bets to have stored where the question is what that costs
 * @param connections the most connections
 * @param forks JVMs of each JMH benchmark
 * @param iterations of each, a second long, and starts of each program
 */
public record Scale(int rounds, Duration limit, long bets, long warmup, List<Long> stored, int connections, int forks,
		int iterations) {

	/** To see that everything works: the figures are worth nothing. */
	public static final Scale SMOKE = new Scale(1, Duration.ofMillis(500), 20_000, 5_000, List.of(10_000L, 20_000L),
			300, 1, 1);

	/** A few minutes. */
	public static final Scale SHORT = new Scale(1, Duration.ofSeconds(5), 2_000_000, 500_000,
			List.of(100_000L, 1_000_000L), 5_000, 1, 3);

	/** For a document. */
	public static final Scale FULL = new Scale(3, Duration.ofSeconds(10), 2_000_000, 3_000_000,
			List.of(100_000L, 1_000_000L, 10_000_000L), 5_000, 2, 5);

	public Scale withRounds(int rounds) {
		return new Scale(rounds, this.limit, this.bets, this.warmup, this.stored, this.connections, this.forks,
				this.iterations);
	}

}
