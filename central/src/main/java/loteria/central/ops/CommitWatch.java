package loteria.central.ops;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import loteria.central.ops.DrawSnapshot.Commits;
import org.jspecify.annotations.Nullable;

/**
 * What commits did since it was asked last, out of the store's meters. One thread at a
 * time.
 */
final class CommitWatch {

	private static final double PART = 0.99;

	private final MeterRegistry registry;

	private long count;

	private double millis;

	private CountAtBucket[] buckets = {};

	CommitWatch(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * @param seconds since the last time, or null where that tells no rate
	 */
	Commits look(@Nullable Double seconds) {
		Gauge queue = this.registry.find("lottery.store.queue").gauge();
		int waiting = (queue == null) ? 0 : (int) queue.value();
		Timer timer = this.registry.find("lottery.store.commit").timer();
		if (timer == null) {
			return new Commits(waiting, null, null, null);
		}
		HistogramSnapshot now = timer.takeSnapshot();
		long commits = now.count() - this.count;
		double mean = (now.total(TimeUnit.MILLISECONDS) - this.millis) / commits;
		Double p99 = p99(now.histogramCounts());
		this.count = now.count();
		this.millis = now.total(TimeUnit.MILLISECONDS);
		this.buckets = now.histogramCounts();
		if (seconds == null) {
			return new Commits(waiting, null, null, null);
		}
		return new Commits(waiting, commits / seconds, (commits > 0) ? mean : null, p99);
	}

	/** The upper end of the bucket where the most of the new ones are reached. */
	private @Nullable Double p99(CountAtBucket[] now) {
		double[] fresh = new double[now.length];
		for (int i = 0; i < now.length; i++) {
			fresh[i] = now[i].count() - ((i < this.buckets.length) ? this.buckets[i].count() : 0);
		}
		double all = Arrays.stream(fresh).max().orElse(0);
		for (int i = 0; i < now.length; i++) {
			if (all > 0 && fresh[i] >= all * PART) {
				return now[i].bucket(TimeUnit.MILLISECONDS);
			}
		}
		return null;
	}

}
