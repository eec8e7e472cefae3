package loteria.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param bets that were answered, all of them as stored
 * @param seconds from the first message to the last answer
 * @param nanos each message took from when it could be sent, or was due, to its answer
 */
public record Outcome(double bets, double seconds, Histogram nanos) {

	public double betsPerSecond() {
		return this.bets / this.seconds;
	}

	public double millisAt(double percentile) {
		return this.nanos.getValueAtPercentile(percentile) / 1e6;
	}

}
