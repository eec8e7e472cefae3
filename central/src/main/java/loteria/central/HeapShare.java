package loteria.central;

import org.springframework.util.unit.DataSize;

/**
 * An amount of memory: a size, or a part of the heap in percent.
 *
 * @param text as in the settings
 */
public record HeapShare(String text) {

	private static final String PERCENT = "%";

	/** Throws what a size that is none throws. */
	public HeapShare {
		if (bytes(text, 100) < 1) {
			throw new IllegalArgumentException("no memory: " + text);
		}
	}

	/**
	 * @param heap in bytes
	 */
	public long bytes(long heap) {
		return bytes(this.text, heap);
	}

	private static long bytes(String text, long heap) {
		return text.endsWith(PERCENT) ? heap * Integer.parseInt(text.substring(0, text.length() - 1)) / 100
				: DataSize.parse(text).toBytes();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
