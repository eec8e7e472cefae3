package loteria.central.ops;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Limit;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.ops.DrawSnapshot.State;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.Draw;
import loteria.central.settings.CentralSettings.Store;
import loteria.central.settings.CentralSettings.StoreType;
import loteria.central.settings.Connections;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreHealth;
import loteria.central.tcp.Capacity;
import loteria.central.tcp.Presence;
import loteria.central.tcp.Presence.Peer;
import loteria.central.tcp.Presence.Refused;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

class DrawObserverTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final BetStore store = Mockito.mock(BetStore.class);

	private final TreeMap<Integer, Long> counts = new TreeMap<>(Map.of(1, 100L, 2, 50L));

	private final CentralSettings settings = Mockito.mock(CentralSettings.class);

	private final Presence presence = Mockito.mock(Presence.class);

	private long nanos;

	private DrawCoordinator draw;

	private Capacity capacity;

	private Clock clock;

	private DrawObserver observer;

	@BeforeEach
	void open() {
		given(this.store.drawn()).willReturn(Optional.empty());
		given(this.store.closedAgencies()).willReturn(Set.of(2));
		given(this.store.counts()).willAnswer((_) -> new TreeMap<>(this.counts));
		given(this.store.health()).willReturn(new StoreHealth(null, Map.of()));
		InstantSource source = () -> Instant.EPOCH.plusNanos(this.nanos);
		Clock clock = source.withZone(ZoneOffset.UTC);
		Draw named = Mockito.mock(Draw.class);
		given(named.name()).willReturn("draw");
		given(this.settings.draw()).willReturn(named);
		given(this.settings.store())
			.willReturn(new Store(StoreType.FILE, Path.of("a store"), DataSize.ofBytes(0), Duration.ofSeconds(1)));
		DrawCoordinator draw = Mockito.mock(DrawCoordinator.class);
		given(draw.expected()).willReturn(4);
		given(draw.expectsListed()).willReturn(true);
		given(draw.finished()).willReturn(1);
		given(draw.missing(Set.of(1, 2), 2)).willReturn(List.of(3, 4));
		Connections limits = Mockito.mock(Connections.class);
		given(limits.max()).willReturn(1);
		Capacity capacity = new Capacity(limits, 1, 1, List.of(new Capacity.Lowered("central.connections.max", 1, "")));
		this.draw = draw;
		this.capacity = capacity;
		this.clock = clock;
		this.observer = observer();
	}

	private DrawObserver observer() {
		return new DrawObserver(this.store, this.draw, this.settings, this.capacity, this.presence, this.registry,
				this.clock, () -> this.nanos);
	}

	private void pass(double seconds) {
		this.nanos += (long) (seconds * 1e9);
	}

	@Test
	void looksOnceASecondHoweverManyAsk() {
		DrawSnapshot first = this.observer.look();
		pass(0.9);
		assertThat(this.observer.look()).isSameAs(first);
		Mockito.verify(this.store, Mockito.times(1)).counts();
		pass(0.1);
		assertThat(this.observer.look()).isNotSameAs(first);
	}

	@Test
	void tellsRatesOfTheLastSecondAndNoneWhenItLookedLongAgo() {
		assertThat(this.observer.look().betsPerSecond()).isNull();
		pass(2);
		this.counts.put(1, 200L);
		DrawSnapshot second = this.observer.look();
		assertThat(second.betsPerSecond()).isEqualTo(50);
		assertThat(row(second, 1).betsPerSecond()).isEqualTo(50);
		assertThat(row(second, 2).betsPerSecond()).isZero();
		pass(60);
		assertThat(this.observer.look().betsPerSecond()).isNull();
	}

	@Test
	void namesThoseThatAreMissingAndThoseThatStandStill() {
		DrawSnapshot first = this.observer.look();
		assertThat(first.rows()).map(AgencyRow::agency).containsExactly(3, 4, 1, 2);
		assertThat(first.rows()).map(AgencyRow::state)
			.containsExactly(Progress.MISSING, Progress.MISSING, Progress.SENDING, Progress.FINISHED);
		assertThat(first.agencies()).isEqualTo(new DrawSnapshot.Agencies(4, true, 2, 2, 0, 0, 1));
		pass(10);
		AgencyRow still = row(this.observer.look(), 1);
		assertThat(still.state()).isEqualTo(Progress.STUCK);
		assertThat(still.quietSince()).isEqualTo(Instant.EPOCH);
		this.counts.put(1, 101L);
		pass(1);
		assertThat(row(this.observer.look(), 1).state()).isEqualTo(Progress.SENDING);
	}

	@Test
	void saysWhichLimitsBiteAndThatTheDrawIsOverdue() {
		assertThat(this.observer.look().state()).isEqualTo(State.COLLECTING);
		Counter.builder("lottery.refusals")
			.tags("dialect", "lines", "reason", "draw_timeout")
			.register(this.registry)
			.increment();
		Counter.builder("lottery.limits.reached").tags("limit", "message").register(this.registry).increment();
		pass(1);
		DrawSnapshot second = this.observer.look();
		assertThat(second.state()).isEqualTo(State.TIMED_OUT);
		assertThat(second.refusals())
			.containsExactly(new DrawSnapshot.Refusals("draw_timeout", 1, Instant.ofEpochSecond(1)));
		assertThat(second.limits()).containsExactly(new Limit("central.connections.message", false, 1),
				new Limit("central.connections.max", true, 1));
	}

	@Test
	void namesTheCommandThatVerifiesTheDraw() {
		given(this.store.drawn()).willReturn(Optional.of(DrawRecord.of("draw", 7574, Instant.EPOCH, List.of())));
		assertThat(this.observer.look().result().verify()).isEqualTo("java -jar central.jar verify 'a store'");
		given(this.settings.store())
			.willReturn(new Store(StoreType.POSTGRES, Path.of("a store"), DataSize.ofBytes(0), Duration.ofSeconds(1)));
		pass(1);
		assertThat(this.observer.look().result().verify())
			.isEqualTo("java -jar central.jar verify --central.store.type=postgres --central.draw.name=draw");
	}

	@Test
	void saysWhatIsWrong() {
		given(this.store.health())
			.willReturn(new StoreHealth(new Refusal(Reason.STORE_FULL, "no room"), Map.of("free", 5L, "minFree", 9L)));
		assertThat(this.observer.look().problem()).isEqualTo(new DrawSnapshot.Problem("store_full", "no room"));
		assertThat(this.observer.look().disk()).isEqualTo(new DrawSnapshot.Disk(5L, 9L));
	}

	@Test
	void tellsHowLongCommitsTookThatCameSince() {
		Timer commits = Timer.builder("lottery.store.commit")
			.serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100))
			.register(this.registry);
		commits.record(90, TimeUnit.MILLISECONDS);
		assertThat(this.observer.look().commits().meanMillis()).isNull();
		for (int i = 0; i < 4; i++) {
			commits.record(5, TimeUnit.MILLISECONDS);
		}
		pass(2);
		assertThat(this.observer.look().commits()).isEqualTo(new DrawSnapshot.Commits(0, 2.0, 5.0, 10.0));
		pass(1);
		assertThat(this.observer.look().commits()).isEqualTo(new DrawSnapshot.Commits(0, 0.0, null, null));
	}

	@Test
	void tellsOfEachAgencyWhetherItIsThereAndWhoMustBeStartedAgain() {
		Instant came = Instant.EPOCH;
		given(this.presence.agencies())
			.willReturn(Map.of(3, new Peer(Presence.State.CONNECTED, came, "10.0.0.3", "lines", null, null)));
		DrawSnapshot first = this.observer.look();
		assertThat(row(first, 3)).isEqualTo(new AgencyRow(3, Progress.MISSING, 0, null, null, null, "connected", came,
				"10.0.0.3", "lines", null, null));
		assertThat(row(first, 1).presence()).as("may be on its way back").isNull();
		pass(11);
		given(this.presence.agencies()).willReturn(Map.of(3,
				new Peer(Presence.State.GONE, came.plusSeconds(9), "10.0.0.3", "lines", Reason.INVALID_BET, came)));
		DrawSnapshot second = this.observer.look();
		assertThat(row(second, 3).presence()).isEqualTo("gone");
		assertThat(row(second, 3).refusal()).isEqualTo("invalid_bet");
		assertThat(row(second, 1).presence()).as("has not come again").isEqualTo("gone");
		assertThat(second.agencies()).isEqualTo(new DrawSnapshot.Agencies(4, true, 2, 2, 1, 2, 1));
	}

	@Test
	void whereOthersShareTheDrawWhoIsNotHereMayBeElsewhere() {
		given(this.settings.store())
			.willReturn(new Store(StoreType.POSTGRES, Path.of("a store"), DataSize.ofBytes(0), Duration.ofSeconds(1)));
		this.observer = observer();
		given(this.presence.agencies())
			.willReturn(Map.of(1, new Peer(Presence.State.GONE, Instant.EPOCH, "10.0.0.3", "lines", null, null)));
		this.observer.look();
		pass(11);
		assertThat(this.observer.look().rows()).map(AgencyRow::presence).containsOnlyNulls();
	}

	@Test
	void tellsWhatHappenedTheLatestFirst() {
		assertThat(events()).containsExactly("started 150");
		given(this.presence.agencies())
			.willReturn(Map.of(3, new Peer(Presence.State.CONNECTED, at(1), "10.0.0.3", "lines", null, null)));
		given(this.store.health()).willReturn(new StoreHealth(new Refusal(Reason.STORE_FULL, "no room"), Map.of()));
		pass(1);
		assertThat(events()).containsExactlyInAnyOrder("came 3", "problem store_full", "started 150");
		given(this.presence.agencies())
			.willReturn(Map.of(3, new Peer(Presence.State.GONE, at(2), "10.0.0.3", "lines", null, null)));
		given(this.presence.refusals())
			.willReturn(List.of(new Refused(at(3), 0, "10.0.0.9", "csv", Reason.FORBIDDEN, 7)));
		given(this.store.health()).willReturn(new StoreHealth(null, Map.of()));
		given(this.store.closedAgencies()).willReturn(Set.of(1, 2));
		given(this.store.drawn()).willReturn(Optional.of(DrawRecord.of("draw", 7574, at(5), List.of())));
		pass(3);
		assertThat(events()).containsExactly("drawn", "mended", "finished 1", "refused forbidden 7", "went 3 gone",
				"problem store_full", "came 3", "started 150");
	}

	@Test
	void tellsNoMoreThanAHundredThingsThatHappened() {
		for (int i = 0; i < 200; i++) {
			given(this.presence.agencies()).willReturn(
					Map.of(3, new Peer(Presence.State.values()[i % 2], at(i), "10.0.0.3", "lines", null, null)));
			this.observer.look();
			pass(1);
		}
		assertThat(this.observer.look().events()).hasSizeLessThanOrEqualTo(100).hasSizeGreaterThan(50);
	}

	@Test
	void keepsTheLastQuarterOfAnHourForWhoComesLater() {
		for (int i = 0; i < 1000; i++) {
			this.observer.keepLooking();
			pass(1);
		}
		assertThat(this.observer.history()).hasSize(900);
		assertThat(this.observer.history().getLast().at()).isEqualTo(999);
	}

	private static Instant at(long second) {
		return Instant.ofEpochSecond(second);
	}

	private List<String> events() {
		return this.observer.look()
			.events()
			.stream()
			.map((event) -> Stream
				.of(event.kind().word(), event.agency(), event.detail(), (event.count() == 1) ? null : event.count())
				.filter(Objects::nonNull)
				.map(String::valueOf)
				.collect(Collectors.joining(" ")))
			.toList();
	}

	private static AgencyRow row(DrawSnapshot snapshot, int agency) {
		return snapshot.rows().stream().filter((row) -> row.agency() == agency).findAny().orElseThrow();
	}

}
