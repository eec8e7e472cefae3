package loteria.central.store.commit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What the writing thread measures of itself.
 */
public final class StoreMeters {

	private static final String REQUESTS = "requests";

	private final MeterRegistry registry;

	private final Timer commit;

	private final DistributionSummary group;

	public StoreMeters(MeterRegistry registry) {
		this.registry = registry;
		this.commit = Timer.builder("lottery.store.commit")
			.description("Storing one group durably")
			.publishPercentileHistogram()
			.minimumExpectedValue(Duration.ofNanos(10_000))
			.maximumExpectedValue(Duration.ofSeconds(5))
			.register(registry);
		this.group = DistributionSummary.builder("lottery.store.group.size")
			.description("What one group wrote: batches and finished agencies")
			.baseUnit(REQUESTS)
			.register(registry);
	}

	public void waiting(WorkQueue queue) {
		Gauge.builder("lottery.store.queue", queue, WorkQueue::size)
			.description("Batches and finished agencies that wait to be written")
			.baseUnit(REQUESTS)
			.register(this.registry);
	}

	public void committed(long nanos, int size) {
		this.commit.record(nanos, TimeUnit.NANOSECONDS);
		this.group.record(size);
	}

}
