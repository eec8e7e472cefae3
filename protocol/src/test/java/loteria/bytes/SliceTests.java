package loteria.bytes;

import java.nio.charset.StandardCharsets;

import loteria.bet.InvalidBet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SliceTests {

	private static Slice slice(String text) {
		byte[] bytes = ("12" + text + "34").getBytes(StandardCharsets.UTF_8);
		return new Slice(bytes, 2, bytes.length - 2);
	}

	@Test
	void seesItsPartAlone() {
		assertThat(slice("ñb").text()).isEqualTo("ñb");
		assertThat(slice("ñb").length()).isEqualTo(3);
		assertThat(slice("").isEmpty()).isTrue();
		assertThat(slice("").text()).isEmpty();
		assertThat(slice("a3").find('3')).isEqualTo(3);
		assertThat(slice("aaa").find('3')).isEqualTo(5);
		assertThat(slice("aba").find('a', 3)).isEqualTo(4);
		assertThat(slice("").endsWith('2')).isFalse();
	}

	@Test
	void comparesWithAscii() {
		assertThat(slice("F:1").is("F:1")).isTrue();
		assertThat(slice("F:").is("F:1")).isFalse();
		assertThat(slice("F:").is("F:3")).isFalse();
		assertThat(slice("F:12").is("F:1")).isFalse();
		assertThat(slice("F:12").startsWith("F:1")).isTrue();
		assertThat(slice("f:12").startsWith("F:1")).isFalse();
		assertThat(slice("F").startsWith("F:")).isFalse();
		assertThat(slice("\u00C1").startsWith("\u00C1")).as("a byte is no character").isFalse();
	}

	@Test
	void takesOneByteOffItsEnd() {
		assertThat(slice("a\r").without('\r').text()).isEqualTo("a");
		assertThat(slice("a\r\r").without('\r').text()).isEqualTo("a\r");
		assertThat(slice("\ra").without('\r').text()).isEqualTo("\ra");
		assertThat(slice("").without('2').text()).isEmpty();
	}

	@Test
	void readsNumbersOfDigitsAlone() {
		assertThat(slice("0123").number(4)).isEqualTo(123);
		assertThat(slice("0123").number(3)).isEqualTo(-1);
		assertThat(slice("").number(3)).isEqualTo(-1);
		assertThat(slice("1x").number(3)).isEqualTo(-1);
		assertThat(slice("-1").number(3)).isEqualTo(-1);
		assertThat(slice("٣").number(3)).isEqualTo(-1);
		assertThat(slice("999999999999999999").number(18)).isEqualTo(999_999_999_999_999_999L);
	}

	@Test
	void writesNumbers() {
		byte[] bytes = "xxxxxxxxxxxx".getBytes(StandardCharsets.US_ASCII);
		assertThat(Digits.put(0, bytes, 1)).isEqualTo(2);
		assertThat(Digits.put(9, bytes, 3)).isEqualTo(4);
		assertThat(Digits.put(10, bytes, 5)).isEqualTo(7);
		assertThat(Digits.put(2147, bytes, 7)).isEqualTo(11);
		assertThat(bytes).asString().isEqualTo("x0x9x102147x");
	}

	/** Cut in the middle of a character or not: nobody sees it. */
	@ParameterizedTest
	@ValueSource(strings = { "x", "ñ", "€", "😀", "a😀", "ab€" })
	void anExcerptIsEnoughForALog(String piece) {
		for (int times = 1; times < 400; times += 13) {
			String text = piece.repeat(times);
			assertThat(InvalidBet.printable(slice(text).excerpt())).isEqualTo(InvalidBet.printable(text));
		}
	}

	@Test
	void saysNothingOfItsBytes() {
		assertThat(slice("María")).hasToString("6 bytes");
	}

}
