package loteria.agency.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

import loteria.agency.ending.Failure;
import loteria.agency.tcp.Silence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait for the draw, over all connections and questions: says every minute that it
 * goes on, and ends where the agency was told how long it may last.
 */
public final class DrawWait implements Silence {

	static final String ACTION = "consulta_ganadores";

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Logger log = LoggerFactory.getLogger(DrawWait.class);

	private final @Nullable Duration limit;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private @Nullable Instant since;

	private long begun;

	private Duration said = Duration.ZERO;

	/**
	 * @param limit null for none
	 */
	public DrawWait(@Nullable Duration limit) {
		this(limit, Clock.systemUTC(), System::nanoTime);
	}

	DrawWait(@Nullable Duration limit, Clock clock, LongSupplier nanoTime) {
		this.limit = limit;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	/**
	 * Called before each question. The wait begins with the first.
	 * @throws Failure if there is no time for another
	 */
	void ask() throws Failure {
		if (this.since == null) {
			this.since = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
			this.begun = this.nanoTime.getAsLong();
			log.info("action: " + ACTION + " | result: in_progress");
		}
		passed();
	}

	private Duration waited() {
		return Duration.ofNanos(this.nanoTime.getAsLong() - this.begun);
	}

	@Override
	public Duration next() {
		Duration next = this.said.plus(MINUTE);
		if (this.limit != null && this.limit.compareTo(next) < 0) {
			next = this.limit;
		}
		Duration left = next.minus(waited());
		return (left.compareTo(Duration.ofMillis(1)) < 0) ? Duration.ofMillis(1) : left;
	}

	@Override
	public void passed() throws Failure {
		Duration waited = waited();
		if (this.limit != null && waited.compareTo(this.limit) >= 0) {
			throw Failure.notDrawn(ACTION, "since: " + this.since + " | seconds: " + waited.toSeconds()
					+ " | reason: the draw did not happen within wait.limit | hint: the central's page and log say which"
					+ " agencies it waits for; start again to ask again");
		}
		if (waited.minus(this.said).compareTo(MINUTE) >= 0) {
			this.said = Duration.ofMinutes(waited.toMinutes());
			log.info("action: " + ACTION + " | result: in_progress | since: {} | seconds: {} | reason: the draw has not"
					+ " happened yet, other agencies have not finished | hint: the central's page and log say which",
					this.since, waited.toSeconds());
		}
	}

}
