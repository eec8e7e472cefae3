package loteria.central.lottery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.central.schedules.Schedules;
import loteria.central.store.StoreFailure;
import loteria.protocol.Reply;
import loteria.protocol.Request.AwaitWinners;
import loteria.protocol.Request.CloseAgency;
import loteria.protocol.Request.FindWinners;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Agencies that finish, wait, ask and go at once. */
class DrawCoordinatorSchedules {

	private static final Duration LONG = Duration.ofHours(1);

	private static final Reply WINNERS = new Reply.Winners(List.of("11"));

	private static DrawCoordinator coordinator(DrawCoordinatorTests.PassingFailure store, String expected)
			throws StoreFailure {
		store.fails = false;
		return new DrawCoordinator(store, Clock.systemUTC(),
				new KnownAgencies(store, ExpectedAgencies.parse(expected).orElseThrow(), 4),
				new Patience(LONG, Unnamed.CONNECTED));
	}

	@Test
	void drawsOnceForAllThatFinishInAnyWay() {
		Schedules.each(250, () -> {
			DrawCoordinatorTests.PassingFailure store = new DrawCoordinatorTests.PassingFailure();
			DrawCoordinator draw = coordinator(store, "1-2");
			AtomicInteger finished = new AtomicInteger();
			Finisher peer = new DrawCoordinatorTests.Peer("anywhere", finished::incrementAndGet);
			Schedules.together(
					() -> assertThat(draw.await(new AwaitWinners(OptionalInt.of(1)), peer)).isEqualTo(WINNERS),
					() -> assertThat(draw.close(new CloseAgency(2), finished::incrementAndGet))
						.isEqualTo(new Reply.Acknowledged()),
					() -> assertThat(draw.find(new FindWinners(2))).isIn(WINNERS, new Reply.NotReady()));
			assertThat(store.attempts).isEqualTo(1);
			assertThat(finished).hasValue(2);
			assertThat(draw.find(new FindWinners(2))).isEqualTo(WINNERS);
			return null;
		});
	}

	@Test
	void countsThoseWithoutANameOnceEach() {
		Schedules.each(250, () -> {
			DrawCoordinatorTests.PassingFailure store = new DrawCoordinatorTests.PassingFailure();
			DrawCoordinator draw = coordinator(store, "2");
			List<Reply> replies = new CopyOnWriteArrayList<>();
			Schedules.together(() -> replies.add(awaitUnnamed(draw, "here")),
					() -> replies.add(awaitUnnamed(draw, "there")));
			assertThat(store.attempts).isEqualTo(1);
			assertThat(replies).containsOnly(WINNERS);
			assertThat(draw.pending()).isZero();
			return null;
		});
	}

	@Test
	void sendsAllAwayWhenTheCentralStops() {
		Schedules.each(250, () -> {
			DrawCoordinatorTests.PassingFailure store = new DrawCoordinatorTests.PassingFailure();
			DrawCoordinator draw = coordinator(store, "2");
			List<Reply> replies = new CopyOnWriteArrayList<>();
			Schedules.together(() -> replies.add(awaitUnnamed(draw, "here")), () -> replies
				.add(draw.await(new AwaitWinners(OptionalInt.of(1)), new DrawCoordinatorTests.Peer("there", () -> {
				}))), draw::stop);
			assertThat(replies).hasSize(2);
			assertThat(store.attempts).isLessThanOrEqualTo(1);
			return null;
		});
	}

	private static Reply awaitUnnamed(DrawCoordinator draw, String origin) {
		return draw.await(new AwaitWinners(OptionalInt.empty()), new DrawCoordinatorTests.Peer(origin, () -> {
		}));
	}

}
