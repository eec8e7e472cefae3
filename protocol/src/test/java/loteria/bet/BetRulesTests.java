package loteria.bet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

import loteria.bet.InvalidBet.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BetRulesTests {

	private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

	private final BetRules rules = new BetRules(Clock.fixed(NOON, ZoneOffset.UTC));

	private Field broken(String agency, String firstName, String lastName, String document, String birthdate,
			String number) {
		CheckedBet checked = this.rules.check(agency, firstName, lastName, document, birthdate, number);
		assertThat(checked).isInstanceOf(InvalidBet.class);
		return ((InvalidBet) checked).field();
	}

	private Field brokenByName(String name) {
		Field field = broken("1", name, "Sol", "5", "2000-01-01", "0");
		assertThat(broken("1", "Ana", name, "5", "2000-01-01", "0")).isEqualTo(Field.LAST_NAME);
		return field;
	}

	private boolean accepts(String agency, String name, String document, String birthdate, String number) {
		return this.rules.check(agency, name, name, document, birthdate, number) instanceof Bet;
	}

	@Test
	void makesABetOfItsFields() {
		assertThat(this.rules.check("7", "María José", "Núñez", "0030904465", "1999-03-17", "7574"))
			.isEqualTo(new Bet(7, "María José", "Núñez", "0030904465", LocalDate.of(1999, 3, 17), 7574));
	}

	@Test
	void takesAnAgencyThatIsKnownAlready() {
		assertThat(this.rules.check(7, "Ana", "Sol", "5", "1999-03-17", "0"))
			.isEqualTo(new Bet(7, "Ana", "Sol", "5", LocalDate.of(1999, 3, 17), 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "255", "2147483647", "0000000001" })
	void acceptsAgency(String agency) {
		assertThat(accepts(agency, "Ana", "5", "2000-01-01", "0")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "-1", "+1", " 1", "1 ", "1.0", "x", "2147483648", "4294967297", "00000000001",
			"18446744073709551617", "١" })
	void refusesAgency(String agency) {
		assertThat(broken(agency, "Ana", "Sol", "5", "2000-01-01", "0")).isEqualTo(Field.AGENCY);
		assertThat(BetRules.agency(agency)).isZero();
	}

	@Test
	void readsAnAgencyByItself() {
		assertThat(BetRules.agency("2147483647")).isEqualTo(2147483647);
		assertThat(BetRules.agency("1")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "ñ", "12345678901234567890123456789012345678901234567890",
			"ñññññññññññññññññññññññññ", "€€€€€€€€€€€€€€€€12", "😀😀😀😀😀😀😀😀😀😀😀😀12", "D'Angelo", "\u2027",
			"a b", "a\u00A0b", "a;b~c,d#e@f:g\"" })
	void acceptsName(String name) {
		assertThat(accepts("1", name, "5", "2000-01-01", "0")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "123456789012345678901234567890123456789012345678901", "ñññññññññññññññññññññññññ1",
			"€€€€€€€€€€€€€€€€123", "😀😀😀😀😀😀😀😀😀😀😀😀123", "a\tb", "a\n", "\r", "\0", "\u007F", "a\u0085b",
			"Jos\uFFFD", "\uFFFD\uFFFD", "a\u2028", "\u2029b", "\u061C", "\u200Ea", "a\u200F", "\u202Aa", "\u202B",
			"\u202C", "\u202D", "Ana\u202EzaP", "\u2066", "\u2067", "\u2068", "\u2069" })
	void refusesName(String name) {
		assertThat(brokenByName(name)).isEqualTo(Field.FIRST_NAME);
	}

	/** As spreadsheets and web pages leave it at the ends of a cell. */
	@ParameterizedTest
	@ValueSource(strings = { " ", "\u00A0", "\u00AD", "\u2009", "\u200B", "\u200D", "\u202F", "\u2060", "\u3000",
			"\uFEFF", " \u00A0\u200B " })
	void whatIsUnseenAtItsEndsIsNoPartOfAName(String unseen) {
		assertThat(this.rules.check(7, unseen + "Ana" + unseen + "Luz", "Sol" + unseen, "5", "1999-03-17", "0"))
			.isEqualTo(new Bet(7, "Ana" + unseen + "Luz", "Sol", "5", LocalDate.of(1999, 3, 17), 0));
		assertThat(accepts("1", unseen + "x".repeat(50) + unseen, "5", "2000-01-01", "0")).isTrue();
		assertThat(brokenByName(unseen)).isEqualTo(Field.FIRST_NAME);
	}

	@Test
	void namesWhatCannotBeSeenInAValueAndItsPlace() {
		assertThat(this.rules.check("1", "Ana", "Sol", "30000006\u00A0", "2000-01-01", "0")).hasToString(
				"document \"30000006\u00A0\" must be 1 to 10 digits, without the U+00A0 NO-BREAK SPACE at character 9");
		assertThat(this.rules.check("1", "Ana", "Sol", "5", "2000-01-01\uFEFF", "0")).asString()
			.endsWith("YYYY-MM-DD, without the U+FEFF ZERO WIDTH NO-BREAK SPACE at character 11");
		assertThat(this.rules.check("1", "Ana", "Sol", "5", "2000-01-01", "\u200B7")).asString()
			.endsWith(" 9999, without the U+200B ZERO WIDTH SPACE at character 1");
		assertThat(this.rules.check(" 1", "Ana", "Sol", "5", "2000-01-01", "7")).asString()
			.endsWith(" 2147483647, without the U+0020 SPACE at character 1");
		assertThat(this.rules.check("1", "😀 a\tb", "Sol", "5", "2000-01-01", "7")).asString()
			.endsWith(" U+FFFD, without the U+0009 CHARACTER TABULATION at character 4");
		assertThat(this.rules.check("1", "Ana", "\u00A0", "5", "2000-01-01", "7")).asString()
			.endsWith(" U+FFFD, without the U+00A0 NO-BREAK SPACE at character 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "5", "0000000000", "9999999999" })
	void acceptsDocument(String document) {
		assertThat(accepts("1", "Ana", document, "2000-01-01", "0")).isTrue();
		assertThat(BetRules.isDocument(document)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "12345678901", "-1", "12.345.678", "1a", " 5" })
	void refusesDocument(String document) {
		assertThat(broken("1", "Ana", "Sol", document, "2000-01-01", "0")).isEqualTo(Field.DOCUMENT);
		assertThat(BetRules.isDocument(document)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2000-02-29", "2025-06-01", "2025-06-02", "0001-01-01", "1999-12-31", "1900-02-28" })
	void acceptsBirthdate(String birthdate) {
		assertThat(accepts("1", "Ana", "5", birthdate, "0")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2001-02-29", "1900-02-29", "2000-02-30", "2000-04-31", "2000-00-01", "2000-13-01",
			"2000-01-00", "2000-01-32", "0000-01-01", "2000/01-01", "2000-01/01", "2000-1-01", "2000-01-1",
			"20000-01-01", "2000-01-01 ", "-200-01-01", "2000-0x-01", "2000-01-0x", "200x-01-01", "01-01-2000" })
	void refusesBirthdate(String birthdate) {
		assertThat(broken("1", "Ana", "Sol", "5", birthdate, "0")).isEqualTo(Field.BIRTHDATE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2025-06-03", "2026-01-01", "9999-12-31" })
	void refusesBirthdateInTheFuture(String birthdate) {
		CheckedBet checked = this.rules.check("1", "Ana", "Sol", "5", birthdate, "0");
		assertThat(checked).isEqualTo(new InvalidBet(Field.BIRTHDATE, birthdate, "a date that is not in the future"));
	}

	/** What is today nowhere but on the islands east of Samoa is not in the future. */
	@Test
	void todayIsWhereverItHasBegun() {
		Instant begins = Instant.parse("2025-06-01T10:00:00Z");
		assertThat(takesOnTheSecond(new BetRules(Clock.fixed(begins.minusNanos(1), ZoneOffset.UTC)))).isFalse();
		assertThat(takesOnTheSecond(new BetRules(Clock.fixed(begins, ZoneOffset.UTC)))).isTrue();
		assertThat(takesOnTheSecond(new BetRules(Clock.fixed(begins, ZoneOffset.ofHours(-12))))).isTrue();
	}

	/**
	 * Whatever an agency takes as today, in whichever zone, and its clock a day ahead.
	 */
	@ParameterizedTest
	@ValueSource(
			strings = { "Etc/GMT+12", "America/Argentina/Buenos_Aires", "UTC", "Asia/Kolkata", "Pacific/Kiritimati" })
	void aCentralStoresWhateverAnAgencySends(String agencysZone) {
		for (Instant now = NOON; now.isBefore(NOON.plus(Duration.ofDays(2))); now = now.plus(Duration.ofMinutes(30))) {
			BetRules central = BetRules.storing(Clock.fixed(now, ZoneOffset.UTC));
			Clock agencys = Clock.fixed(now.plus(Duration.ofHours(24)), ZoneId.of(agencysZone));
			LocalDate latest = LocalDate.MIN;
			for (LocalDate date = LocalDate.of(2025, 6, 1); date
				.isBefore(LocalDate.of(2025, 6, 7)); date = date.plusDays(1)) {
				if (new BetRules(agencys).check(1, "Ana", "Sol", "5", date.toString(), "0") instanceof Bet) {
					latest = date;
				}
			}
			assertThat(latest).isAfterOrEqualTo(LocalDate.now(agencys));
			assertThat(central.check(1, "Ana", "Sol", "5", latest.toString(), "0")).isInstanceOf(Bet.class);
		}
	}

	@Test
	void aCentralStoresNobodyWhoIsBornTwoDaysFromNow() {
		BetRules central = BetRules.storing(Clock.fixed(NOON, ZoneOffset.UTC));
		assertThat(central.check(1, "Ana", "Sol", "5", "2025-06-03", "0")).isInstanceOf(Bet.class);
		assertThat(central.check(1, "Ana", "Sol", "5", "2025-06-04", "0"))
			.isEqualTo(new InvalidBet(Field.BIRTHDATE, "2025-06-04", "a date that is not in the future"));
	}

	private static boolean takesOnTheSecond(BetRules rules) {
		return rules.check(1, "Ana", "Sol", "5", "2025-06-02", "0") instanceof Bet;
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "9999, 9999", "0007, 7", "7574, 7574" })
	void acceptsNumber(String text, int number) {
		assertThat(this.rules.check("1", "Ana", "Sol", "5", "2000-01-01", text))
			.isEqualTo(new Bet(1, "Ana", "Sol", "5", LocalDate.of(2000, 1, 1), number));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "10000", "-1", "75.74", "x", "4294967296", "99999999999999999999" })
	void refusesNumber(String number) {
		assertThat(broken("1", "Ana", "Sol", "5", "2000-01-01", number)).isEqualTo(Field.NUMBER);
	}

	@Test
	void saysWhichFieldHasWhichValueAndWhatIsAllowed() {
		assertThat(this.rules.check("1", "Ana", "Sol", "5", "2000-02-30", "0"))
			.hasToString("birthdate \"2000-02-30\" must be a real date as YYYY-MM-DD");
		assertThat(this.rules.check("0", "Ana", "Sol", "5", "2000-02-29", "0"))
			.hasToString("agency \"0\" must be a whole number from 1 to 2147483647");
		assertThat(BetRules.wrongFieldCount("1 Ana", 2, 6)).hasToString("fields \"1 Ana\" must be 6 fields, not 2");
	}

}
