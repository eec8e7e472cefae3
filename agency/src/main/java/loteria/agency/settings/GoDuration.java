package loteria.agency.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Durations as Go writes them: {@code 0.5ms}, {@code 5s}, {@code 1m30s}.
 */
final class GoDuration {

	private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");

	private static final Map<String, Duration> UNITS = Map.of("ns", Duration.ofNanos(1), "us", Duration.ofNanos(1_000),
			"µs", Duration.ofNanos(1_000), "μs", Duration.ofNanos(1_000), "ms", Duration.ofMillis(1), "s",
			Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

	/** What Go's 64 bits of nanoseconds hold. */
	private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

	private GoDuration() {
	}

	/**
	 * @return the duration, or null if {@code text} is none, or a negative one
	 */
	static @Nullable Duration parse(String text) {
		if (text.equals("0")) {
			return Duration.ZERO;
		}
		Matcher part = PART.matcher(text);
		BigDecimal nanos = BigDecimal.ZERO;
		int end = 0;
		while (end < text.length() && part.find(end) && part.start() == end) {
			long unit = Objects.requireNonNull(UNITS.get(part.group(2))).toNanos();
			nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
			end = part.end();
		}
		boolean complete = end > 0 && end == text.length() && nanos.compareTo(LONGEST) <= 0;
		return complete ? Duration.ofNanos(nanos.longValue()) : null;
	}

	static String format(Duration duration) {
		if (duration.isZero()) {
			return "0s";
		}
		if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
			return decimal(duration.toNanos(), Duration.ofMillis(1)) + "ms";
		}
		long hours = duration.toHours();
		int minutes = duration.toMinutesPart();
		Duration rest = duration.minusHours(hours).minusMinutes(minutes);
		return ((hours > 0) ? hours + "h" : "") + ((minutes > 0) ? minutes + "m" : "")
				+ (rest.isZero() ? "" : decimal(rest.toNanos(), Duration.ofSeconds(1)) + "s");
	}

	private static String decimal(long nanos, Duration unit) {
		return BigDecimal.valueOf(nanos)
			.divide(BigDecimal.valueOf(unit.toNanos()))
			.stripTrailingZeros()
			.toPlainString();
	}

}
