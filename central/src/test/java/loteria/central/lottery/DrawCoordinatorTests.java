package loteria.central.lottery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;

import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request.AwaitWinners;
import loteria.protocol.Request.CloseAgency;
import loteria.protocol.Request.FindWinners;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A draw that fails for a reason that passes.
 */
@Timeout(60)
class DrawCoordinatorTests {

	/** An agency whose winners are not all known. */
	private static final int LOST = 9;

	private static final Reply WINNERS = new Reply.Winners(List.of("11"));

	private final PassingFailure store = new PassingFailure();

	@Test
	void drawsWhenAnAgencyAsksAgain() {
		DrawCoordinator draw = coordinator();
		assertThat(draw.close(new CloseAgency(1))).isEqualTo(new Reply.Acknowledged());
		assertThat(draw.find(new FindWinners(1))).isEqualTo(new Reply.NotReady());
		assertThat(this.store.attempts).isEqualTo(2);
		this.store.fails = false;
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
		assertThat(draw.hasDrawn()).isTrue();
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
		assertThat(this.store.attempts).isEqualTo(3);
	}

	@Test
	void drawsWhenAnAgencyAsksAfterARestartThatCouldNotDraw() {
		this.store.close(1);
		DrawCoordinator draw = coordinator();
		assertThat(draw.hasDrawn()).isFalse();
		this.store.fails = false;
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
	}

	@Test
	void tellsThoseWhoWaitWhenAnotherAsks() {
		DrawCoordinator draw = coordinator();
		CompletableFuture<Reply> waiting = CompletableFuture
			.supplyAsync(() -> draw.await(new AwaitWinners(OptionalInt.of(1))));
		await().until(() -> this.store.attempts == 1);
		this.store.fails = false;
		await().until(() -> draw.find(new FindWinners(1)).equals(WINNERS));
		assertThat(waiting.join()).isEqualTo(WINNERS);
	}

	@Test
	void asksNothingOfTheStoreWhileAgenciesHaveNotFinished() {
		DrawCoordinator draw = coordinator();
		assertThat(draw.find(new FindWinners(1))).isEqualTo(new Reply.NotReady());
		assertThat(this.store.attempts).isZero();
	}

	@Test
	void tellsNoWinnersWhereSomeAreLost() {
		this.store.fails = false;
		DrawCoordinator draw = coordinator();
		draw.close(new CloseAgency(LOST));
		assertThat(draw.find(new FindWinners(LOST))).isInstanceOfSatisfying(Reply.Refused.class,
				(refused) -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.WINNERS_LOST));
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
	}

	private DrawCoordinator coordinator() {
		return new DrawCoordinator(this.store, Clock.systemUTC(), 1, Duration.ofSeconds(30));
	}

	/** Can't draw as long as it fails, and has one winner. */
	private static final class PassingFailure implements BetStore {

		private final Set<Integer> closed = new ConcurrentSkipListSet<>();

		private volatile boolean fails = true;

		private volatile int attempts;

		private volatile @Nullable DrawRecord drawn;

		@Override
		public synchronized DrawRecord draw(Instant now) throws StoreFailure {
			this.attempts++;
			if (this.fails) {
				throw new StoreFailure(StoreFailure.Kind.BROKEN, "no room for the record");
			}
			DrawRecord draw = DrawRecord.of("test", 7574, now, List.of());
			this.drawn = draw;
			return draw;
		}

		@Override
		public Optional<DrawRecord> drawn() {
			return Optional.ofNullable(this.drawn);
		}

		@Override
		public List<String> winners(int agency) {
			return List.of("11");
		}

		@Override
		public boolean knowsWinners(int agency) {
			return agency != LOST;
		}

		@Override
		public @Nullable Refusal close(int agency) {
			this.closed.add(agency);
			return null;
		}

		@Override
		public boolean isClosed(int agency) {
			return this.closed.contains(agency);
		}

		@Override
		public Set<Integer> closedAgencies() {
			return this.closed;
		}

		@Override
		public CompletableFuture<@Nullable Refusal> append(Sequence sequence, Rows rows) {
			throw new UnsupportedOperationException();
		}

		@Override
		public long stored(int agency) {
			return 0;
		}

		@Override
		public Fingerprint fingerprint(int agency) {
			return Fingerprint.EMPTY;
		}

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public void close() {
		}

	}

}
