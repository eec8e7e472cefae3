package loteria.central.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Problem;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.settings.CentralSettings;
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

	private final DrawObserver observer;

	private final MeterRegistry registry;

	private final int most;

	/** Agencies that have a series of their own. */
	private final Set<Integer> named = ConcurrentHashMap.newKeySet();

	private final MultiGauge waitedFor;

	private boolean hasOthers;

	DrawMeters(DrawObserver observer, MeterRegistry registry, CentralSettings settings) {
		this.observer = observer;
		this.registry = registry;
		this.most = settings.metrics().agencies();
		this.waitedFor = MultiGauge.builder("lottery.draw.waits.for")
			.description("1 for each agency that is missing, stuck, or gone without its winners")
			.baseUnit(AGENCIES)
			.register(registry);
		gauge("lottery.draw.expected", AGENCIES, "Agencies that the draw is for", (draw) -> draw.agencies().expected());
		gauge("lottery.draw.finished", AGENCIES, "Agencies that have finished", (draw) -> draw.agencies().finished());
		gauge("lottery.draw.pending", AGENCIES, "Agencies that the draw still waits for",
				(draw) -> (draw.result() != null) ? 0
						: Math.max(0, draw.agencies().expected() - draw.agencies().finished()));
		gauge("lottery.draw.missing", AGENCIES, "Agencies that are expected, have no bets and have not finished",
				(draw) -> (draw.result() != null) ? 0 : draw.agencies().missing());
		gauge("lottery.draw.stuck", AGENCIES, "Agencies with bets that have not finished and send no more",
				(draw) -> (draw.result() != null) ? 0 : draw.agencies().stuck());
		gauge("lottery.draw.gone", AGENCIES, "Agencies that went without their winners and must be started again",
				(draw) -> draw.agencies().gone());
		gauge("lottery.draw.drawn", null, "Whether the draw has happened: 1 if so, else 0",
				(draw) -> (draw.result() != null) ? 1 : 0);
		gauge("lottery.draw.winners", "winners", "Winning bets of the draw, 0 before it",
				(draw) -> (draw.result() != null) ? draw.result().winners() : 0);
		gauge("lottery.store.bets", BETS, "Bets in the store", DrawSnapshot::bets);
		gauge("lottery.store.writable", null, "Whether bets can be stored: 1 if so, else 0",
				(draw) -> (draw.problem() == null || draw.problem().kind().equals(Problem.DRAW)) ? 1 : 0);
	}

	private void gauge(String name, @Nullable String unit, String description, ToDoubleFunction<DrawSnapshot> value) {
		Gauge.builder(name, this.observer, (all) -> value.applyAsDouble(all.look()))
			.description(description)
			.baseUnit(unit)
			.register(this.registry);
	}

	/** Names those that the draw waits for, and those that went without their winners. */
	private void nameWaitedFor() {
		DrawSnapshot draw = this.observer.look();
		List<Row<?>> rows = new ArrayList<>();
		for (AgencyRow row : draw.rows()) {
			boolean gone = AgencyWatch.GONE.equals(row.presence());
			boolean late = draw.result() == null && (row.state() == Progress.MISSING || row.state() == Progress.STUCK);
			if (rows.size() < this.most && (gone || late)) {
				rows.add(Row.of(Tags.of("agency", String.valueOf(row.agency()), "state",
						gone ? AgencyWatch.GONE : row.state().word()), 1));
			}
		}
		this.waitedFor.register(rows, true);
	}

	/** Gives agencies that are new their series, as long as there may be more. */
	@Scheduled(fixedDelay = 2000)
	void name() {
		nameWaitedFor();
		Set<Integer> unnamed = new TreeSet<>(this.observer.counts().keySet());
		unnamed.removeAll(this.named);
		for (int agency : unnamed) {
			if (this.named.size() < this.most) {
				this.named.add(agency);
				ofAgency(String.valueOf(agency), (_) -> this.observer.counts().getOrDefault(agency, 0L));
			}
			else if (!this.hasOthers) {
				this.hasOthers = true;
				ofAgency(OTHER, (_) -> others());
			}
		}
	}

	private long others() {
		return this.observer.counts()
			.entrySet()
			.stream()
			.filter((entry) -> !this.named.contains(entry.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	private void ofAgency(String agency, ToDoubleFunction<DrawObserver> bets) {
		Gauge.builder("lottery.store.agency.bets", this.observer, bets)
			.description("Bets in the store, by agency")
			.baseUnit(BETS)
			.tag("agency", agency)
			.register(this.registry);
	}

}
