package loteria.central.lottery;

import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
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

	private final BetStore store;

	private final Clock clock;

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
		known.requireNoOthers();
		this.store = store;
		this.clock = clock;
		this.known = known;
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
		Refusal unknown = this.known.expected().refusal(request.agency());
		if (unknown != null) {
			return new Reply.Refused(unknown);
		}
		if (this.failure != null) {
			drawIfDue();
		}
		return this.store.drawn().isPresent() ? winners(request.agency()) : new Reply.NotReady();
	}

	private Reply awaitUnnamed(Finisher peer) {
		Refusal unknown = this.known.expected().refusalOfUnnamed(this.patience.unnamed());
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
		Refusal unknown = hasDrawn() ? this.known.expected().refusal(agency) : this.known.refusal(agency);
		if (unknown != null || hasDrawn()) {
			return unknown;
		}
		// an agency that finishes again costs the writing thread nothing
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
		boolean gone = this.patience.await(this.settled, peer);
		if (hasDrawn()) {
			return winners(agency);
		}
		if (gone) {
			return new Reply.Refused(new Refusal(Reason.GONE, "the peer did not wait for the draw"));
		}
		if (this.settled.getCount() == 0) {
			return new Reply.Refused(new Refusal(Reason.STOPPING, "the central stops before the draw"));
		}
		String unmade = this.failure;
		return new Reply.Refused((unmade != null) ? undrawable(unmade)
				: new Refusal(Reason.DRAW_TIMEOUT,
						finished() + " of " + expected() + " agencies finished within central.draw.timeout="
								+ this.patience.limit().toSeconds() + "s; " + attendance()));
	}

	/** No agency is waited for: it is the record that can't be written. */
	private Refusal undrawable(String why) {
		Refusal trouble = this.store.health().refusal();
		return new Refusal((trouble != null) ? trouble.reason() : Reason.STORE_FAILED,
				"all " + expected() + " agencies have finished; " + why);
	}

	private Reply winners(int agency) {
		return this.store.winners(agency)
			.<Reply>map(Reply.Winners::new)
			.orElseGet(() -> new Reply.Refused(new Refusal(Reason.WINNERS_LOST,
					"bets of agency " + agency + " were lost since the draw, and winners among them")));
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
				DrawLine.log(draw, finished(), this.store);
			}
			this.settled.countDown();
		}
		catch (StoreFailure ex) {
			// Agencies that wait are refused when their time is up; a question tries
			// again.
			this.failure = ex.getMessage();
			log.error("action: draw | result: fail | error: {}", ex.getMessage());
		}
	}

	/** Sends all agencies away that wait. */
	public void stop() {
		this.settled.countDown();
	}

	/** How many agencies are expected. */
	public int expected() {
		return this.known.expected().count();
	}

	/** Whether it is known which. */
	public boolean expectsListed() {
		return this.known.expected().areListed();
	}

	/**
	 * The first of those that are expected and not among {@code seen}; none where any
	 * will do.
	 */
	public List<Integer> missing(Set<Integer> seen, int most) {
		return this.known.expected().without(seen).limit(most).toList();
	}

	/** All of those, as in {@code central.agencies}; empty where any will do. */
	public String missing() {
		return this.known.expected().rangesWithout(Attendance.seen(this.store));
	}

	/**
	 * How many of them have finished, those included that wait without a name.
	 */
	public int finished() {
		return (int) this.known.expected().countOf(this.store.closedAgencies()) + this.unnamed.count();
	}

	public Attendance attendance() {
		return Attendance.of(this.store, this.known.expected(), this.unnamed.count());
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
