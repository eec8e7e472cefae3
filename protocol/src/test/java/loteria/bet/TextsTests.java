package loteria.bet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "9, 9", "10, 10", "0012, 12", "999999999999999999, 999999999999999999" })
	void readsDigits(String text, long value) {
		assertThat(Texts.number(text, 18)).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", ":", "-1", "1-", "a", "1a", "١", "1234" })
	void readsNothingElse(String text) {
		assertThat(Texts.number(text, 3)).isEqualTo(-1);
	}

	@Test
	void readsAPartOfAText() {
		assertThat(Texts.number("a12b", 1, 3)).isEqualTo(12);
		assertThat(Texts.number("a12b", 1, 1)).isEqualTo(-1);
	}

	@Test
	void controlsAndSeparatorsAndWhatWasLostAreNotPlain() {
		Set<Integer> expected = new TreeSet<>();
		IntStream.rangeClosed(0, 0x1F).forEach(expected::add);
		IntStream.rangeClosed(0x7F, 0x9F).forEach(expected::add);
		expected.addAll(List.of(0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFFFD));
		IntStream.rangeClosed(0x202A, 0x202E).forEach(expected::add);
		IntStream.rangeClosed(0x2066, 0x2069).forEach(expected::add);
		assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter((c) -> !Texts.isPlain(c)))
			.containsExactlyElementsOf(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "\u007F", "\u0080", "ñ", "\u07FF", "\u0800", "€", "\uD7FF", "\uE000", "\uFFFD",
			"😀", "a😀ñ€" })
	void countsTheBytesOfUtf8(String text) {
		assertThat(Texts.utf8Length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
	}

	@Test
	void anOutlineSaysNothingOfWhatIsWritten() {
		assertThat(Texts.outline("S:1 Núñez, O\"Higgins 😀٣…")).isEqualTo("x:9 xxxxx, x\"xxxxxxx x9…");
	}

}
