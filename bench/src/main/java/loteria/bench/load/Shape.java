package loteria.bench.load;

import java.time.Duration;
import java.util.Locale;

/**
 * What a load looks like.
 *
 * @param connections at once, each of an agency of its own
 * @param batch bets a batch
 * @param window batches under way on a connection before an answer is waited for
 * @param bets in all
 * @param limit after which nothing more is sent, however much of {@code bets} is left
 * @param rate bets a second, sent when they are due whatever was answered, so that
 * {@code window} counts for nothing; 0 for as fast as the answers come
 */
public record Shape(int connections, int batch, int window, long bets, Duration limit, double rate) {

	public Shape {
		require(connections >= 1, "connections", connections);
		require(batch >= 1, "batch", batch);
		require(window >= 1, "window", window);
		require(bets >= 1, "bets", bets);
		require(limit.isPositive(), "limit", limit);
		require(rate >= 0, "rate", rate);
	}

	private static void require(boolean holds, String what, Object value) {
		if (!holds) {
			throw new IllegalArgumentException(String.format(Locale.ROOT, "%s of a load is %s", what, value));
		}
	}

	public Shape with(long bets, Duration limit) {
		return new Shape(this.connections, this.batch, this.window, bets, limit, this.rate);
	}

	public Shape at(double rate) {
		return new Shape(this.connections, this.batch, this.window, this.bets, this.limit, rate);
	}

	/** As in a table. */
	public String name() {
		return String.format(Locale.ROOT, "%,d %s, %,d a batch, %s under way", this.connections,
				(this.connections == 1) ? "connection" : "connections", this.batch,
				(this.window == 1) ? "one" : this.window);
	}

}
