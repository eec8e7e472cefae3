package loteria.protocol;

import java.util.ArrayList;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import org.jspecify.annotations.Nullable;

/**
 * Text that consists of fields with separators between them.
 */
public final class Fields {

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
