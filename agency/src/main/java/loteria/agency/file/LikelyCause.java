package loteria.agency.file;

import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import org.jspecify.annotations.Nullable;

/**
 * What may have gone wrong with a file that has a row which can't be sent: a guess, for
 * the person who made it.
 */
public enum LikelyCause {

	UTF_16("the file seems to be in UTF-16; save it as UTF-8"),

	NOT_UTF8("the file seems to be in another encoding, such as ISO 8859-1; save it as UTF-8"),

	SEMICOLONS("the fields seem to be separated by semicolons; save it with commas"),

	TABS("the fields seem to be separated by tabs; save it with commas"),

	BARS("the fields seem to be separated by bars; save it with commas"),

	CARRIAGE_RETURNS("the lines seem to end with a carriage return alone; save it with line feeds"),

	HEADER("it seems to have a header line; the first bet belongs there"),

	QUOTES("quotes are left open, or stand in the middle of a field"),

	COLUMNS("there seems to be a column too many or too few;"
			+ " a row is firstName,lastName,document,birthdate,number and no more"),

	VALUES("the values are not those of bets; a row is firstName,lastName,document,birthdate,number");

	/** Of a row. */
	private static final int SEPARATORS = 4;

	private final String words;

	LikelyCause(String words) {
		this.words = words;
	}

	/**
	 * @param text the row as it stands in the file, or the first line of it
	 */
	static LikelyCause of(String text, boolean utf8, long line, InvalidBet why) {
		if (text.indexOf('\0') >= 0) {
			return UTF_16;
		}
		if (text.indexOf('\r') >= 0) {
			return CARRIAGE_RETURNS;
		}
		boolean wrongFields = why.field() == Field.FIELDS;
		if (wrongFields && count(text, ',') == 0) {
			LikelyCause separator = separator(text);
			if (separator != null) {
				return separator;
			}
		}
		if (isMisquoted(text)) {
			return QUOTES;
		}
		if (!utf8) {
			return NOT_UTF8;
		}
		if (line == 1 && text.chars().noneMatch((c) -> c >= '0' && c <= '9')) {
			return HEADER;
		}
		return wrongFields ? COLUMNS : VALUES;
	}

	private static boolean isMisquoted(String text) {
		Quotes quotes = new Quotes();
		quotes.read(text);
		return quotes.isOpen() || quotes.isStray();
	}

	private static @Nullable LikelyCause separator(String text) {
		if (count(text, ';') >= SEPARATORS) {
			return SEMICOLONS;
		}
		if (count(text, '\t') >= SEPARATORS) {
			return TABS;
		}
		return (count(text, '|') >= SEPARATORS) ? BARS : null;
	}

	private static long count(String text, char wanted) {
		return text.chars().filter((c) -> c == wanted).count();
	}

	@Override
	public String toString() {
		return this.words;
	}

}
