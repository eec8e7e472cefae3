package loteria.central.ops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.ops.DrawSnapshot.Connections;
import loteria.central.ops.DrawSnapshot.Limit;
import loteria.central.ops.DrawSnapshot.Refusals;
import loteria.central.tcp.Capacity;
import loteria.protocol.Refusal.Reason;

/**
 * Who is connected and what was refused, out of the listeners' meters. One thread at a
 * time.
 */
final class TrafficWatch {

	/** The setting behind a refusal, where there is one. */
	private static final Map<Reason, String> SETTINGS = Map.of(Reason.OVERLOADED, "central.connections.memory",
			Reason.TOO_LONG, "central.connections.max-message", Reason.TOO_SLOW, "central.connections.message",
			Reason.DRAW_TIMEOUT, "central.draw.timeout", Reason.STORE_FULL, "central.store.min-free",
			Reason.UNKNOWN_AGENCY, "central.agencies");

	private final MeterRegistry registry;

	private final Capacity capacity;

	private final Map<String, Refusals> before = new HashMap<>();

	private boolean first = true;

	TrafficWatch(MeterRegistry registry, Capacity capacity) {
		this.registry = registry;
		this.capacity = capacity;
	}

	Connections connections() {
		SortedMap<String, Integer> open = new TreeMap<>();
		for (Gauge gauge : this.registry.find("lottery.connections.open").gauges()) {
			open.merge(String.valueOf(gauge.getId().getTag("dialect")), (int) gauge.value(), Integer::sum);
		}
		return new Connections(open.values().stream().mapToInt(Integer::intValue).sum(),
				this.capacity.connections().max(), open);
	}

	/** The latest first. */
	List<Refusals> refusals(Instant at) {
		Map<String, Long> counts = new HashMap<>();
		for (Counter counter : this.registry.find("lottery.refusals").counters()) {
			counts.merge(String.valueOf(counter.getId().getTag("reason")), (long) counter.count(), Long::sum);
		}
		counts.forEach((reason, count) -> {
			Refusals seen = this.before.get(reason);
			if (count > ((seen == null) ? 0 : seen.count())) {
				this.before.put(reason, new Refusals(reason, count, this.first ? null : at));
			}
		});
		this.first = false;
		return this.before.values()
			.stream()
			.sorted(Comparator.comparing(Refusals::last, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
				.thenComparing(Comparator.comparingLong(Refusals::count).reversed()))
			.toList();
	}

	List<Limit> limits(Connections connections, List<Refusals> refusals) {
		List<Limit> limits = new ArrayList<>();
		if (connections.open() >= connections.max()) {
			limits.add(new Limit("central.connections.max", Limit.Kind.REACHED, connections.max()));
		}
		for (Reason reason : SETTINGS.keySet().stream().sorted().toList()) {
			long count = count(refusals, reason);
			if (count > 0) {
				limits.add(new Limit(String.valueOf(SETTINGS.get(reason)), Limit.Kind.REFUSED, count));
			}
		}
		this.capacity.lowered()
			.forEach((lowered) -> limits.add(new Limit(lowered.key(), Limit.Kind.LOWERED, lowered.value())));
		return limits;
	}

	static long count(List<Refusals> refusals, Reason reason) {
		return refusals.stream()
			.filter((refusal) -> refusal.reason().equals(reason.tag()))
			.mapToLong(Refusals::count)
			.findAny()
			.orElse(0);
	}

}
