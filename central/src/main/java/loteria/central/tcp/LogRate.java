package loteria.central.tcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * How much one address may make the log say of one kind in a minute: what a peer sends
 * must not cost many times its bytes on disk. What is over it is counted, and said in one
 * line when the minute is over.
 * <p>
 * Lines of bets that are stored have a rate of their own, of all agencies together: above
 * it, what each agency stored in a second is said in one line, until there is less again.
 */
class LogRate implements DisposableBean {

	/** Lines of what went wrong. */
	static final int FAILURES = 30;

	/** Lines of what went well. */
	static final int SUCCESSES = 300;

	static final long PERIOD_MILLIS = 60_000;

	private static final long SECOND_MILLIS = 1000;

	/** Addresses and kinds that are told apart; all others share one place a kind. */
	private static final int KNOWN = 1000;

	/** Sums that are said one by one. */
	private static final int SUMS = 50;

	private static final String OTHERS = "others";

	private static final Logger log = LoggerFactory.getLogger(LogRate.class);

	/** How many seconds' lines of stored bets may come at once: those of a whole job. */
	private static final int SAVED = 20;

	/**
	 * How many there were since the period began, those included that were not written.
	 */
	private final Map<Kind, Long> lines = new ConcurrentHashMap<>();

	private final int storedRate;

	private final Map<Integer, Stored> stored = new TreeMap<>();

	private long left;

	private boolean summing;

	/**
	 * @param storedRate lines of stored bets a second; 0 for any
	 */
	LogRate(int storedRate) {
		this.storedRate = storedRate;
		this.left = (long) SAVED * storedRate;
	}

	/** Whether one more line of this kind may be written now. */
	boolean allows(Kind kind) {
		Kind told = (this.lines.containsKey(kind) || this.lines.size() < KNOWN) ? kind : kind.of(OTHERS);
		return this.lines.merge(told, 1L, Long::sum) <= kind.most();
	}

	/**
	 * Whether lines may be written of a batch now; it becomes part of a sum otherwise.
	 */
	synchronized boolean allowsStored(int agency, int bets) {
		if (this.storedRate == 0) {
			return true;
		}
		// one that comes alone has two lines
		this.left -= (bets == 1) ? 2 : 1;
		this.summing |= this.left < 0;
		if (this.summing) {
			this.stored.merge(agency, new Stored(bets, 1, (bets == 1) ? 1 : 0), Stored::and);
		}
		return !this.summing;
	}

	@Scheduled(fixedRate = SECOND_MILLIS)
	void endSecond() {
		Map<Integer, Stored> sums;
		synchronized (this) {
			this.left = Math.min(Math.max(this.left, -this.storedRate) + this.storedRate,
					(long) SAVED * this.storedRate);
			this.summing &= this.left <= 0;
			sums = new TreeMap<>(this.stored);
			this.stored.clear();
		}
		sums.entrySet().stream().limit(SUMS).forEach((sum) -> say("agency: " + sum.getKey(), sum.getValue()));
		sums.values()
			.stream()
			.skip(SUMS)
			.reduce(Stored::and)
			.ifPresent((rest) -> say("agencies: " + (sums.size() - SUMS), rest));
	}

	private static void say(String who, Stored sum) {
		log.info("action: apuesta_recibida | result: success | cantidad: {} | {} | batches: {}", sum.bets, who,
				sum.batches);
		if (sum.single > 0) {
			log.info("action: apuesta_almacenada | result: success | cantidad: {} | {}", sum.single, who);
		}
	}

	/** Says how many lines were not written, and begins anew. */
	@Scheduled(fixedRate = PERIOD_MILLIS, initialDelay = PERIOD_MILLIS)
	void endPeriod() {
		Map<Kind, Long> over = takeOver();
		List<Kind> kinds = new ArrayList<>(over.keySet());
		kinds.sort(Comparator.comparing(over::get).reversed());
		for (Kind kind : kinds.subList(0, Math.min(kinds.size(), SUMS))) {
			log.warn("action: {} | result: {} | ip: {} | reason: {} | more: {} lines like this within {}s",
					kind.action(), kind.failed() ? "fail" : "success", kind.address(), kind.reason(), over.get(kind),
					PERIOD_MILLIS / 1000);
		}
		if (kinds.size() > SUMS) {
			log.warn("action: log | result: in_progress | more: {} lines of {} other kinds within {}s",
					kinds.stream().skip(SUMS).mapToLong(over::get).sum(), kinds.size() - SUMS, PERIOD_MILLIS / 1000);
		}
	}

	/** Begins anew; returns how many lines were not written. */
	Map<Kind, Long> takeOver() {
		Map<Kind, Long> over = new HashMap<>();
		for (Kind kind : List.copyOf(this.lines.keySet())) {
			Long count = this.lines.remove(kind);
			if (count != null && count > kind.most()) {
				over.put(kind, count - kind.most());
			}
		}
		return over;
	}

	@Override
	public void destroy() {
		endSecond();
		endPeriod();
	}

	/**
	 * What one agency stored.
	 *
	 * @param single batches of one bet
	 */
	private record Stored(long bets, long batches, long single) {

		private Stored and(Stored more) {
			return new Stored(this.bets + more.bets, this.batches + more.batches, this.single + more.single);
		}

	}

	/**
	 * Lines that are counted together.
	 *
	 * @param address of the peer, without its port
	 * @param reason of a failure, as counters name it
	 */
	record Kind(String address, String action, boolean failed, String reason) {

		private Kind of(String other) {
			return new Kind(other, this.action, this.failed, this.reason);
		}

		private int most() {
			return this.failed ? FAILURES : SUCCESSES;
		}

	}

}
