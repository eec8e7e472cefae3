package loteria.central.tcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * How much one address may make the log say of one kind in a minute: what a peer sends
 * must not cost many times its bytes on disk. What is over it is counted, and said in one
 * line when the minute is over. Lines of bets that are stored do not count.
 */
class LogRate implements DisposableBean {

	/** Lines of what went wrong. */
	static final int FAILURES = 30;

	/** Lines of what went well. */
	static final int SUCCESSES = 300;

	static final long PERIOD_MILLIS = 60_000;

	/** Addresses and kinds that are told apart; all others share one place a kind. */
	private static final int KNOWN = 1000;

	/** Sums that are said one by one. */
	private static final int SUMS = 50;

	private static final String OTHERS = "others";

	private static final Logger log = LoggerFactory.getLogger(LogRate.class);

	private final Map<Kind, AtomicLong> lines = new ConcurrentHashMap<>();

	/** Whether one more line of this kind may be written now. */
	boolean allows(Kind kind) {
		AtomicLong known = this.lines.get(kind);
		if (known == null) {
			Kind told = (this.lines.size() < KNOWN) ? kind : kind.of(OTHERS);
			known = this.lines.computeIfAbsent(told, (missing) -> new AtomicLong());
		}
		return known.incrementAndGet() <= kind.most();
	}

	/** Says how many lines were not written, and begins anew. */
	@Scheduled(fixedRate = PERIOD_MILLIS, initialDelay = PERIOD_MILLIS)
	void endPeriod() {
		Map<Kind, Long> over = new ConcurrentHashMap<>();
		for (Kind kind : List.copyOf(this.lines.keySet())) {
			AtomicLong count = this.lines.remove(kind);
			if (count != null && count.get() > kind.most()) {
				over.put(kind, count.get() - kind.most());
			}
		}
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

	@Override
	public void destroy() {
		endPeriod();
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
