package loteria.central.lottery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long the draw waits with agencies, and with which.
 *
 * @param limit how long an agency waits for the draw
 * @param unnamed what becomes of those that don't say which they are
 */
public record Patience(Duration limit, Unnamed unnamed) {

	/** How often each that waits is looked at whether it is still there. */
	private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private static final Duration LOOK = Duration.ofMillis(1);

	/**
	 * Returns when the draw is settled, the limit has passed, the thread is interrupted,
	 * or the peer is gone.
	 * @return whether it is gone
	 */
	boolean await(CountDownLatch settled, Finisher peer) {
		long left = this.limit.toNanos();
		long deadline = System.nanoTime() + left;
		boolean gone = false;
		try {
			while (!gone && left > 0 && !settled.await(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
				left = deadline - System.nanoTime();
				gone = left > 0 && !peer.isThere(LOOK);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return gone;
	}

}
