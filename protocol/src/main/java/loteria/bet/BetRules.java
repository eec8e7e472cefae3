package loteria.bet;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;

import loteria.bet.InvalidBet.Field;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a bet, which all dialects and both sides share ({@code protocols.md},
 * "What every dialect says"). Thread-safe.
 */
public final class BetRules {

	static final int MAX_NAME_BYTES = 50;

	static final int MAX_DOCUMENT_DIGITS = 10;

	static final int MAX_NUMBER = 9999;

	/** Enough for every agency; more are refused before they could overflow. */
	static final int MAX_DIGITS = 10;

	private static final String NAME_RULE = "1 to 50 bytes of UTF-8 without control characters, bidirectional controls, "
			+ "U+2028, U+2029 and U+FFFD";

	private static final String DOCUMENT_RULE = "1 to 10 digits";

	private static final String DATE_RULE = "a real date as YYYY-MM-DD";

	private static final String FUTURE_RULE = "a date that is not in the future";

	private static final String NUMBER_RULE = "a whole number from 0 to 9999";

	private static final String AGENCY_RULE = "a whole number from 1 to 2147483647";

	/** Where a day begins first. */
	private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

	private static final int GRACE = 1;

	private final Clock clock;

	private final int daysOfGrace;

	/**
	 * The rules by which an agency sends. A birthdate is in the future as long as that
	 * day has begun nowhere on Earth: so today never is, wherever the agency is.
	 * @param clock whose time zone does not matter
	 */
	public BetRules(Clock clock) {
		this(clock, 0);
	}

	private BetRules(Clock clock, int daysOfGrace) {
		this.clock = clock;
		this.daysOfGrace = daysOfGrace;
	}

	/**
	 * The rules by which a central stores. They give birthdates a day of grace, so that
	 * nothing that an agency may send is refused because its clock is ahead.
	 * @param clock as above
	 */
	public static BetRules storing(Clock clock) {
		return new BetRules(clock, GRACE);
	}

	/**
	 * Reads an agency as it stands in a bet or in a message of its own.
	 * @return the agency, or 0 where the text is none
	 */
	public static int agency(String text) {
		long value = Texts.number(text, MAX_DIGITS);
		return (value >= 1 && value <= Integer.MAX_VALUE) ? (int) value : 0;
	}

	public static boolean isDocument(String text) {
		return Texts.number(text, MAX_DOCUMENT_DIGITS) >= 0;
	}

	public static InvalidBet invalidAgency(String text) {
		return new InvalidBet(Field.AGENCY, text, AGENCY_RULE + InvalidBet.unseen(text, true));
	}

	public static InvalidBet wrongFieldCount(String bet, int found, int expected) {
		return new InvalidBet(Field.FIELDS, bet, expected + " fields, not " + found);
	}

	static InvalidBet invalidName(Field field, String text) {
		return new InvalidBet(field, text, NAME_RULE + InvalidBet.unseen(text, InvalidBet.isBlank(text)));
	}

	static InvalidBet invalidDocument(String text) {
		return new InvalidBet(Field.DOCUMENT, text, DOCUMENT_RULE + InvalidBet.unseen(text, true));
	}

	static InvalidBet invalidDate(String text) {
		return new InvalidBet(Field.BIRTHDATE, text, DATE_RULE + InvalidBet.unseen(text, true));
	}

	static InvalidBet futureDate(String text) {
		return new InvalidBet(Field.BIRTHDATE, text, FUTURE_RULE);
	}

	static InvalidBet invalidNumber(String text) {
		return new InvalidBet(Field.NUMBER, text, NUMBER_RULE + InvalidBet.unseen(text, true));
	}

	public CheckedBet check(String agency, String firstName, String lastName, String document, String birthdate,
			String number) {
		int value = agency(agency);
		return (value == 0) ? invalidAgency(agency) : check(value, firstName, lastName, document, birthdate, number);
	}

	/**
	 * The bet, its names {@linkplain Texts#trimmed trimmed}, or what is wrong with it.
	 * @param agency known already, hence valid
	 */
	public CheckedBet check(int agency, String givenFirstName, String givenLastName, String document, String birthdate,
			String number) {
		String firstName = Texts.trimmed(givenFirstName);
		String lastName = Texts.trimmed(givenLastName);
		if (!isName(firstName)) {
			return invalidName(Field.FIRST_NAME, givenFirstName);
		}
		if (!isName(lastName)) {
			return invalidName(Field.LAST_NAME, givenLastName);
		}
		if (!isDocument(document)) {
			return invalidDocument(document);
		}
		LocalDate date = date(birthdate);
		if (date == null) {
			return invalidDate(birthdate);
		}
		if (date.isAfter(latestDate())) {
			return futureDate(birthdate);
		}
		long value = Texts.number(number, MAX_DIGITS);
		if (value < 0 || value > MAX_NUMBER) {
			return invalidNumber(number);
		}
		return new Bet(agency, firstName, lastName, document, date, (int) value);
	}

	private LocalDate latestDate() {
		return LocalDate.ofInstant(this.clock.instant(), EARLIEST).plusDays(this.daysOfGrace);
	}

	/** The last birthdate that is not in the future, as the number {@code yyyymmdd}. */
	int latestBirthdate() {
		LocalDate latest = latestDate();
		return (latest.getYear() * 100 + latest.getMonthValue()) * 100 + latest.getDayOfMonth();
	}

	private static boolean isName(String name) {
		for (int i = 0; i < name.length(); i++) {
			if (!Texts.isPlain(name.charAt(i))) {
				return false;
			}
		}
		return !name.isEmpty() && Texts.utf8Length(name) <= MAX_NAME_BYTES;
	}

	private static @Nullable LocalDate date(String text) {
		if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
			return null;
		}
		int year = (int) Texts.number(text, 0, 4);
		int month = (int) Texts.number(text, 5, 7);
		int day = (int) Texts.number(text, 8, 10);
		if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
			return null;
		}
		try {
			return LocalDate.of(year, month, day);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
