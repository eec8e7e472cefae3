package loteria.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScanTests {

	private static final byte[] TEXT = "x;abc;defghijklmnop;;;;;;;;;;;;q;x".getBytes(StandardCharsets.US_ASCII);

	@Test
	void findsTheFirstFromAnywhere() {
		String text = new String(TEXT, StandardCharsets.US_ASCII);
		for (int from = 0; from <= TEXT.length; from++) {
			for (int end = from; end <= TEXT.length; end++) {
				String part = text.substring(0, end);
				assertThat(Scan.indexOf((byte) ';', TEXT, from, end)).isEqualTo(part.indexOf(';', from));
				assertThat(Scan.count((byte) ';', TEXT, from, end))
					.isEqualTo((int) part.substring(from).chars().filter((c) -> c == ';').count());
			}
		}
	}

	/**
	 * Neighbours in value, and the sign, are what such tricks with eight bytes trip over.
	 */
	@Property(edgeCases = EdgeCasesMode.NONE)
	void countsAnyByteAmongAnyOthers(@ForAll @Size(max = 40) @ByteRange(min = -2, max = 2) byte[] bytes,
			@ForAll @ByteRange(min = -2, max = 2) byte wanted, @ForAll @IntRange(max = 39) int start,
			@ForAll boolean flipped) {
		byte[] all = bytes.clone();
		byte searched = wanted;
		if (flipped) {
			for (int i = 0; i < all.length; i++) {
				all[i] ^= (byte) 0x80;
			}
			searched ^= (byte) 0x80;
		}
		int from = Math.min(start, all.length);
		int first = -1;
		int count = 0;
		for (int i = all.length - 1; i >= from; i--) {
			if (all[i] == searched) {
				first = i;
				count++;
			}
		}
		assertThat(Scan.indexOf(searched, all, from, all.length)).isEqualTo(first);
		assertThat(Scan.count(searched, all, from, all.length)).isEqualTo(count);
	}

	@Test
	void looksNoFurtherThanTheEnd() {
		byte[] bytes = new byte[32];
		Arrays.fill(bytes, 9, 32, (byte) 'x');
		assertThat(Scan.indexOf((byte) 'x', bytes, 0, 9)).isEqualTo(-1);
		assertThat(Scan.count((byte) 'x', bytes, 0, 9)).isZero();
		assertThat(Scan.indexOf((byte) 'x', bytes, 0, 10)).isEqualTo(9);
	}

}
