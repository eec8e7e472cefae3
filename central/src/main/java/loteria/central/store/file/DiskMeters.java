package loteria.central.store.file;

import java.io.IOException;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;

/**
 * What there is to know of the disk under a store.
 */
final class DiskMeters {

	private DiskMeters() {
	}

	static void register(MeterRegistry registry, FreeSpace space) {
		Gauge.builder("lottery.store.free", space, DiskMeters::free)
			.description("Free disk where the store is")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("lottery.store.min.free", space, FreeSpace::floor)
			.description("Free disk below which batches are refused")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
	}

	private static double free(FreeSpace space) {
		try {
			return space.free();
		}
		catch (IOException ex) {
			return Double.NaN;
		}
	}

}
