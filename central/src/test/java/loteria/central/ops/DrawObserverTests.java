package loteria.central.ops;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

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

	private long nanos;

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
		this.observer = new DrawObserver(this.store, draw, this.settings, capacity, this.registry, clock,
				() -> this.nanos);
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
		assertThat(first.agencies()).isEqualTo(new DrawSnapshot.Agencies(4, true, 2, 2, 1));
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
		pass(1);
		DrawSnapshot second = this.observer.look();
		assertThat(second.state()).isEqualTo(State.TIMED_OUT);
		assertThat(second.refusals())
			.containsExactly(new DrawSnapshot.Refusals("draw_timeout", 1, Instant.ofEpochSecond(1)));
		assertThat(second.limits()).containsExactly(new Limit("central.draw.timeout", Limit.Kind.REFUSED, 1),
				new Limit("central.connections.max", Limit.Kind.LOWERED, 1));
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
		given(this.store.health()).willReturn(new StoreHealth("no room", Map.of()));
		assertThat(this.observer.look().problem()).isEqualTo("no room");
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

	private static AgencyRow row(DrawSnapshot snapshot, int agency) {
		return snapshot.rows().stream().filter((row) -> row.agency() == agency).findAny().orElseThrow();
	}

}
