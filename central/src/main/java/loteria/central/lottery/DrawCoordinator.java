package loteria.central.lottery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 * each counts once. Of those without a name see {@link UnnamedAgencies}.
 */
public final class DrawCoordinator {

	private static final Logger log = LoggerFactory.getLogger(DrawCoordinator.class);

	/** How often somebody looks whether those who wait are still there. */
	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private static final Duration LOOK = Duration.ofMillis(1);

	private final BetStore store;

	private final Clock clock;

	private final ExpectedAgencies expected;

	private final KnownAgencies known;

	private final Patience patience;

	/**
	 * Falls when the draw has happened, or will not any more because the central stops.
	 */
	private final CountDownLatch settled = new CountDownLatch(1);

	private final UnnamedAgencies unnamed = new UnnamedAgencies();

	/** Why the draw could not be made when it was due; null if it was, or is not yet. */
	private volatile @Nullable String failure;

	/**
	 * @param known which agencies take part, and how many
	 * @param patience with those who wait
	 * @throws StoreFailure if the store has agencies that are not expected: the draw
	 * would be over their bets, too
	 */
	public DrawCoordinator(BetStore store, Clock clock, KnownAgencies known, Patience patience) throws StoreFailure {
		requireExpected(store, known.expected());
		this.store = store;
		this.clock = clock;
		this.known = known;
		this.expected = known.expected();
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
	 * Returns at the draw, or when {@code patience} or the central ends, or the peer is
	 * gone.
	 */
	public Reply await(AwaitWinners request, Finisher peer) {
		OptionalInt agency = request.agency();
		if (agency.isEmpty()) {
			return awaitUnnamed(peer);
		}
		Refusal refusal = finish(agency.getAsInt(), peer::finished);
		return (refusal != null) ? new Reply.Refused(refusal) : awaitDraw(agency.getAsInt(), peer);
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

	private Reply awaitUnnamed(Finisher peer) {
		Refusal unknown = this.expected.refusalOfUnnamed(this.patience.unnamed());
		if (unknown != null) {
			return new Reply.Refused(unknown);
		}
		if (hasDrawn()) {
			return winners(0);
		}
		Refusal uncounted = this.unnamed.join(peer);
		if (uncounted != null) {
			return new Reply.Refused(uncounted);
		}
		try {
			peer.finished();
			drawIfDue();
			return awaitDraw(0, peer);
		}
		finally {
			this.unnamed.leave(peer);
		}
	}

	/** After the draw nothing is written: that ended the bets of everybody. */
	private @Nullable Refusal finish(int agency, Runnable onFinished) {
		Refusal unknown = hasDrawn() ? this.expected.refusal(agency) : this.known.refusal(agency);
		if (unknown != null || hasDrawn()) {
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

	private Reply awaitDraw(int agency, Finisher peer) {
		boolean gone = false;
		try {
			long deadline = System.nanoTime() + this.patience.limit().toNanos();
			long left = this.patience.limit().toNanos();
			while (!gone && left > 0
					&& !this.settled.await(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
				left = deadline - System.nanoTime();
				gone = left > 0 && !peer.isThere(LOOK);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (hasDrawn()) {
			return winners(agency);
		}
		if (gone) {
			return new Reply.Refused(new Refusal(Reason.GONE, "the peer did not wait for the draw"));
		}
		return new Reply.Refused(
				(this.settled.getCount() == 0) ? new Refusal(Reason.STOPPING, "the central stops before the draw")
						: new Refusal(Reason.DRAW_TIMEOUT,
								finished() + " of " + expected() + " agencies finished within central.draw.timeout="
										+ this.patience.limit().toSeconds() + "s; " + attendance()));
	}

	private Reply winners(int agency) {
		return this.store.knowsWinners(agency) ? new Reply.Winners(this.store.winners(agency))
				: new Reply.Refused(new Refusal(Reason.WINNERS_LOST,
						"bets of agency " + agency + " were lost since the draw, and winners among them"));
	}

	private synchronized void drawIfDue() {
		if (hasDrawn() || finished() < expected()) {
			return;
		}
		this.unnamed.forgetGone();
		if (finished() < expected()) {
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
		return (int) this.expected.countOf(this.store.closedAgencies()) + this.unnamed.count();
	}

	public Attendance attendance() {
		return Attendance.of(this.store, this.expected, this.unnamed.count());
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

	/**
	 * With whom the draw waits, and how long.
	 *
	 * @param limit how long an agency waits for the draw
	 * @param unnamed what becomes of those that don't say which they are
	 */
	public record Patience(Duration limit, Unnamed unnamed) {
	}

}
