package loteria.bet;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Says the same as {@link BetRules} and {@link BetRow}, which are tested by themselves.
 */
class RowBuilderTests {

	private static final BetRules RULES = new BetRules(
			Clock.fixed(Instant.parse("2025-06-01T12:00:00Z"), ZoneOffset.UTC));

	private final RowBuilder builder = new RowBuilder(RULES);

	/** What came out: a row, or a refusal. */
	private String made(String... fields) {
		this.builder.begin(0);
		InvalidBet invalid = add(fields);
		return (invalid != null) ? invalid.toString()
				: new String(this.builder.rows(1).toByteArray(), StandardCharsets.UTF_8);
	}

	private @Nullable InvalidBet add(String... fields) {
		byte[] bytes = String.join("\n", fields).getBytes(StandardCharsets.UTF_8);
		BetFields read = new BetFields();
		read.read(bytes, 0, bytes.length, (byte) '\n', (byte) '\n');
		return (fields.length == 5) ? this.builder.add(1, read) : this.builder.add(read);
	}

	private static String expected(String... fields) {
		CheckedBet checked = (fields.length == 5)
				? RULES.check(1, fields[0], fields[1], fields[2], fields[3], fields[4])
				: RULES.check(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
		return switch (checked) {
			case Bet bet -> new String(BetRow.encode(List.of(bet)), StandardCharsets.UTF_8);
			case InvalidBet invalid -> invalid.toString();
		};
	}

	private void assertSame(String... fields) {
		String made = made(fields);
		String expected = expected(fields);
		if (!made.equals(expected)) {
			assertThat(made).as(String.join(";", fields)).isEqualTo(expected);
		}
	}

	@Test
	void writesTheRowByHand() {
		assertThat(made("12", "Ana, \"la\" Rubia", "Ñandú", "0030904465", "1999-03-17", "00042"))
			.isEqualTo("12,\"Ana, \"\"la\"\" Rubia\",Ñandú,0030904465,1999-03-17,42\r\n");
	}

	@Test
	void judgesEveryCharacterOfAName() {
		// no rule tells the characters of four bytes apart
		for (int c = 0; c <= Character.MAX_CODE_POINT; c += (c < 0x10000) ? 1 : 97) {
			// a line feed parts the fields here; halves of pairs are no UTF-8
			if (c != '\n' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)) {
				String name = Character.toString(c);
				assertSame("a" + name + "b", name, "5", "2000-02-29", "1");
				assertSame(name + "a" + name, "Sol", "5", "2000-02-29", "1");
				assertSame("Ana", name + name + "a, b" + name, name + "5", "2000-02-29", "1");
			}
		}
	}

	@Test
	void judgesEveryDate() {
		for (int year : new int[] { 0, 1, 4, 100, 400, 1900, 1999, 2000, 2024, 2025, 2026, 9999 }) {
			for (int month = 0; month <= 13; month++) {
				for (int day = 0; day <= 32; day++) {
					String date = String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
					assertSame("Ana", "Sol", "5", date, "1");
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2000-02-2", "2000-02-291", "2000/02-29", "2000-02/29", "+200-02-29", "2000-+2-29",
			"2000-02- 9", "ññ000-02-29", "ñññññ" })
	void judgesWhatIsNoDate(String date) {
		assertSame("Ana", "Sol", "5", date, "1");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "0", "00", "1", "9999", "10000", "0000009999", "00000009999", "2147483647", "2147483648",
					"4294967296", "9999999999", "-1", "+1", "1.0", " 1", "1 ", "x", "٣", "99999999999999999999999" })
	void judgesNumbersOfEveryKind(String number) {
		assertSame("Ana", "Sol", "5", "2000-02-29", number);
		assertSame("Ana", "Sol", number, "2000-02-29", "1");
		assertSame(number, "Ana", "Sol", "5", "2000-02-29", "1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "ñ", "€", "😀", "\"", ",", "a\"" })
	void judgesNamesOfEveryLength(String piece) {
		for (int times = 1; times <= 60; times++) {
			assertSame(piece.repeat(times), "Sol", "5", "2000-02-29", "1");
			assertSame("Ana", piece.repeat(times), "5", "2000-02-29", "1");
		}
	}

	@Test
	void theFirstFieldThatBreaksARuleDecides() {
		String[] right = { "1", "Ana", "Sol", "5", "2000-02-29", "1" };
		String[] wrong = { "x", "", "\t", "x", "2000-02-30", "x" };
		for (int first = 0; first < 6; first++) {
			String[] fields = wrong.clone();
			System.arraycopy(right, 0, fields, 0, first);
			assertSame(fields);
		}
	}

	@Test
	void manyRowsOfTheLongestKindFitWhateverWasExpected() {
		String quotes = "\"".repeat(50);
		for (int expected : new int[] { 0, 100, 1_000_000 }) {
			this.builder.begin(expected);
			List<Bet> bets = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				assertThat(add("2147483647", quotes, quotes, "9999999999", "2000-02-29", "9999")).isNull();
				bets.add((Bet) RULES.check("2147483647", quotes, quotes, "9999999999", "2000-02-29", "9999"));
			}
			assertThat(this.builder.count()).isEqualTo(1000);
			assertThat(this.builder.rows(Integer.MAX_VALUE)).isEqualTo(Rows.of(Integer.MAX_VALUE, bets));
		}
	}

	@Test
	void rowsHandedOutAreNotTouchedByTheNextBatch() {
		this.builder.begin(1000);
		add("1", "Ana", "Sol", "5", "2000-02-29", "1");
		Rows first = this.builder.rows(1);
		byte[] before = first.toByteArray();
		this.builder.begin(1000);
		add("1", "Juan", "Paz", "6", "2000-02-28", "2");
		assertThat(first.toByteArray()).isEqualTo(before);
		assertThat(this.builder.rows(1).count()).isEqualTo(1);
	}

	@Test
	void asksForTheDayOnceABatch() {
		CountingClock clock = new CountingClock();
		RowBuilder counted = new RowBuilder(new BetRules(clock));
		counted.begin(0);
		byte[] bytes = "Ana\nSol\n5\n2000-02-29\n1".getBytes(StandardCharsets.UTF_8);
		BetFields fields = new BetFields();
		for (int i = 0; i < 100; i++) {
			fields.read(bytes, 0, bytes.length, (byte) '\n', (byte) '\n');
			assertThat(counted.add(1, fields)).isNull();
		}
		assertThat(clock.asked).isEqualTo(1);
	}

	private static final class CountingClock extends Clock {

		private int asked;

		@Override
		public Instant instant() {
			this.asked++;
			return Instant.parse("2025-06-01T12:00:00Z");
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
