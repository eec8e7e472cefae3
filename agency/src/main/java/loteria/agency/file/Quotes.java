package loteria.agency.file;

/**
 * Follows the quotes of a row from line to line: a field is in quotes as a whole, and a
 * quote in it is doubled, as RFC 4180 says. Anything else may be half of something.
 */
final class Quotes {

	private static final char QUOTE = '"';

	private static final char SEPARATOR = ',';

	private Place place = Place.BEFORE_FIELD;

	private boolean stray;

	/**
	 * @param line the first of a row, or the next while one {@link #isOpen()}
	 */
	void read(String line) {
		for (int i = 0; i < line.length(); i++) {
			this.place = after(line.charAt(i));
		}
		if (!isOpen()) {
			this.place = Place.BEFORE_FIELD;
		}
	}

	private Place after(char c) {
		return switch (this.place) {
			case BEFORE_FIELD -> (c == QUOTE) ? Place.IN_QUOTES : unquoted(c);
			case UNQUOTED -> unquoted(c);
			case IN_QUOTES -> (c == QUOTE) ? Place.BEHIND_QUOTE : Place.IN_QUOTES;
			case BEHIND_QUOTE -> (c == QUOTE) ? Place.IN_QUOTES : behindField(c);
		};
	}

	private Place unquoted(char c) {
		this.stray |= c == QUOTE;
		return (c == SEPARATOR) ? Place.BEFORE_FIELD : Place.UNQUOTED;
	}

	private Place behindField(char c) {
		this.stray |= c != SEPARATOR;
		return (c == SEPARATOR) ? Place.BEFORE_FIELD : Place.UNQUOTED;
	}

	/** Whether the row goes on in the next line. */
	boolean isOpen() {
		return this.place == Place.IN_QUOTES;
	}

	/** Whether a quote stands in the middle of a field, or text behind one in quotes. */
	boolean isStray() {
		return this.stray;
	}

	/**
	 * What the next character comes after.
	 */
	private enum Place {

		BEFORE_FIELD, UNQUOTED, IN_QUOTES,

		/** The end of the field, or the first of two quotes that stand for one. */
		BEHIND_QUOTE

	}

}
