package loteria.central.ops;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.settings.CentralSettings;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gauges of the draw and of what is in the store, whichever process stored it. Only so
 * many agencies have a series of their own, {@code central.metrics.agencies}: those that
 * were seen first. All others are one, {@value #OTHER}.
 */
@Component
class DrawMeters {

	private static final String AGENCIES = "agencies";

	private static final String BETS = "bets";

	private static final String OTHER = "other";

	/** One look at the store serves all gauges of a scrape. */
	private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final BetStore store;

	private final DrawCoordinator draw;

	private final MeterRegistry registry;

	private final int most;

	/** Agencies that have a series of their own. */
	private final Set<Integer> named = ConcurrentHashMap.newKeySet();

	private boolean hasOthers;

	private long lookedAt;

	private @Nullable Map<Integer, Long> counts;

	DrawMeters(BetStore store, DrawCoordinator draw, MeterRegistry registry, CentralSettings settings) {
		this.store = store;
		this.draw = draw;
		this.registry = registry;
		this.most = settings.metrics().agencies();
		gauge("lottery.draw.expected", AGENCIES, "Agencies that the draw is for", DrawCoordinator::expected);
		gauge("lottery.draw.finished", AGENCIES, "Agencies that have finished", DrawCoordinator::finished);
		gauge("lottery.draw.pending", AGENCIES, "Agencies that the draw still waits for", DrawCoordinator::pending);
		gauge("lottery.draw.drawn", null, "Whether the draw has happened: 1 if so, else 0",
				(coordinator) -> coordinator.hasDrawn() ? 1 : 0);
		gauge("lottery.draw.winners", "winners", "Winning bets of the draw, 0 before it", (_) -> winners());
		gauge("lottery.store.bets", BETS, "Bets in the store",
				(_) -> counts().values().stream().mapToLong(Long::longValue).sum());
		gauge("lottery.store.writable", null, "Whether bets can be stored: 1 if so, else 0",
				(_) -> (store.health().problem() == null) ? 1 : 0);
	}

	private void gauge(String name, @Nullable String unit, String description,
			ToDoubleFunction<DrawCoordinator> value) {
		Gauge.builder(name, this.draw, value).description(description).baseUnit(unit).register(this.registry);
	}

	private long winners() {
		return this.store.drawn()
			.map(DrawRecord::agencies)
			.map((agencies) -> agencies.stream().mapToLong(AgencyRecord::winners).sum())
			.orElse(0L);
	}

	private synchronized Map<Integer, Long> counts() {
		Map<Integer, Long> known = this.counts;
		if (known == null || System.nanoTime() - this.lookedAt > FRESH_NANOS) {
			known = this.store.counts();
			this.counts = known;
			this.lookedAt = System.nanoTime();
		}
		return known;
	}

	/** Gives agencies that are new their series, as long as there may be more. */
	@Scheduled(fixedDelay = 2000)
	void name() {
		Set<Integer> unnamed = new TreeSet<>(counts().keySet());
		unnamed.removeAll(this.named);
		for (int agency : unnamed) {
			if (this.named.size() < this.most) {
				this.named.add(agency);
				ofAgency(String.valueOf(agency), (_) -> counts().getOrDefault(agency, 0L));
			}
			else if (!this.hasOthers) {
				this.hasOthers = true;
				ofAgency(OTHER, (_) -> others());
			}
		}
	}

	private long others() {
		return counts().entrySet()
			.stream()
			.filter((entry) -> !this.named.contains(entry.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	private void ofAgency(String agency, ToDoubleFunction<DrawCoordinator> bets) {
		Gauge.builder("lottery.store.agency.bets", this.draw, bets)
			.description("Bets in the store, by agency")
			.baseUnit(BETS)
			.tag("agency", agency)
			.register(this.registry);
	}

}
