package loteria.central.tcp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How often an agency may send a batch, on all its connections together. One that sends
 * more is not refused but waits, with its connection; after a pause, as many as of one
 * second may come at once.
 */
final class Rate {

	/** Of agencies, beyond which those are forgotten that would not wait. */
	private static final int MANY = 10_000;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long each;

	/**
	 * By agency: until when, by {@link System#nanoTime}, what it sent is paid for.
	 */
	private final Map<Integer, Long> paid = new ConcurrentHashMap<>();

	private volatile long purged = System.nanoTime() - SECOND;

	/**
	 * @param perSecond 0 for as often as they like
	 */
	Rate(int perSecond) {
		this.each = (perSecond > 0) ? SECOND / perSecond : 0;
	}

	/** How long it has to wait, having sent so many batches now. */
	Duration toWait(int agency, int batches, long now) {
		if (this.each == 0 || batches == 0) {
			return Duration.ZERO;
		}
		if (this.paid.size() > MANY && now - this.purged > SECOND) {
			this.purged = now;
			this.paid.values().removeIf((until) -> until - now < -SECOND);
		}
		long added = this.each * batches;
		long until = this.paid.merge(agency, now + added - SECOND,
				(before, first) -> now + Math.max(before - now, -SECOND) + added);
		return Duration.ofNanos(Math.max(until - now, 0));
	}

}
