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
	void showsAsMuchAsIsAskedFor() {
		assertThat(InvalidBet.printable("abc", 2)).isEqualTo("ab…");
		assertThat(InvalidBet.printable("abc", 3)).isEqualTo("abc");
	}

}
