package loteria.bet;

import loteria.bet.InvalidBet.Field;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InvalidBetTests {

	@Test
	void showsSixtyCharactersOfAValueAndThatThereWereMore() {
		String sixty = "x".repeat(60);
		assertThat(new InvalidBet(Field.NUMBER, sixty, "a rule").value()).isEqualTo(sixty);
		assertThat(new InvalidBet(Field.NUMBER, sixty + "y", "a rule").value()).isEqualTo(sixty + "…");
	}

	@Test
	void showsNoControlCharacters() {
		assertThat(InvalidBet.printable("a\nb\0c\u001Bd")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
		assertThat(InvalidBet.printable("ñ😀")).isEqualTo("ñ😀");
	}

	@Test
	void showsNothingThatEndsALineOrTurnsItAround() {
		assertThat(InvalidBet.printable("a\u2028b\u2029c\u202Ed\u2066e\u200Ff\u061C"))
			.isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFD");
		assertThat(new InvalidBet(Field.FIRST_NAME, "Ana\u202EzaP", "a rule"))
			.hasToString("firstName \"Ana\uFFFDzaP\" must be a rule");
	}

	@Test
	void showsAsMuchAsIsAskedFor() {
		assertThat(InvalidBet.printable("abc", 2)).isEqualTo("ab…");
		assertThat(InvalidBet.printable("abc", 3)).isEqualTo("abc");
	}

	@Test
	void aValueNeverLooksLikeTwoOnALineOfTheLog() {
		assertThat(InvalidBet.printable("x | action: sorteo\n")).isEqualTo("x ¦ action: sorteo\uFFFD");
	}

}
