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

	/** How long a write may wait before the health says so. */
	private static final Duration NOTICED = Duration.ofSeconds(5);

	private final String place;

	private final Duration patience;

	/** When the outage began: with a write, from when on that one has waited. */
	private long since;

	private @Nullable SQLException failure;

	/** Whether a write has failed: then reads that succeed say nothing. */
	private boolean writesFail;

	/** From when on a write has waited; null where none waits. */
	private @Nullable Long writing;

	private boolean stopping;

	/**
	 * @param place where the database is
	 * @param patience how long it may be away before what waits for it is refused
	 */
	Availability(String place, Duration patience) {
		this.place = place;
		this.patience = patience;
	}

	/** It answered a question. */
	synchronized void answered() {
		if (!this.writesFail) {
			back();
		}
	}

	/** It has stored something. */
	synchronized void back() {
		if (this.failure != null) {
			log.info("action: store_connection | result: success | database: {} | away_millis: {}", this.place,
					(System.nanoTime() - this.since) / 1_000_000);
			this.failure = null;
			this.writesFail = false;
			notifyAll();
		}
	}

	/** A write begins, or is over, however it has ended. */
	synchronized void writing(@Nullable Long began) {
		this.writing = began;
	}

	/**
	 * Something failed.
	 * @param began when it was first tried
	 * @param write whether it was to store something
	 * @return whether to try again, after a moment if the database is away
	 */
	boolean isWorthATry(SQLException ex, long began, boolean write) {
		return switch (Trouble.of(ex)) {
			case CLASHED -> !isStopping();
			case AWAY -> {
				away(ex, began, write);
				yield awaitBack(began);
			}
			case FULL, LASTING -> false;
		};
	}

	/** It did not answer, or not to the purpose. */
	synchronized void away(SQLException ex, long began, boolean write) {
		if (this.stopping) {
			return;
		}
		if (this.failure == null) {
			this.since = began;
			log.error(
					"action: store_connection | result: fail | database: {} | error: {} | patience: batches wait for it up to {}s, then are refused",
					this.place, Trouble.describe(ex), this.patience.toSeconds());
		}
		this.failure = ex;
		this.writesFail |= write;
	}

	/** Waits a moment, and says whether it makes sense to try again. */
	private synchronized boolean awaitBack(long began) {
		if (left(began).isNegative()) {
			return false;
		}
		pause(MOMENT);
		return !this.stopping && !Thread.currentThread().isInterrupted();
	}

	/** How long something that began then may still wait. */
	synchronized Duration left(long began) {
		long from = (this.failure != null && this.since - began < 0) ? this.since : began;
		return this.patience.minusNanos(System.nanoTime() - from);
	}

	/** What is wrong, where it has been wrong for so long that batches are refused. */
	synchronized @Nullable SQLException failureThatLasts() {
		return (this.failure != null && left(this.since).isNegative()) ? this.failure : null;
	}

	/** Whether only a write can tell that it is back. */
	synchronized boolean failsToWrite() {
		return this.writesFail;
	}

	/** Waits a moment, or less where it is back, or the store is being closed. */
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
		if (this.failure != null) {
			return this.place + " can't be used: " + Trouble.describe(this.failure);
		}
		if (this.writing == null || System.nanoTime() - this.writing < NOTICED.toNanos()) {
			return null;
		}
		return this.place + " can't be used: it has not stored for "
				+ Duration.ofNanos(System.nanoTime() - this.writing).toSeconds() + "s what it was given";
	}

}
