package loteria.agency.moving;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.regex.Pattern;

import loteria.agency.settings.Said;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses that are a number without a unit, of which nobody says what it counts: seconds,
 * unless one of them would then be longer than anybody wants to wait; milliseconds then.
 */
final class Pauses {

	private static final Logger log = LoggerFactory.getLogger(Pauses.class);

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

	/** The longest first pause, in seconds. */
	private static final BigDecimal FIRST = BigDecimal.valueOf(10);

	/** The longest pause at all, in seconds. */
	private static final BigDecimal ANY = BigDecimal.valueOf(60);

	private final String unit;

	/**
	 * @param first all the first pauses
	 * @param longest all the longest
	 */
	Pauses(Collection<String> first, Collection<String> longest) {
		boolean tooLong = first.stream().anyMatch((pause) -> isAbove(FIRST, pause))
				|| longest.stream().anyMatch((pause) -> isAbove(ANY, pause));
		this.unit = tooLong ? "ms" : "s";
	}

	private static boolean isNumber(String pause) {
		return NUMBER.matcher(pause).matches();
	}

	private static boolean isAbove(BigDecimal limit, String pause) {
		return isNumber(pause) && new BigDecimal(pause).compareTo(limit) > 0;
	}

	/** With a unit, as Go has it. */
	Said withUnit(Said pause) {
		if (!isNumber(pause.value())) {
			return pause;
		}
		Said valued = pause.valued(pause.value() + this.unit);
		log.info("action: config | result: in_progress | key: {} | value: {} | reason: without a unit, taken for {}",
				pause.name(), pause.value(), valued.value());
		return valued;
	}

}
