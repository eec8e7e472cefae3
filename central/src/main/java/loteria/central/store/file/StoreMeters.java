package loteria.central.store.file;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;

/**
 * What the writing thread measures of itself.
 */
final class StoreMeters {

	private static final String REQUESTS = "requests";

	private final MeterRegistry registry;

	private final Timer commit;

	private final DistributionSummary group;

	StoreMeters(MeterRegistry registry) {
		this.registry = registry;
		this.commit = Timer.builder("lottery.store.commit")
			.description("Writing and forcing one group")
			.publishPercentileHistogram()
			.minimumExpectedValue(Duration.ofNanos(10_000))
			.maximumExpectedValue(Duration.ofSeconds(5))
			.register(registry);
		this.group = DistributionSummary.builder("lottery.store.group.size")
			.description("What one group wrote: batches and finished agencies")
			.baseUnit(REQUESTS)
			.register(registry);
	}

	void waiting(WorkQueue queue) {
		Gauge.builder("lottery.store.queue", queue, WorkQueue::size)
			.description("Batches and finished agencies that wait to be written")
			.baseUnit(REQUESTS)
			.register(this.registry);
	}

	void disk(FreeSpace space) {
		Gauge.builder("lottery.store.free", space, StoreMeters::free)
			.description("Free disk where the store is")
			.baseUnit(BaseUnits.BYTES)
			.register(this.registry);
		Gauge.builder("lottery.store.min.free", space, FreeSpace::floor)
			.description("Free disk below which batches are refused")
			.baseUnit(BaseUnits.BYTES)
			.register(this.registry);
	}

	private static double free(FreeSpace space) {
		try {
			return space.free();
		}
		catch (IOException ex) {
			return Double.NaN;
		}
	}

	void committed(long nanos, int size) {
		this.commit.record(nanos, TimeUnit.NANOSECONDS);
		this.group.record(size);
	}

}
