package loteria.bet;

import java.util.Locale;

/**
 * The first rule that a bet breaks.
 *
 * @param value the offending text, cut to {@value #SHOWN} characters and with those
 * replaced that mean something in a log, see {@link #printable(String)}
 * @param rule what is allowed, in words that follow "must be"
 */
public record InvalidBet(Field field, String value, String rule) implements CheckedBet {

	private static final int SHOWN = 60;

	/** What decoders put for bytes that are no text. */
	private static final char LOST = '\uFFFD';

	public InvalidBet {
		value = printable(value);
	}

	/**
	 * Makes text from a peer fit for one line of a log: what is not
	 * {@linkplain Texts#isPlain plain} becomes U+FFFD, and the bar that stands between
	 * the values of a line a broken one, so that no value looks like two.
	 */
	public static String printable(String text) {
		return printable(text, SHOWN);
	}

	/**
	 * @param shown characters at the most
	 */
	public static String printable(String text, int shown) {
		String cut = (text.length() > shown) ? text.substring(0, shown) + "…" : text;
		return cut.codePoints()
			.map((c) -> (c == '|') ? '¦' : Texts.isPlain(c) ? c : LOST)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * Names the first character that a reader of the line can't see, and would look for
	 * in vain.
	 * @param blanks whether blanks count: not where they are allowed among others
	 * @return what follows the rule, or nothing
	 */
	public static String unseen(String value, boolean blanks) {
		int shown = Math.min(value.length(), SHOWN);
		for (int i = 0; i < shown; i++) {
			char c = value.charAt(i);
			if ((blanks && Texts.isUnseen(c)) || (!Texts.isPlain(c) && c != LOST)) {
				return String.format(Locale.ROOT, ", without the U+%04X %s at character %d", (int) c,
						Character.getName(c), value.codePointCount(0, i) + 1);
			}
		}
		return "";
	}

	/** Whether nothing of what is shown of a value can be seen. */
	static boolean isBlank(String value) {
		return Texts.trimmed(value.substring(0, Math.min(value.length(), SHOWN))).isEmpty();
	}

	@Override
	public String toString() {
		return this.field + " \"" + this.value + "\" must be " + this.rule;
	}

	/**
	 * The fields of a bet, named as they appear in logs.
	 */
	public enum Field {

		AGENCY("agency"), FIRST_NAME("firstName"), LAST_NAME("lastName"), DOCUMENT("document"), BIRTHDATE("birthdate"),
		NUMBER("number"),

		/** The bet as a whole: too few fields, too many. */
		FIELDS("fields");

		private final String label;

		Field(String label) {
			this.label = label;
		}

		@Override
		public String toString() {
			return this.label;
		}

	}

}
