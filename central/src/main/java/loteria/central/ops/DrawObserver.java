package loteria.central.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.ops.DrawSnapshot.Agencies;
import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Connections;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.ops.DrawSnapshot.Refusals;
import loteria.central.ops.DrawSnapshot.Result;
import loteria.central.ops.DrawSnapshot.State;
import loteria.central.settings.CentralSettings;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.tcp.Capacity;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks at the draw when somebody asks, and not more than once a second however many ask.
 * Nothing is done while nobody does.
 */
@Component
public final class DrawObserver {

	/** How old a snapshot may be. */
	public static final Duration PERIOD = Duration.ofSeconds(1);

	/**
	 * An agency that has not finished and from which nothing came for so long stands
	 * still.
	 */
	static final Duration STUCK = Duration.ofSeconds(10);

	/** What lies further back tells nothing of how fast it goes now. */
	static final Duration RECENT = Duration.ofSeconds(10);

	/** Of agencies, half of it for those that are missing. */
	private static final int MOST_ROWS = 5000;

	private final BetStore store;

	private final DrawCoordinator draw;

	private final CentralSettings settings;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final AgencyWatch agencies = new AgencyWatch();

	private final CommitWatch commits;

	private final TrafficWatch traffic;

	private @Nullable DrawSnapshot last;

	private long lastTime;

	@Autowired
	DrawObserver(BetStore store, DrawCoordinator draw, CentralSettings settings, Capacity capacity,
			MeterRegistry registry, Clock clock) {
		this(store, draw, settings, capacity, registry, clock, System::nanoTime);
	}

	DrawObserver(BetStore store, DrawCoordinator draw, CentralSettings settings, Capacity capacity,
			MeterRegistry registry, Clock clock, LongSupplier nanoTime) {
		this.store = store;
		this.draw = draw;
		this.settings = settings;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.commits = new CommitWatch(registry);
		this.traffic = new TrafficWatch(registry, capacity);
	}

	/** The draw now, or as it was within the last second. */
	public synchronized DrawSnapshot look() {
		long now = this.nanoTime.getAsLong();
		DrawSnapshot before = this.last;
		if (before != null && now - this.lastTime < PERIOD.toNanos()) {
			return before;
		}
		boolean recent = before != null && now - this.lastTime < RECENT.toNanos();
		Double seconds = recent ? (now - this.lastTime) / 1e9 : null;
		DrawSnapshot snapshot = snapshot(before, seconds);
		this.last = snapshot;
		this.lastTime = now;
		return snapshot;
	}

	private DrawSnapshot snapshot(@Nullable DrawSnapshot before, @Nullable Double seconds) {
		Instant at = this.clock.instant();
		DrawRecord record = this.store.drawn().orElse(null);
		SortedMap<Integer, Long> stored = this.store.counts();
		long bets = stored.values().stream().mapToLong(Long::longValue).sum();
		List<AgencyRow> seen = this.agencies.look(stored, this.store.closedAgencies(), at, seconds, record);
		Agencies counts = counts(seen.size());
		List<AgencyRow> rows = rows(seen, counts.missing());
		Connections connections = this.traffic.connections();
		List<Refusals> refusals = this.traffic.refusals(at);
		String problem = problem();
		return new DrawSnapshot(at, state(record, counts, refusals), this.settings.draw().name(),
				this.settings.draw().winningNumber(), counts, bets,
				(before != null && seconds != null) ? (bets - before.bets()) / seconds : null, result(record), problem,
				connections, this.commits.look(seconds), refusals, this.traffic.limits(connections, refusals), rows,
				seen.size() + (counts.listed() ? counts.missing() : 0) - rows.size());
	}

	private @Nullable String problem() {
		String problem = this.store.health().problem();
		return (problem != null) ? problem : this.draw.failure();
	}

	private Agencies counts(int seen) {
		int expected = this.draw.expected();
		return new Agencies(expected, this.draw.expectsListed(), seen, Math.max(0, expected - seen),
				this.draw.finished());
	}

	private List<AgencyRow> rows(List<AgencyRow> seen, int missing) {
		int room = Math.min(missing, Math.max(MOST_ROWS / 2, MOST_ROWS - seen.size()));
		Set<Integer> there = seen.stream().map(AgencyRow::agency).collect(Collectors.toSet());
		List<AgencyRow> rows = new ArrayList<>();
		for (int agency : this.draw.missing(there, room)) {
			rows.add(new AgencyRow(agency, Progress.MISSING, 0, null, null, null));
		}
		rows.addAll(seen.subList(0, Math.min(seen.size(), MOST_ROWS - rows.size())));
		return List.copyOf(rows);
	}

	private static State state(@Nullable DrawRecord record, Agencies counts, List<Refusals> refusals) {
		if (record != null) {
			return State.DRAWN;
		}
		if (counts.finished() >= counts.expected()) {
			return State.SEALED;
		}
		return (TrafficWatch.count(refusals, Reason.DRAW_TIMEOUT) > 0) ? State.TIMED_OUT : State.COLLECTING;
	}

	private @Nullable Result result(@Nullable DrawRecord record) {
		return (record == null) ? null
				: new Result(record.instant(), record.bets(), record.agencies().size(),
						record.agencies().stream().mapToLong(DrawRecord.AgencyRecord::winners).sum(), record.sha256(),
						"java -jar central.jar verify " + where());
	}

	/** The address of a database is not for everybody who sees the page. */
	private String where() {
		return switch (this.settings.store().type()) {
			case FILE -> quoted(this.settings.store().directory().toString());
			case POSTGRES -> "--central.store.type=postgres --central.draw.name=" + quoted(this.settings.draw().name());
		};
	}

	/** As a shell takes it for one word. */
	private static String quoted(String word) {
		return word.matches("[\\w./+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
	}

}
