package loteria.protocol;

import java.util.ArrayList;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.DocumentList;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.bet.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Text that consists of fields with separators between them.
 */
public final class Fields {

	/** Agency 10, birthdate 10 and number 4 at their longest, and six separators. */
	private static final int LONGEST_REST = 10 + 10 + 4 + 6;

	private Fields() {
	}

	/**
	 * Splits at every separator; unlike {@link String#split(String)} it keeps empty
	 * fields wherever they are, so that one field too many is never taken for none.
	 */
	public static String[] split(String text, char separator) {
		List<String> fields = new ArrayList<>();
		int from = 0;
		for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
			fields.add(text.substring(from, at));
			from = at + 1;
		}
		fields.add(text.substring(from));
		return fields.toArray(String[]::new);
	}

	/**
	 * Splits a list, behind whose last element one more separator may stand.
	 */
	public static String[] elements(String text, char separator) {
		return split(text.endsWith(String.valueOf(separator)) ? text.substring(0, text.length() - 1) : text, separator);
	}

	/**
	 * Takes the carriage return off a line that ended in CR LF.
	 */
	public static String withoutReturn(String line) {
		return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
	}

	/**
	 * @return the documents in their order, or null if one of {@code texts} is none
	 */
	public static @Nullable DocumentList documents(String[] texts) {
		for (String text : texts) {
			if (!BetRules.isDocument(text)) {
				return null;
			}
		}
		return DocumentList.of(List.of(texts));
	}

	/**
	 * Appends agency, firstName, lastName, document, birthdate and number.
	 */
	public static void append(StringBuilder to, Bet bet, char separator) {
		to.append(bet.agency()).append(separator);
		appendAnonymous(to, bet, separator);
	}

	/**
	 * Appends firstName, lastName, document, birthdate and number.
	 */
	public static void appendAnonymous(StringBuilder to, Bet bet, char separator) {
		to.append(bet.firstName())
			.append(separator)
			.append(bet.lastName())
			.append(separator)
			.append(bet.document())
			.append(separator)
			.append(bet.birthdate())
			.append(separator)
			.append(bet.number());
	}

	/**
	 * The bytes of a bet's six fields as text, at the most, and of six separators.
	 */
	public static int size(Bet bet) {
		return Texts.utf8Length(bet.firstName()) + Texts.utf8Length(bet.lastName()) + bet.document().length()
				+ LONGEST_REST;
	}

	/**
	 * Whether the names of a bet keep clear of what a dialect puts between fields.
	 * @param separators no name may have any of these
	 * @return the name that has, or null
	 */
	public static @Nullable InvalidBet without(Bet bet, String dialect, String separators) {
		if (hasAny(bet.firstName(), separators)) {
			return separated(Field.FIRST_NAME, bet.firstName(), dialect, separators);
		}
		return hasAny(bet.lastName(), separators) ? separated(Field.LAST_NAME, bet.lastName(), dialect, separators)
				: null;
	}

	private static InvalidBet separated(Field field, String name, String dialect, String separators) {
		return new InvalidBet(field, name,
				"free of " + String.join(" ", separators.split("")) + " in dialect " + dialect);
	}

	private static boolean hasAny(String text, String characters) {
		for (int i = 0; i < characters.length(); i++) {
			if (text.indexOf(characters.charAt(i)) >= 0) {
				return true;
			}
		}
		return false;
	}

}
