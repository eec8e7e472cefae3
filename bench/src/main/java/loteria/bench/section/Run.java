package loteria.bench.section;

import loteria.bench.load.Outcome;
import loteria.bench.load.Shape;
import loteria.bench.subject.Usage;

/**
 * One run, in figures.
 *
 * @param cpuSeconds that the subject used for {@code bets}
 * @param peakBytes the most memory it ever held
 */
public record Run(String subject, String shape, int round, double bets, double seconds, double betsPerSecond,
		double p50Millis, double p99Millis, double p999Millis, double maxMillis, double cpuSeconds, long peakBytes) {

	static Run of(String subject, Shape shape, int round, Outcome outcome, Usage before, Usage after) {
		return new Run(subject, shape.name(), round, outcome.bets(), outcome.seconds(), outcome.betsPerSecond(),
				outcome.millisAt(50), outcome.millisAt(99), outcome.millisAt(99.9), outcome.millisAt(100),
				after.cpuSeconds() - before.cpuSeconds(), after.peakBytes());
	}

}
