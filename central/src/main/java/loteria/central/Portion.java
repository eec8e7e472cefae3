package loteria.central;

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
		return text.endsWith(PERCENT) ? whole * Integer.parseInt(text.substring(0, text.length() - 1)) / 100
				: DataSize.parse(text).toBytes();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
