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

	private final MeterRegistry registry;

	private final Capacity capacity;

	private final Map<String, Refusals> before = new HashMap<>();

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
				this.before.put(reason, new Refusals(reason, count, at));
			}
		});
		return this.before.values()
			.stream()
			.sorted(Comparator.comparing(Refusals::last, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
				.thenComparing(Comparator.comparingLong(Refusals::count).reversed()))
			.toList();
	}

	/** Closing an idle connection is no more than tidy. */
	List<Limit> limits() {
		SortedMap<String, Long> reached = new TreeMap<>();
		for (loteria.central.tcp.Limit limit : loteria.central.tcp.Limit.values()) {
			Counter counter = this.registry.find("lottery.limits.reached").tag("limit", limit.tag()).counter();
			long times = (counter == null) ? 0 : (long) counter.count();
			if (times > 0 && limit != loteria.central.tcp.Limit.IDLE) {
				reached.merge(limit.setting(), times, Long::sum);
			}
		}
		List<Limit> limits = new ArrayList<>();
		reached.forEach((setting, times) -> limits.add(new Limit(setting, false, times)));
		this.capacity.lowered().forEach((lowered) -> limits.add(new Limit(lowered.key(), true, lowered.value())));
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
