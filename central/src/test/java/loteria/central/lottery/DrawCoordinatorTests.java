package loteria.central.lottery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;

import loteria.bet.DocumentList;
import loteria.bet.Documents;
import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreHealth;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request.AwaitWinners;
import loteria.protocol.Request.CloseAgency;
import loteria.protocol.Request.FindWinners;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Whom a draw waits for, and one that fails for a reason that passes.
 */
@Timeout(180)
class DrawCoordinatorTests {

	/** An agency whose winners are not all known. */
	private static final int LOST = 9;

	private static final Reply WINNERS = new Reply.Winners(List.of("11"));

	private static final Runnable NOTHING = () -> {
	};

	private static final AwaitWinners UNNAMED = new AwaitWinners(OptionalInt.empty());

	private static final Finisher PEER = new Peer("anywhere", NOTHING);

	private final PassingFailure store = new PassingFailure();

	@Test
	void drawsWhenAnAgencyAsksAgain() throws StoreFailure {
		DrawCoordinator draw = coordinator();
		assertThat(draw.close(new CloseAgency(1), NOTHING)).isEqualTo(new Reply.Acknowledged());
		assertThat(draw.find(new FindWinners(1))).isEqualTo(new Reply.NotReady());
		assertThat(this.store.attempts).isEqualTo(2);
		this.store.fails = false;
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
		assertThat(draw.hasDrawn()).isTrue();
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
		assertThat(this.store.attempts).isEqualTo(3);
	}

	@Test
	void finishingAgainAsksNothingOfTheStore() throws StoreFailure {
		DrawCoordinator draw = coordinator();
		for (int i = 0; i < 3; i++) {
			assertThat(draw.close(new CloseAgency(1), NOTHING)).isEqualTo(new Reply.Acknowledged());
		}
		assertThat(this.store.closes).isEqualTo(1);
	}

	@Test
	void drawsWhenAnAgencyAsksAfterARestartThatCouldNotDraw() throws StoreFailure {
		this.store.close(1);
		DrawCoordinator draw = coordinator();
		assertThat(draw.hasDrawn()).isFalse();
		assertThat(draw.failure()).isEqualTo("no room for the record");
		this.store.fails = false;
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
		assertThat(draw.failure()).isNull();
	}

	@Test
	void tellsThoseWhoWaitWhenAnotherAsks() throws StoreFailure {
		DrawCoordinator draw = coordinator();
		CompletableFuture<Reply> waiting = CompletableFuture
			.supplyAsync(() -> draw.await(new AwaitWinners(OptionalInt.of(1)), PEER));
		await().atMost(Duration.ofSeconds(60)).until(() -> this.store.attempts == 1);
		this.store.fails = false;
		await().atMost(Duration.ofSeconds(60)).until(() -> draw.find(new FindWinners(1)).equals(WINNERS));
		assertThat(waiting.join()).isEqualTo(WINNERS);
	}

	@Test
	void saysThatItIsTheRecordWhereNobodyIsWaitedFor() throws StoreFailure {
		DrawCoordinator draw = coordinator("1", new Patience(Duration.ofMillis(10), Unnamed.CONNECTED));
		assertThat(draw.await(new AwaitWinners(OptionalInt.of(1)), PEER)).isEqualTo(new Reply.Refused(
				new Refusal(Refusal.Reason.STORE_FAILED, "all 1 agencies have finished; no room for the record")));
		this.store.trouble = new Refusal(Refusal.Reason.STORE_FULL, "5 bytes free");
		assertThat(draw.await(new AwaitWinners(OptionalInt.of(1)), PEER)).isEqualTo(new Reply.Refused(
				new Refusal(Refusal.Reason.STORE_FULL, "all 1 agencies have finished; no room for the record")));
	}

	@Test
	void asksNothingOfTheStoreWhileAgenciesHaveNotFinished() throws StoreFailure {
		DrawCoordinator draw = coordinator();
		assertThat(draw.find(new FindWinners(1))).isEqualTo(new Reply.NotReady());
		assertThat(this.store.attempts).isZero();
	}

	@Test
	void tellsNoWinnersWhereSomeAreLost() throws StoreFailure {
		this.store.fails = false;
		DrawCoordinator draw = coordinator();
		draw.close(new CloseAgency(LOST), NOTHING);
		assertThat(draw.find(new FindWinners(LOST))).isInstanceOfSatisfying(Reply.Refused.class,
				(refused) -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.WINNERS_LOST));
		assertThat(draw.find(new FindWinners(1))).isEqualTo(WINNERS);
	}

	@Test
	void waitsForListedAgenciesAndForNobodyElse() throws StoreFailure {
		this.store.fails = false;
		DrawCoordinator draw = coordinator("1-2,5-5");
		assertThat(List.of(draw.close(new CloseAgency(3), NOTHING), draw.find(new FindWinners(3)),
				draw.await(new AwaitWinners(OptionalInt.of(3)), PEER),
				draw.await(new AwaitWinners(OptionalInt.empty()), PEER)))
			.allSatisfy((reply) -> assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class,
					(refused) -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.UNKNOWN_AGENCY)));
		draw.close(new CloseAgency(1), NOTHING);
		draw.close(new CloseAgency(5), NOTHING);
		assertThat(draw.finished()).isEqualTo(2);
		assertThat(draw.pending()).isEqualTo(1);
		assertThat(draw.hasDrawn()).isFalse();
		draw.close(new CloseAgency(2), NOTHING);
		assertThat(draw.hasDrawn()).isTrue();
	}

	@Test
	void doesNotBeginOverAgenciesThatAreNotListed() {
		this.store.close(1);
		this.store.close(7);
		this.store.open.add(6);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> coordinator("1-5"))
			.withMessageStartingWith("central.agencies=1-5, but the store has bets of others")
			.withMessageContaining(": 6, 7; ")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.UNUSABLE));
		assertThatNoException().isThrownBy(() -> coordinator("1-7"));
		assertThatNoException().isThrownBy(() -> coordinator("5"));
	}

	@Test
	void saysWhoIsThereAndWhoIsMissing() throws StoreFailure {
		DrawCoordinator draw = coordinator("1-9");
		this.store.open.addAll(List.of(4, 2));
		draw.close(new CloseAgency(3), NOTHING);
		draw.close(new CloseAgency(1), NOTHING);
		assertThat(draw.attendance())
			.hasToString("finished: 1, 3; sent without finishing: 2, 4; missing: 5, 6, 7, 8, 9");
		assertThat(draw.attendance().missing()).isEqualTo(new FirstAgencies(List.of(5, 6, 7, 8, 9), 5));
		assertThat(draw.missing()).isEqualTo("5-9");
		assertThat(coordinator("1-4,7,9-12").missing()).isEqualTo("7,9-12");
		assertThat(coordinator("9").attendance()).hasToString("finished: 1, 3; sent without finishing: 2, 4");
	}

	@Test
	void tellsOnceThatAnAgencyHasFinished() throws StoreFailure {
		DrawCoordinator draw = coordinator("3");
		List<String> told = new ArrayList<>();
		draw.close(new CloseAgency(1), () -> told.add("1"));
		draw.close(new CloseAgency(1), () -> told.add("1 again"));
		draw.close(new CloseAgency(2), () -> told.add("2, drawn: " + draw.hasDrawn()));
		this.store.fails = false;
		draw.await(new AwaitWinners(OptionalInt.of(3)), new Peer("a", () -> told.add("3, drawn: " + draw.hasDrawn())));
		assertThat(draw.hasDrawn()).isTrue();
		assertThat(told).containsExactly("1", "2, drawn: false", "3, drawn: false");
	}

	@Test
	void doesNotDrawForUnnamedAgenciesThatHaveGone() throws Exception {
		this.store.fails = false;
		DrawCoordinator draw = coordinator("3");
		Peer first = new Peer("a", NOTHING);
		CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> draw.await(UNNAMED, first),
				Thread::startVirtualThread);
		await().atMost(Duration.ofSeconds(60)).until(() -> draw.finished() == 1);
		Peer second = new Peer("b", NOTHING);
		second.there = false;
		assertRefused(draw.await(UNNAMED, second), Refusal.Reason.GONE);
		draw.close(new CloseAgency(1), NOTHING);
		assertThat(draw.finished()).isEqualTo(2);
		first.there = false;
		draw.close(new CloseAgency(2), NOTHING);
		assertThat(draw.finished()).isEqualTo(2);
		assertThat(draw.hasDrawn()).isFalse();
		assertRefused(waiting.join(), Refusal.Reason.GONE);
		draw.close(new CloseAgency(3), NOTHING);
		assertThat(draw.hasDrawn()).isTrue();
	}

	@Test
	void countsAnUnnamedAgencyOnceAnAddress() throws StoreFailure {
		DrawCoordinator draw = coordinator("3");
		Peer first = new Peer("a", NOTHING);
		CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> draw.await(UNNAMED, first),
				Thread::startVirtualThread);
		await().atMost(Duration.ofSeconds(60)).until(() -> draw.finished() == 1);
		assertRefused(draw.await(UNNAMED, new Peer("a", NOTHING)), Refusal.Reason.UNKNOWN_AGENCY);
		first.there = false;
		CompletableFuture<Reply> again = CompletableFuture
			.supplyAsync(() -> draw.await(UNNAMED, new Peer("a", NOTHING)), Thread::startVirtualThread);
		assertRefused(waiting.join(), Refusal.Reason.GONE);
		await().atMost(Duration.ofSeconds(60)).until(() -> draw.finished() == 1);
		draw.stop();
		assertRefused(again.join(), Refusal.Reason.STOPPING);
	}

	@Test
	void refusesUnnamedAgenciesWhereTheyAreOff() throws StoreFailure {
		DrawCoordinator draw = coordinator("3", new Patience(Duration.ofSeconds(30), Unnamed.OFF));
		assertRefused(draw.await(UNNAMED, PEER), Refusal.Reason.UNKNOWN_AGENCY);
	}

	@Test
	void writesNothingAfterTheDraw() throws StoreFailure {
		this.store.fails = false;
		DrawCoordinator draw = coordinator("1");
		draw.close(new CloseAgency(1), NOTHING);
		List<String> told = new ArrayList<>();
		assertThat(draw.close(new CloseAgency(2), () -> told.add("2"))).isEqualTo(new Reply.Acknowledged());
		assertThat(draw.await(new AwaitWinners(OptionalInt.of(3)), PEER)).isEqualTo(WINNERS);
		assertThat(draw.await(UNNAMED, PEER)).isEqualTo(WINNERS);
		assertThat(this.store.closes).isEqualTo(1);
		assertThat(told).isEmpty();
	}

	@Test
	void knowsOnlySoManyAgencies() throws StoreFailure {
		DrawCoordinator draw = coordinator("2");
		this.store.open.addAll(List.of(7, 8, 9));
		draw.close(new CloseAgency(1), NOTHING);
		assertRefused(draw.close(new CloseAgency(2), NOTHING), Refusal.Reason.TOO_MANY_AGENCIES);
		assertThat(draw.close(new CloseAgency(1), NOTHING)).isEqualTo(new Reply.Acknowledged());
		assertThat(draw.finished()).isEqualTo(1);
	}

	private static void assertRefused(Reply reply, Refusal.Reason reason) {
		assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class,
				(refused) -> assertThat(refused.refusal().reason()).isEqualTo(reason));
	}

	private DrawCoordinator coordinator(String expected) throws StoreFailure {
		return coordinator(expected, new Patience(Duration.ofSeconds(30), Unnamed.CONNECTED));
	}

	private DrawCoordinator coordinator(String expected, Patience patience) throws StoreFailure {
		return new DrawCoordinator(this.store, Clock.systemUTC(),
				new KnownAgencies(this.store, ExpectedAgencies.parse(expected).orElseThrow(), 4), patience);
	}

	private DrawCoordinator coordinator() throws StoreFailure {
		return coordinator("1");
	}

	/** As long as it is there. */
	static final class Peer implements Finisher {

		private final String origin;

		private final Runnable onFinished;

		private volatile boolean there = true;

		Peer(String origin, Runnable onFinished) {
			this.origin = origin;
			this.onFinished = onFinished;
		}

		@Override
		public void finished() {
			this.onFinished.run();
		}

		@Override
		public boolean isThere(Duration look) {
			return this.there;
		}

		@Override
		public String origin() {
			return this.origin;
		}

	}

	/** Can't draw as long as it fails, and has one winner. */
	static final class PassingFailure implements BetStore {

		private final Set<Integer> closed = new ConcurrentSkipListSet<>();

		private final Set<Integer> open = new ConcurrentSkipListSet<>();

		volatile boolean fails = true;

		private @Nullable Refusal trouble;

		volatile int attempts;

		private int closes;

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
		public boolean hasDrawnItself() {
			return true;
		}

		@Override
		public Optional<DrawRecord> drawn() {
			return Optional.ofNullable(this.drawn);
		}

		@Override
		public Optional<Documents> winners(int agency) {
			return (agency == LOST) ? Optional.empty() : Optional.of(DocumentList.of(List.of("11")));
		}

		@Override
		public @Nullable Refusal close(int agency) {
			this.closes++;
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
		public Set<Integer> openAgencies() {
			return this.open;
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
		public StoreHealth health() {
			return new StoreHealth(this.trouble, Map.of());
		}

		@Override
		public void close() {
		}

	}

}
