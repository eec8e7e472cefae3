package loteria.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Bytes in a buffer that is not theirs: good as long as nothing else is written there.
 * Positions count within {@code bytes}.
 *
 * @param from of the first
 * @param end behind the last
 */
public record Slice(byte[] bytes, int from, int end) {

	/** Never less than the 61 characters by which a shortened text is known. */
	private static final int EXCERPT_BYTES = 256;

	public int length() {
		return this.end - this.from;
	}

	public boolean isEmpty() {
		return this.from == this.end;
	}

	/** This slice up to {@code newEnd}. */
	public Slice upTo(int newEnd) {
		return new Slice(this.bytes, this.from, newEnd);
	}

	/** This slice from {@code newFrom} on. */
	public Slice after(int newFrom) {
		return new Slice(this.bytes, newFrom, this.end);
	}

	public boolean startsWith(String ascii) {
		if (length() < ascii.length()) {
			return false;
		}
		for (int i = 0; i < ascii.length(); i++) {
			if (this.bytes[this.from + i] != ascii.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/** Whether this is {@code ascii} and nothing more. */
	public boolean is(String ascii) {
		return length() == ascii.length() && startsWith(ascii);
	}

	public boolean endsWith(char ascii) {
		return !isEmpty() && this.bytes[this.end - 1] == ascii;
	}

	/** The slice without its last byte where that is {@code ascii}. */
	public Slice without(char ascii) {
		return endsWith(ascii) ? upTo(this.end - 1) : this;
	}

	/** The position of the first {@code wanted}, or the end if there is none. */
	public int find(char wanted) {
		return find(wanted, this.from);
	}

	/** The same from {@code position} on. */
	public int find(char wanted, int position) {
		int index = Scan.indexOf((byte) wanted, this.bytes, position, this.end);
		return (index < 0) ? this.end : index;
	}

	/** See {@link Digits#value}. */
	public long number(int most) {
		return Digits.value(this.bytes, this.from, this.end, most);
	}

	public boolean isUtf8() {
		return Utf8.isValid(this.bytes, this.from, this.end);
	}

	/** With U+FFFD for what is not UTF-8. */
	public String text() {
		return new String(this.bytes, this.from, length(), StandardCharsets.UTF_8);
	}

	/**
	 * The beginning of the text, as much as a log line shows and a bit more, whatever the
	 * length of the whole.
	 */
	public String excerpt() {
		return upTo(Math.min(this.end, this.from + EXCERPT_BYTES)).text();
	}

	/** No bytes: they may be anybody's name. */
	@Override
	public String toString() {
		return length() + " bytes";
	}

}
