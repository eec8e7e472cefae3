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

	/**
	 * Whether a character leaves no mark on paper: the blanks of all scripts, and what
	 * only tells programs where words join or part. A list, so that both sides agree
	 * whatever Unicode their Java knows. What is not {@linkplain #isPlain(int) plain} is
	 * not among them.
	 */
	public static boolean isUnseen(int c) {
		if (c < 0x80) {
			return c == ' ';
		}
		return switch (c) {
			// blanks, and letters that look like one
			case 0x00A0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A,
					0x202F, 0x205F, 0x3000, 0x2800, 0x115F, 0x1160, 0x3164, 0xFFA0 ->
				true;
			// soft hyphen, joiners, invisible operators, byte order mark
			case 0x00AD, 0x034F, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF -> true;
			default -> false;
		};
	}

	/** Without what is {@linkplain #isUnseen(int) unseen} at either end. */
	public static String trimmed(String text) {
		int from = 0;
		int end = text.length();
		while (from < end && isUnseen(text.charAt(from))) {
			from++;
		}
		while (end > from && isUnseen(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(from, end);
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
