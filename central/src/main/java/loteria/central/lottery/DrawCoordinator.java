package loteria.central.lottery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request.AwaitWinners;
import loteria.protocol.Request.CloseAgency;
import loteria.protocol.Request.FindWinners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws once, when every expected agency has finished, and lets agencies wait for it.
 * Called by the thread of each connection; a thread that waits is virtual and costs
 * nothing.
 * <p>
 * Which agencies have finished is the store's to know, so that it survives a restart and
 * each counts once. An agency without a name can't be recognised when it comes again: it
 * counts only as long as it waits.
 */
public final class DrawCoordinator {

	private static final Logger log = LoggerFactory.getLogger(DrawCoordinator.class);

	private final BetStore store;

	private final Clock clock;

	private final ExpectedAgencies expected;

	private final Duration patience;

	/**
	 * Falls when the draw has happened, or will not any more because the central stops.
	 */
	private final CountDownLatch settled = new CountDownLatch(1);

	private final AtomicInteger unnamed = new AtomicInteger();

	/** Why the draw could not be made when it was due; null if it was, or is not yet. */
	private volatile @Nullable String failure;

	/**
	 * @param patience how long an agency waits for the draw
	 * @throws StoreFailure if the store has agencies that are not expected: the draw
	 * would be over their bets, too
	 */
	public DrawCoordinator(BetStore store, Clock clock, ExpectedAgencies expected, Duration patience)
			throws StoreFailure {
		requireExpected(store, expected);
		this.store = store;
		this.clock = clock;
		this.expected = expected;
		this.patience = patience;
		store.onChange(this::look);
		look();
	}

	/**
	 * Sees a draw that another central has made, or draws if another was cut off before
	 * it.
	 */
	private void look() {
		if (!this.store.drawn().isPresent()) {
			drawIfDue();
		}
		if (this.store.drawn().isPresent()) {
			this.settled.countDown();
		}
	}

	private static void requireExpected(BetStore store, ExpectedAgencies expected) throws StoreFailure {
		List<Integer> others = Stream.concat(store.closedAgencies().stream(), store.openAgencies().stream())
			.filter((agency) -> !expected.include(agency))
			.toList();
		if (!others.isEmpty()) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE,
					"central.agencies=" + expected + ", but the store has bets of others, or that they have finished: "
							+ FirstAgencies.of(others)
							+ "; list them too, or begin another draw in another central.store.directory");
		}
	}

	/**
	 * @param onFinished run if the agency had not finished before, and before the draw
	 * for which it may be the last
	 */
	public Reply close(CloseAgency request, Runnable onFinished) {
		Refusal refusal = finish(request.agency(), onFinished);
		return (refusal != null) ? new Reply.Refused(refusal) : new Reply.Acknowledged();
	}

	/**
	 * Returns at the draw, or when {@code patience} or the central ends.
	 * @param onFinished as in {@link #close}
	 */
	public Reply await(AwaitWinners request, Runnable onFinished) {
		OptionalInt agency = request.agency();
		if (agency.isEmpty()) {
			return awaitUnnamed(onFinished);
		}
		Refusal refusal = finish(agency.getAsInt(), onFinished);
		return (refusal != null) ? new Reply.Refused(refusal) : awaitDraw(agency.getAsInt());
	}

	/** The winners, or that they are not known yet, at once. */
	public Reply find(FindWinners request) {
		Refusal unknown = this.expected.refusal(request.agency());
		if (unknown != null) {
			return new Reply.Refused(unknown);
		}
		if (this.failure != null) {
			drawIfDue();
		}
		return this.store.drawn().isPresent() ? winners(request.agency()) : new Reply.NotReady();
	}

	private Reply awaitUnnamed(Runnable onFinished) {
		Refusal unknown = this.expected.refusalOfUnnamed();
		if (unknown != null) {
			return new Reply.Refused(unknown);
		}
		this.unnamed.incrementAndGet();
		try {
			onFinished.run();
			drawIfDue();
			return awaitDraw(0);
		}
		finally {
			this.unnamed.decrementAndGet();
		}
	}

	private @Nullable Refusal finish(int agency, Runnable onFinished) {
		Refusal unknown = this.expected.refusal(agency);
		if (unknown != null) {
			return unknown;
		}
		// who finishes again asks nothing of the one who writes
		boolean again = this.store.isClosed(agency);
		Refusal refusal = again ? null : this.store.close(agency);
		if (refusal == null) {
			if (!again) {
				onFinished.run();
			}
			drawIfDue();
		}
		return refusal;
	}

	private Reply awaitDraw(int agency) {
		try {
			this.settled.await(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.store.drawn().isPresent()) {
			return winners(agency);
		}
		return new Reply.Refused(
				(this.settled.getCount() == 0) ? new Refusal(Reason.STOPPING, "the central stops before the draw")
						: new Refusal(Reason.DRAW_TIMEOUT,
								finished() + " of " + expected() + " agencies finished within central.draw.timeout="
										+ this.patience.toSeconds() + "s; " + attendance()));
	}

	private Reply winners(int agency) {
		return this.store.knowsWinners(agency) ? new Reply.Winners(this.store.winners(agency))
				: new Reply.Refused(new Refusal(Reason.WINNERS_LOST,
						"bets of agency " + agency + " were lost since the draw, and winners among them"));
	}

	private synchronized void drawIfDue() {
		if (this.store.drawn().isPresent() || finished() < expected()) {
			return;
		}
		try {
			DrawRecord draw = this.store.draw(this.clock.instant());
			this.failure = null;
			if (this.store.hasDrawnItself()) {
				tell(draw);
			}
			this.settled.countDown();
		}
		catch (StoreFailure ex) {
			// Those who wait are refused when their time is up; asking again tries again.
			this.failure = ex.getMessage();
			log.error("action: draw | result: fail | error: {}", ex.getMessage());
		}
	}

	private void tell(DrawRecord draw) {
		log.info(
				"action: sorteo | result: success | name: {} | winning_number: {} | agencies: {} | bets: {} | bets_of: {} | unfinished: {} | winners: {} | sha256: {}",
				draw.name(), draw.winningNumber(), finished(), draw.bets(), betsOf(draw),
				FirstAgencies.of(this.store.openAgencies()),
				draw.agencies().stream().mapToInt(AgencyRecord::winners).sum(), draw.sha256());
	}

	/** What was drawn over: agencies without bets too, if they have finished. */
	private String betsOf(DrawRecord draw) {
		Map<Integer, Long> bets = new HashMap<>();
		this.store.closedAgencies().forEach((agency) -> bets.put(agency, 0L));
		draw.agencies().forEach((agency) -> bets.put(agency.agency(), agency.bets()));
		return FirstAgencies.of(bets.keySet()).describe((agency) -> agency + "=" + bets.get(agency));
	}

	/** Sends everybody who waits away. */
	public void stop() {
		this.settled.countDown();
	}

	/** How many agencies are expected. */
	public int expected() {
		return this.expected.count();
	}

	/** Whether it is known which. */
	public boolean expectsListed() {
		return this.expected.areListed();
	}

	/**
	 * How many of them have finished, those included that wait without a name.
	 */
	public int finished() {
		return (int) this.expected.countOf(this.store.closedAgencies()) + this.unnamed.get();
	}

	public Attendance attendance() {
		return Attendance.of(this.store, this.expected, this.unnamed.get());
	}

	/** How many agencies the draw still waits for. */
	public int pending() {
		return hasDrawn() ? 0 : Math.max(0, expected() - finished());
	}

	/** Why the draw could not be made when it was due; null if nothing is wrong. */
	public @Nullable String failure() {
		return this.failure;
	}

	public boolean hasDrawn() {
		return this.store.drawn().isPresent();
	}

}
