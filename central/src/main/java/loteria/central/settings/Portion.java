package loteria.central.settings;

import org.springframework.util.unit.DataSize;

/**
 * A part of something: a number or a size, or so much of it in percent.
 *
 * @param text as in the settings
 */
public record Portion(String text) {

	private static final String PERCENT = "%";

	/** Throws what a size that is none throws. */
	public Portion {
		if (of(text, 100) < 1) {
			throw new IllegalArgumentException("nothing: " + text);
		}
	}

	public long of(long whole) {
		return of(this.text, whole);
	}

	private static long of(String text, long whole) {
		return text.endsWith(PERCENT) ? whole * percent(text) / 100 : DataSize.parse(text).toBytes();
	}

	private static int percent(String text) {
		int percent = Integer.parseInt(text.substring(0, text.length() - PERCENT.length()));
		if (percent > 100) {
			throw new IllegalArgumentException("more than the whole: " + text);
		}
		return percent;
	}

	/** Whether it can be a number of something, and is no size. */
	boolean isOfNumbers() {
		return this.text.endsWith(PERCENT) || this.text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	@Override
	public String toString() {
		return this.text;
	}

}
