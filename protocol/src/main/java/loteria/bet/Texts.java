package loteria.bet;

/**
 * Reading and measuring text without creating garbage: done once a field, millions of
 * times.
 */
public final class Texts {

	private Texts() {
	}

	/**
	 * @param most up to 18
	 * @return the value of a text of 1 to {@code most} ASCII digits, or &minus;1 where it
	 * is anything else
	 */
	public static long number(String text, int most) {
		return (text.length() > most) ? -1 : number(text, 0, text.length());
	}

	static long number(String text, int from, int end) {
		long value = (from < end) ? 0 : -1;
		for (int i = from; i < end; i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			value = value * 10 + digit;
		}
		return value;
	}

	/**
	 * Whether a character stays where it is put: it neither controls a terminal, nor ends
	 * a line, nor turns around what stands beside it, nor stands for one that was lost.
	 */
	public static boolean isPlain(int c) {
		if (c < 0x80) {
			return c >= ' ' && c != 0x7F;
		}
		return switch (c) {
			// the marks and the controls of the bidirectional algorithm
			case 0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069 ->
				false;
			// line and paragraph separator, and what decoders put for bytes that are no
			// text
			case 0x2028, 0x2029, 0xFFFD -> false;
			default -> !Character.isISOControl(c);
		};
	}

	/** Whether all of {@code text} is {@linkplain #isPlain(int) plain}. */
	public static boolean isPlain(String text) {
		return text.codePoints().allMatch(Texts::isPlain);
	}

	/**
	 * What a text looks like, without what it says: x for every letter, 9 for every
	 * digit. For a log that must not tell whose bet it was.
	 */
	public static String outline(String text) {
		return text.codePoints()
			.map((c) -> Character.isDigit(c) ? '9' : isOfWord(c) ? 'x' : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static boolean isOfWord(int c) {
		// what stands for characters that are gone stays
		return Character.isLetter(c) || (c > 0x7F && c != '\uFFFD' && c != '…' && c != '¦');
	}

	/** The bytes of {@code text} in UTF-8. */
	public static int utf8Length(String text) {
		int bytes = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			// a surrogate is half of a character of four bytes
			bytes += (c < 0x80) ? 1 : (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
		}
		return bytes;
	}

}
