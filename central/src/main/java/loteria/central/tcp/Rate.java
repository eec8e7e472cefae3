package loteria.central.tcp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How often somebody may do something a second, on all its connections together. Who does
 * it more often is not refused but waits, with its connection; after a pause, as many as
 * of one second may come at once.
 *
 * @param <K> what tells them apart
 */
final class Rate<K> {

	/** Of these, beyond which those are forgotten that would not wait. */
	private static final int MANY = 10_000;

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final long each;

	private final long longest;

	/** By who: until when, by {@link System#nanoTime}, what it did is paid for. */
	private final Map<K, Long> paid = new ConcurrentHashMap<>();

	private volatile long purged = System.nanoTime() - SECOND;

	/**
	 * @param perSecond 0 for as often as they like
	 * @param longest that anybody waits, however much it did
	 */
	Rate(int perSecond, Duration longest) {
		this.each = (perSecond > 0) ? SECOND / perSecond : 0;
		this.longest = longest.toNanos();
	}

	/** How long it has to wait, having done it so many times now. */
	Duration toWait(K who, int times, long now) {
		if (this.each == 0 || times == 0) {
			return Duration.ZERO;
		}
		if (this.paid.size() > MANY && now - this.purged > SECOND) {
			this.purged = now;
			this.paid.values().removeIf((until) -> until - now < -SECOND);
		}
		long added = this.each * times;
		long until = this.paid.merge(who, now + Math.min(added - SECOND, this.longest),
				(before, first) -> now + Math.min(Math.max(before - now, -SECOND) + added, this.longest));
		return Duration.ofNanos(Math.max(until - now, 0));
	}

}
