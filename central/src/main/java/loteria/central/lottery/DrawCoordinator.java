package loteria.central.lottery;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
 * each counts once. An agency without a name can't be recognised when it comes again: it
 * counts only as long as it waits.
 */
public final class DrawCoordinator {

	private static final Logger log = LoggerFactory.getLogger(DrawCoordinator.class);

	private final BetStore store;

	private final Clock clock;

	private final int expected;

	private final Duration patience;

	/**
	 * Falls when the draw has happened, or will not any more because the central stops.
	 */
	private final CountDownLatch settled = new CountDownLatch(1);

	private final AtomicInteger unnamed = new AtomicInteger();

	private volatile boolean drawFailed;

	/**
	 * @param patience how long an agency waits for the draw
	 */
	public DrawCoordinator(BetStore store, Clock clock, int expected, Duration patience) {
		this.store = store;
		this.clock = clock;
		this.expected = expected;
		this.patience = patience;
		if (store.drawn().isPresent()) {
			this.settled.countDown();
		}
		else {
			drawIfDue();
		}
	}

	public Reply close(CloseAgency request) {
		Refusal refusal = finish(request.agency());
		return (refusal != null) ? new Reply.Refused(refusal) : new Reply.Acknowledged();
	}

	/** Returns at the draw, or when {@code patience} or the central ends. */
	public Reply await(AwaitWinners request) {
		OptionalInt agency = request.agency();
		if (agency.isEmpty()) {
			return awaitUnnamed();
		}
		Refusal refusal = finish(agency.getAsInt());
		return (refusal != null) ? new Reply.Refused(refusal) : awaitDraw(agency.getAsInt());
	}

	/** The winners, or that they are not known yet, at once. */
	public Reply find(FindWinners request) {
		if (this.drawFailed) {
			drawIfDue();
		}
		return this.store.drawn().isPresent() ? winners(request.agency()) : new Reply.NotReady();
	}

	private Reply awaitUnnamed() {
		this.unnamed.incrementAndGet();
		try {
			drawIfDue();
			return awaitDraw(0);
		}
		finally {
			this.unnamed.decrementAndGet();
		}
	}

	private @Nullable Refusal finish(int agency) {
		// who finishes again asks nothing of the one who writes
		Refusal refusal = this.store.isClosed(agency) ? null : this.store.close(agency);
		if (refusal == null) {
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
						: new Refusal(Reason.DRAW_TIMEOUT, "%d of %d agencies finished within central.draw.timeout=%ds"
							.formatted(finished(), this.expected, this.patience.toSeconds())));
	}

	private Reply winners(int agency) {
		return this.store.knowsWinners(agency) ? new Reply.Winners(this.store.winners(agency))
				: new Reply.Refused(new Refusal(Reason.WINNERS_LOST,
						"bets of agency %d were lost since the draw, and winners among them".formatted(agency)));
	}

	private synchronized void drawIfDue() {
		if (this.store.drawn().isPresent() || finished() < this.expected) {
			return;
		}
		try {
			DrawRecord draw = this.store.draw(this.clock.instant());
			log.info(
					"action: sorteo | result: success | name: {} | winning_number: {} | agencies: {} | bets: {} | winners: {} | sha256: {}",
					draw.name(), draw.winningNumber(), finished(), draw.bets(),
					draw.agencies().stream().mapToInt(DrawRecord.AgencyRecord::winners).sum(), draw.sha256());
			this.settled.countDown();
		}
		catch (StoreFailure ex) {
			// Those who wait are refused when their time is up; asking again tries again.
			this.drawFailed = true;
			log.error("action: draw | result: fail | error: {}", ex.getMessage());
		}
	}

	/** Sends everybody who waits away. */
	public void stop() {
		this.settled.countDown();
	}

	public int expected() {
		return this.expected;
	}

	/** How many agencies have finished, those included that wait without a name. */
	public int finished() {
		return this.store.closedAgencies().size() + this.unnamed.get();
	}

	/** How many agencies the draw still waits for. */
	public int pending() {
		return hasDrawn() ? 0 : Math.max(0, this.expected - finished());
	}

	public boolean hasDrawn() {
		return this.store.drawn().isPresent();
	}

}
