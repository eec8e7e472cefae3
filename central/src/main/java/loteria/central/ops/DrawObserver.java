package loteria.central.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.ops.DrawSnapshot.Agencies;
import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Disk;
import loteria.central.ops.DrawSnapshot.Point;
import loteria.central.ops.DrawSnapshot.Problem;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.ops.DrawSnapshot.Refusals;
import loteria.central.ops.DrawSnapshot.Result;
import loteria.central.ops.DrawSnapshot.State;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.StoreType;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreHealth;
import loteria.central.tcp.Capacity;
import loteria.central.tcp.Presence;
import loteria.central.tcp.Presence.Peer;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks at the draw once a second, however many ask: what the page, its JSON and the
 * meters show is the same look.
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

	/** What the charts show: a quarter of an hour. */
	private static final int POINTS = 900;

	/** Of agencies, half of it for those that are missing. */
	private static final int MOST_ROWS = 5000;

	private final BetStore store;

	private final DrawCoordinator draw;

	private final CentralSettings settings;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final Presence presence;

	private final Instant started;

	private final AgencyWatch agencies;

	private final Happenings happenings = new Happenings();

	private final Deque<Point> history = new ArrayDeque<>(POINTS);

	private SortedMap<Integer, Long> counts = new TreeMap<>();

	private final CommitWatch commits;

	private final TrafficWatch traffic;

	private @Nullable DrawSnapshot last;

	private long lastTime;

	@Autowired
	DrawObserver(BetStore store, DrawCoordinator draw, CentralSettings settings, Capacity capacity, Presence presence,
			MeterRegistry registry, Clock clock) {
		this(store, draw, settings, capacity, presence, registry, clock, System::nanoTime);
	}

	DrawObserver(BetStore store, DrawCoordinator draw, CentralSettings settings, Capacity capacity, Presence presence,
			MeterRegistry registry, Clock clock, LongSupplier nanoTime) {
		this.store = store;
		this.draw = draw;
		this.settings = settings;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.presence = presence;
		this.started = clock.instant();
		this.agencies = new AgencyWatch(this.started, settings.store().type() == StoreType.FILE);
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
		if (this.history.size() == POINTS) {
			this.history.removeFirst();
		}
		this.history.addLast(new Point(snapshot.at().toEpochMilli() / 1e3, snapshot.betsPerSecond(),
				snapshot.commits().meanMillis(), snapshot.commits().p99Millis(), snapshot.commits().queue()));
		return snapshot;
	}

	/** Takes note of what happens between two questions. */
	@Scheduled(fixedRate = 1000)
	void keepLooking() {
		look();
	}

	/** Of the last quarter of an hour, a point a second. */
	public synchronized List<Point> history() {
		return List.copyOf(this.history);
	}

	/** How many bets each agency has, also of those that have no row. */
	synchronized SortedMap<Integer, Long> counts() {
		look();
		return this.counts;
	}

	/** All agencies that are missing, as ranges. */
	String missing() {
		return this.draw.missing();
	}

	private DrawSnapshot snapshot(@Nullable DrawSnapshot before, @Nullable Double seconds) {
		Instant at = this.clock.instant();
		DrawRecord record = this.store.drawn().orElse(null);
		SortedMap<Integer, Long> stored = this.store.counts();
		this.counts = stored;
		long bets = stored.values().stream().mapToLong(Long::longValue).sum();
		Map<Integer, Peer> peers = this.presence.agencies();
		List<AgencyRow> seen = this.agencies.look(stored, this.store.closedAgencies(), peers, at, seconds, record);
		Agencies agencies = agencies(seen);
		List<AgencyRow> rows = rows(seen, agencies.missing(), peers, at);
		List<Refusals> refusals = this.traffic.refusals(at);
		StoreHealth health = this.store.health();
		Problem problem = problem(health);
		Result result = result(record);
		if (before == null) {
			this.happenings.started(this.started, bets, seen, result);
		}
		this.happenings.look(at, peers, seen, problem, result);
		return new DrawSnapshot(at, this.started, state(record, agencies, refusals), this.settings.draw().name(),
				this.settings.draw().winningNumber(), agencies, bets,
				(before != null && seconds != null) ? (bets - before.bets()) / seconds : null, result, problem,
				disk(health), this.traffic.connections(), this.commits.look(seconds), refusals, this.traffic.limits(),
				rows, seen.size() + (agencies.listed() ? agencies.missing() : 0) - rows.size(),
				this.happenings.with(this.presence.refusals()));
	}

	private @Nullable Problem problem(StoreHealth health) {
		Refusal refusal = health.refusal();
		if (refusal != null) {
			return new Problem(refusal.reason().tag(), refusal.detail());
		}
		String failure = this.draw.failure();
		return (failure == null) ? null : new Problem(Problem.DRAW, failure);
	}

	private static Disk disk(StoreHealth health) {
		return (health.details().get("free") instanceof Long free
				&& health.details().get("minFree") instanceof Long min) ? new Disk(free, min) : new Disk(null, null);
	}

	private Agencies agencies(List<AgencyRow> seen) {
		int expected = this.draw.expected();
		int stuck = 0;
		int gone = 0;
		for (AgencyRow row : seen) {
			stuck += (row.state() == Progress.STUCK) ? 1 : 0;
			gone += AgencyWatch.GONE.equals(row.presence()) ? 1 : 0;
		}
		return new Agencies(expected, this.draw.expectsListed(), seen.size(), Math.max(0, expected - seen.size()),
				stuck, gone, this.draw.finished());
	}

	private List<AgencyRow> rows(List<AgencyRow> seen, int missing, Map<Integer, Peer> peers, Instant at) {
		int room = Math.min(missing, Math.max(MOST_ROWS / 2, MOST_ROWS - seen.size()));
		Set<Integer> there = seen.stream().map(AgencyRow::agency).collect(Collectors.toSet());
		List<AgencyRow> rows = new ArrayList<>();
		for (int agency : this.draw.missing(there, room)) {
			rows.add(this.agencies.missing(agency, peers.get(agency), at));
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
