package loteria.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As strict as Java's own decoder.
 */
class Utf8Tests {

	private static boolean decodes(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	private static void assertSame(byte[] bytes) {
		assertThat(Utf8.isValid(bytes, 0, bytes.length)).as(Arrays.toString(bytes)).isEqualTo(decodes(bytes));
	}

	/** The bytes at which one range ends and the next begins. */
	private static final int[] EDGES = { 0, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
			0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF };

	@Test
	void judgesEveryTwoBytes() {
		for (int pair = 0; pair <= 0xFFFF; pair++) {
			assertSame(new byte[] { (byte) (pair >> 8), (byte) pair });
		}
	}

	@Test
	void judgesFourBytesAtEveryEdge() {
		for (int first : EDGES) {
			for (int second : EDGES) {
				for (int third : EDGES) {
					for (int fourth : EDGES) {
						assertSame(new byte[] { (byte) first, (byte) second, (byte) third, (byte) fourth });
					}
				}
			}
		}
	}

	@Property(edgeCases = EdgeCasesMode.NONE)
	void judgesTextInAnyPlace(@ForAll("texts") byte[] bytes) {
		assertSame(bytes);
	}

	@Provide
	Arbitrary<byte[]> texts() {
		return Arbitraries.strings()
			.withChars("abcdefgh ñ€\uFFFD\u0800")
			.ofMaxLength(40)
			.flatMap((text) -> Arbitraries.integers().between(0, 45).map((cut) -> {
				byte[] bytes = ("a".repeat(cut % 9) + text + "😀").getBytes(StandardCharsets.UTF_8);
				return Arrays.copyOf(bytes, Math.max(0, bytes.length - cut % 5));
			}));
	}

	@Test
	void judgesItsPartAlone() {
		byte[] bytes = { (byte) 0xC3, (byte) 0xB1, 'a', (byte) 0xC3, (byte) 0xB1 };
		assertThat(Utf8.isValid(bytes, 0, 3)).isTrue();
		assertThat(Utf8.isValid(bytes, 1, 3)).isFalse();
		assertThat(Utf8.isValid(bytes, 0, 4)).isFalse();
		assertThat(Utf8.isValid(bytes, 2, 2)).isTrue();
	}

}
