package loteria.central.lottery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Agencies that have finished and not said who they are. One can't be recognised when it
 * comes again, so it counts only as long as it is there, and once from where it speaks.
 */
final class UnnamedAgencies {

	/** Who sends and goes away is gone within this time. */
	private static final Duration FIRST_LOOK = Duration.ofMillis(100);

	private static final Duration LOOK = Duration.ofMillis(1);

	private final Map<String, Finisher> waiting = new ConcurrentHashMap<>();

	/**
	 * Counts one.
	 * @return why it does not count, or null if it does until it leaves
	 */
	@Nullable Refusal join(Finisher agency) {
		if (!agency.isThere(FIRST_LOOK)) {
			return new Refusal(Reason.GONE, "an agency that has not said which it is, and has closed its side");
		}
		Finisher before = this.waiting.get(agency.origin());
		if (before != null && !before.isThere(LOOK)) {
			leave(before);
		}
		return (this.waiting.putIfAbsent(agency.origin(), agency) == null) ? null : new Refusal(Reason.UNKNOWN_AGENCY,
				"an agency that has not said which it is, and another waits already at " + agency.origin());
	}

	void leave(Finisher agency) {
		this.waiting.remove(agency.origin(), agency);
	}

	/** Forgets those that have gone and have not left yet. */
	void forgetGone() {
		this.waiting.values().removeIf((agency) -> !agency.isThere(LOOK));
	}

	int count() {
		return this.waiting.size();
	}

}
