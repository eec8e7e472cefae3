package loteria.central.store.postgres;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database is there, as far as is known. Told by all who use it.
 */
final class Availability {

	private static final Logger log = LoggerFactory.getLogger(Availability.class);

	private static final Duration MOMENT = Duration.ofMillis(200);

	private final String place;

	private final Duration patience;

	private long since;

	private @Nullable String reason;

	private boolean stopping;

	/**
	 * @param place where the database is
	 * @param patience how long it may be away before what waits for it is refused
	 */
	Availability(String place, Duration patience) {
		this.place = place;
		this.patience = patience;
	}

	/** It answered. */
	synchronized void back() {
		if (this.reason != null) {
			log.info("action: store_connection | result: success | database: {} | away_millis: {}", this.place,
					(System.nanoTime() - this.since) / 1_000_000);
			this.reason = null;
			notifyAll();
		}
	}

	/**
	 * Something failed.
	 * @return whether to try again, after a moment if the database is away
	 */
	boolean isWorthATry(SQLException ex) {
		return switch (Trouble.of(ex)) {
			case CLASHED -> !isStopping();
			case AWAY -> {
				away(ex);
				yield awaitBack(MOMENT);
			}
			case FULL, LASTING -> false;
		};
	}

	/** It did not answer, or not to the purpose. */
	synchronized void away(SQLException ex) {
		if (this.stopping) {
			return;
		}
		if (this.reason == null) {
			this.since = System.nanoTime();
			log.error(
					"action: store_connection | result: fail | database: {} | error: {} | warning: batches wait for it up to {}s, then are refused",
					this.place, Trouble.describe(ex), this.patience.toSeconds());
		}
		this.reason = Trouble.describe(ex);
	}

	/**
	 * Waits a moment for it.
	 * @return whether to try again: not if it has been away for too long, or nobody waits
	 * any more
	 */
	private synchronized boolean awaitBack(Duration moment) {
		if (this.reason != null && System.nanoTime() - this.since > this.patience.toNanos()) {
			return false;
		}
		pause(moment);
		return !this.stopping && !Thread.currentThread().isInterrupted();
	}

	/** Waits a moment, or less where it is back, or nobody waits any more. */
	synchronized void pause(Duration moment) {
		try {
			if (!this.stopping) {
				wait(moment.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Nobody waits any more. */
	synchronized void stop() {
		this.stopping = true;
		notifyAll();
	}

	synchronized boolean isStopping() {
		return this.stopping;
	}

	/** Why it can't be used now, or null. */
	synchronized @Nullable String problem() {
		return (this.reason == null) ? null : this.place + " can't be used: " + this.reason;
	}

}
