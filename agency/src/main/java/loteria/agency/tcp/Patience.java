package loteria.agency.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.protocol.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long to bear with a central that is out of reach, or silent: a pause after each
 * failure, twice as long as the one before, with jitter so that agencies that were cut
 * off together do not come back together; and an end to it. What counts is the time that
 * was waited since the work last went on, in pauses and for the central, and not the time
 * that the agency itself took.
 */
public final class Patience {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	/** Also of the last attempt, or it would have no chance. */
	private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

	private static final Logger log = LoggerFactory.getLogger(Patience.class);

	private final Duration limit;

	private final Consumer<Duration> sleep;

	private final LongSupplier nanoTime;

	private final RandomGenerator random;

	private Duration pause = FIRST_PAUSE;

	/** Since the work last went on. */
	private Duration waited = Duration.ZERO;

	private long failures;

	/**
	 * @param limit of all that is waited; with none, there is no second attempt
	 */
	public Patience(Duration limit, StopSwitch stop) {
		this(limit, stop::sleep, System::nanoTime, RandomGenerator.getDefault());
	}

	Patience(Duration limit, Consumer<Duration> sleep, LongSupplier nanoTime, RandomGenerator random) {
		this.limit = limit;
		this.sleep = sleep;
		this.nanoTime = nanoTime;
		this.random = random;
	}

	/**
	 * Waits before the next attempt.
	 * @throws Failure if there is to be none: patience is at its end, or the other side
	 * speaks something else
	 */
	public void pause(IOException cause) throws Failure {
		if (cause instanceof ProtocolException || cause instanceof WrongPeerException) {
			throw Failure.ofCentral("receive_message", "reason: " + cause.getMessage());
		}
		if (cause instanceof NoTlsException) {
			throw Failure.ofCentral("connect", "reason: " + cause.getMessage());
		}
		this.failures++;
		Duration left = left();
		if (!left.isPositive()) {
			throw Failure.ofCentral("connect",
					"reason: out of reach for " + this.waited.toMillis() + " ms, at last: " + cause.getMessage());
		}
		Duration next = jittered();
		next = (next.compareTo(left) < 0) ? next : left;
		log.warn("action: connect | result: in_progress | reason: {} | next_attempt_ms: {}",
				WrongPeerException.briefly(cause), next.toMillis());
		long from = now();
		this.sleep.accept(next);
		waitedSince(from);
	}

	private Duration left() {
		return this.limit.minus(this.waited);
	}

	/** The beginning of a wait. */
	long now() {
		return this.nanoTime.getAsLong();
	}

	/** Counts a wait for the central, whatever came of it. */
	void waitedSince(long beginning) {
		this.waited = this.waited.plusNanos(now() - beginning);
	}

	/**
	 * How long the next wait may be.
	 * @param most if there is so much time left
	 * @param repeatable whether it is of use to try again: then there has to be time left
	 * for that
	 */
	Duration forAWait(Duration most, boolean repeatable) {
		if (this.limit.isZero()) {
			return most;
		}
		Duration left = left();
		Duration part = repeatable ? left.minus(left.dividedBy(3)) : left;
		Duration bounded = (part.compareTo(most) < 0) ? part : most;
		return (bounded.compareTo(SHORTEST_WAIT) < 0) ? SHORTEST_WAIT : bounded;
	}

	/** Between half of the pause and the whole. */
	private Duration jittered() {
		long half = this.pause.toNanos() / 2;
		Duration twice = this.pause.multipliedBy(2);
		this.pause = (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
		return Duration.ofNanos(half + this.random.nextLong(half + 1));
	}

	/** How often the central was out of reach, in all. */
	public long failures() {
		return this.failures;
	}

	/** The work has gone on: all is forgiven. */
	public void progress() {
		this.waited = Duration.ZERO;
		this.pause = FIRST_PAUSE;
	}

	/**
	 * The central is there, although the work has not gone on: it is not given up, only
	 * asked ever more seldom.
	 */
	public void reached() {
		this.waited = Duration.ZERO;
	}

}
