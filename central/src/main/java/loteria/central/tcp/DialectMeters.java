package loteria.central.tcp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters of each dialect, which all its listeners share.
 */
final class DialectMeters {

	private final MeterRegistry registry;

	private final Map<String, ListenerMeters> meters = new ConcurrentHashMap<>();

	DialectMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	ListenerMeters of(String dialect) {
		return this.meters.computeIfAbsent(dialect, (name) -> new ListenerMeters(name, this.registry));
	}

}
