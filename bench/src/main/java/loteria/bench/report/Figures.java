package loteria.bench.report;

import java.util.Collection;
import java.util.Locale;

/**
 * How figures are written, and which of several is the one that counts.
 */
public final class Figures {

	/** In place of what is not known. */
	public static final String NONE = "–";

	private static final double MEGABYTE = 1e6;

	private Figures() {
	}

	/** As many digits as mean something. */
	public static String number(double value) {
		if (value >= 10_000) {
			double rounded = (value >= 1_000_000) ? 10_000 : 1_000;
			return String.format(Locale.ROOT, "%,.0f", Math.round(value / rounded) * rounded);
		}
		return String.format(Locale.ROOT, (value >= 100) ? "%,.0f" : (value >= 10) ? "%.1f" : "%.2f", value);
	}

	public static String ratio(double value, double of) {
		return (of > 0) ? String.format(Locale.ROOT, "%.2f", value / of) : NONE;
	}

	public static String megabytes(double bytes) {
		return (bytes > 0) ? number(bytes / MEGABYTE) : NONE;
	}

	/** The middle one; of an even number, the lower of the two. */
	public static double median(Collection<Double> values) {
		return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
	}

}
