package loteria.central.tcp;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import loteria.central.settings.Connections;
import org.jspecify.annotations.Nullable;

/**
 * How long one peer is waited for, and since when. Used by the thread of its connection,
 * but where it says otherwise.
 */
final class Deadlines {

	private long opened = System.nanoTime();

	private final Connections limits;

	/** By {@link System#nanoTime}; null while it is the peer who waits. */
	private volatile @Nullable Long waitingSince = System.nanoTime();

	/** Whether nothing but silence is to be expected, which another thread ends. */
	private final AtomicBoolean idle = new AtomicBoolean();

	private boolean tooIdle;

	Deadlines(Connections limits) {
		this.limits = limits;
	}

	Connections limits() {
		return this.limits;
	}

	/** The peer could not be heard for so long, through no fault of its own. */
	void heldUp(long nanos) {
		this.opened += nanos;
	}

	void beginsToWait() {
		this.waitingSince = System.nanoTime();
	}

	void endsToWait() {
		this.waitingSince = null;
	}

	/** How long the peer has said nothing while it was waited for. Any thread. */
	Duration waitedFor() {
		Long since = this.waitingSince;
		return (since == null) ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
	}

	/** From now on {@link #endsIfTooIdle} may end the wait. */
	void becomesIdle() {
		this.idle.set(true);
	}

	void stopsBeingIdle() {
		this.tooIdle = !this.idle.compareAndSet(true, false);
	}

	/** Whether the last idle wait was ended. */
	boolean isTooIdle() {
		return this.tooIdle;
	}

	/**
	 * Ends the wait for a peer that has said nothing for too long between two messages:
	 * the caller is to close its connection, and its own thread tells why. Any thread.
	 * @return whether it did
	 */
	boolean endsIfTooIdle() {
		return waitedFor().compareTo(this.limits.idle()) > 0 && this.idle.compareAndSet(true, false);
	}

	/**
	 * Milliseconds that are left for the next read.
	 * @param later whether it is not the first message that is waited for
	 * @param underWay whether some of a message is there
	 * @param begun when that message did, by {@link System#nanoTime}
	 * @throws SocketTimeoutException if there are none
	 */
	int left(boolean later, boolean underWay, long begun) throws SocketTimeoutException {
		if (underWay) {
			return left(this.limits.message(), begun);
		}
		return later ? millis(this.limits.idle()) : left(this.limits.firstMessage(), this.opened);
	}

	private static int left(Duration limit, long since) throws SocketTimeoutException {
		long left = limit.toMillis() - (System.nanoTime() - since) / 1_000_000;
		if (left <= 0) {
			throw new SocketTimeoutException();
		}
		return (int) Math.min(left, Integer.MAX_VALUE);
	}

	/** As a socket takes them. */
	static int millis(Duration duration) {
		return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
	}

}
