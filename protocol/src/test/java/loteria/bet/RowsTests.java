package loteria.bet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RowsTests {

	private static final String ANA = "1,Ana,Sol,5,2000-02-29,9999\r\n";

	private static final String JUAN = "1,Juan,\"Paz, hijo\",06,1999-12-31,0\r\n";

	/** Two rows in the middle of a larger buffer. */
	private final Rows rows = slice("9,x\r\n", ANA + JUAN, "junk");

	private static Rows slice(String before, String rows, String behind) {
		int from = before.length();
		return new Rows(1, 2, bytes(before + rows + behind), from, from + rows.length());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void showsItsPartOfTheBufferAlone() throws NoSuchAlgorithmException {
		byte[] expected = bytes(ANA + JUAN);
		assertThat(this.rows.length()).isEqualTo(expected.length);
		assertThat(this.rows.toByteArray()).isEqualTo(expected);
		ByteBuffer target = ByteBuffer.allocate(expected.length + 1).put((byte) 'x');
		this.rows.putInto(target);
		assertThat(target.array()).isEqualTo(bytes("x" + ANA + JUAN));
		CRC32C checksum = new CRC32C();
		this.rows.update(checksum);
		CRC32C expectedChecksum = new CRC32C();
		expectedChecksum.update(expected);
		assertThat(checksum.getValue()).isEqualTo(expectedChecksum.getValue());
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		this.rows.update(digest);
		assertThat(HexFormat.of().formatHex(digest.digest()))
			.isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected)));
	}

	@Test
	void findsDocumentsInItsPartAlone() {
		assertThat(this.rows.documentsBetOn(9999)).isEqualTo(DocumentList.of(List.of("5")));
		assertThat(this.rows.documentsBetOn(0)).isEqualTo(DocumentList.of(List.of("06")));
		assertThat(slice("1,a,b,7,2000-01-01,9", ANA + ANA, "1,a,b,8,2000-01-01,9999\r\n").documentsBetOn(9999))
			.isEqualTo(DocumentList.of(List.of("5", "5")));
		assertThat(this.rows.documentsBetOn(1).size()).isZero();
	}

	@Test
	void changesNotWithTheBytesItGave() {
		this.rows.toByteArray()[0] = 'x';
		assertThat(this.rows.toByteArray()).isEqualTo(bytes(ANA + JUAN));
	}

	@Test
	void equalsWhateverHoldsTheSameRows() {
		Bet ana = new Bet(1, "Ana", "Sol", "5", LocalDate.of(2000, 2, 29), 9999);
		Bet juan = new Bet(1, "Juan", "Paz, hijo", "06", LocalDate.of(1999, 12, 31), 0);
		assertThat(this.rows).isEqualTo(Rows.of(1, List.of(ana, juan))).hasSameHashCodeAs(slice("", ANA + JUAN, ""));
		assertThat(this.rows).isNotEqualTo(Rows.of(1, List.of(juan, ana))).isNotEqualTo(slice("", ANA + ANA, ""));
		assertThat(Rows.none(1)).isEqualTo(Rows.of(1, List.of())).isNotEqualTo(Rows.none(2));
		assertThat(Rows.none(1).isEmpty()).isTrue();
		assertThat(this.rows.isEmpty()).isFalse();
	}

	@Test
	void tellsABetThatComesAlone() {
		Bet ana = new Bet(1, "Ana", "1,2,3,4", "05", LocalDate.of(2000, 2, 29), 0);
		assertThat(Rows.of(1, List.of(ana)).single()).isEqualTo(new Rows.Single("05", "0"));
		assertThatIllegalStateException().isThrownBy(this.rows::single)
			.withMessage("2 rows of agency 1 in 65 bytes, not one");
	}

	@Test
	void saysNothingOfWhoBet() {
		assertThat(this.rows).hasToString("2 rows of agency 1 in 65 bytes");
	}

}
