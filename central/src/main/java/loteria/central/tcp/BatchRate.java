package loteria.central.tcp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many batches an agency may send a second, on all its connections together. Who
 * sends more is not refused but waits, with its connection; after a pause, as many as of
 * one second may come at once.
 */
final class BatchRate {

	/** Agencies beyond which those are forgotten that would not wait. */
	private static final int MANY = 10_000;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long each;

	/** By agency: until when, by {@link System#nanoTime}, its batches are paid for. */
	private final Map<Integer, Long> paid = new ConcurrentHashMap<>();

	/**
	 * @param perSecond 0 for as many as they like
	 */
	BatchRate(int perSecond) {
		this.each = (perSecond > 0) ? SECOND / perSecond : 0;
	}

	/** How long an agency has to wait with batches that it sends now. */
	Duration toWait(int agency, int batches, long now) {
		if (this.each == 0 || agency == 0) {
			return Duration.ZERO;
		}
		if (this.paid.size() > MANY) {
			this.paid.values().removeIf((until) -> until - now < -SECOND);
		}
		long until = this.paid.merge(agency, now - SECOND + this.each * batches,
				(before, first) -> Math.max(before - now, -SECOND) + now + this.each * batches);
		return Duration.ofNanos(Math.max(until - now, 0));
	}

}
