package loteria.bet;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rows expected here are what {@code csv.writer} of Python 3 wrote of the same
 * values.
 */
class BetRowTests {

	private static Bet bet(int agency, String firstName, String lastName, String document, String birthdate,
			int number) {
		return new Bet(agency, firstName, lastName, document, LocalDate.parse(birthdate), number);
	}

	private static String row(Bet bet) {
		return new String(BetRow.encode(List.of(bet)), StandardCharsets.UTF_8);
	}

	@Test
	void writesUtf8() {
		assertThat(BetRow.encode(List.of(bet(6, "😀", "€", "7", "2000-01-01", 42)))).isEqualTo(new byte[] { '6', ',',
				(byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80, ',', (byte) 0xe2, (byte) 0x82, (byte) 0xac, ',',
				'7', ',', '2', '0', '0', '0', '-', '0', '1', '-', '0', '1', ',', '4', '2', '\r', '\n' });
	}

	@Test
	void writesPlainFieldsWithoutQuotes() {
		assertThat(row(bet(1, "María José", "Núñez", "30904465", "1999-03-17", 7574)))
			.isEqualTo("1,María José,Núñez,30904465,1999-03-17,7574\r\n");
		assertThat(row(bet(4, " x ", "y;z~", "7", "2000-01-01", 42))).isEqualTo("4, x ,y;z~,7,2000-01-01,42\r\n");
	}

	@Test
	void quotesFieldsWithCommasAndQuotesAlone() {
		assertThat(row(bet(2147483647, "Ana, \"la\" Rubia", "O\"Higgins", "0012345678", "0985-01-02", 0)))
			.isEqualTo("2147483647,\"Ana, \"\"la\"\" Rubia\",\"O\"\"Higgins\",0012345678,0985-01-02,0\r\n");
		assertThat(row(bet(3, "a,b", "D'Angelo", "5", "2000-02-29", 9999)))
			.isEqualTo("3,\"a,b\",D'Angelo,5,2000-02-29,9999\r\n");
		assertThat(row(bet(3, ",a", "\"b", "5", "2000-02-29", 9999)))
			.isEqualTo("3,\",a\",\"\"\"b\",5,2000-02-29,9999\r\n");
		assertThat(row(bet(5, "\"", "\"\"", "7", "2000-01-01", 42)))
			.isEqualTo("5,\"\"\"\",\"\"\"\"\"\",7,2000-01-01,42\r\n");
	}

	@Test
	void writesRowsInTheOrderOfTheBets() {
		assertThat(new String(BetRow
			.encode(List.of(bet(1, "Ana", "Sol", "5", "1999-12-31", 1), bet(1, "Juan", "Paz", "6", "2010-10-09", 2))),
				StandardCharsets.UTF_8))
			.isEqualTo("1,Ana,Sol,5,1999-12-31,1\r\n1,Juan,Paz,6,2010-10-09,2\r\n");
	}

	@Test
	void findsTheDocumentOfABetOnANumber() {
		assertThat(documentIfBetOn(7574, "1,Ana,Sol,30904465,1999-03-17,7574")).isEqualTo("30904465");
		assertThat(documentIfBetOn(7574, "1,\"a,1\",\"b,2,3,7574\",0012,1999-03-17,7574")).isEqualTo("0012");
		assertThat(documentIfBetOn(0, "1,Ana,Sol,5,1999-03-17,0")).isEqualTo("5");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1,Ana,Sol,30904465,1999-03-17,757", "1,Ana,Sol,30904465,1999-03-17,17574",
			"1,Ana,Sol,30904465,1999-03-17,07574", "1,7574,7574,7574,1999-03-17,1", "", "7574", ",7574", "a,7574",
			"5,a,7574", "1,Ana,Sol,12345678901,1999-03-17,7574", "1,Ana,Sol,1x,1999-03-17,7574",
			"1,Ana,Sol,,1999-03-17,7574" })
	void findsNoDocumentInOtherRows(String row) {
		assertThat(documentIfBetOn(7574, row)).isNull();
	}

	@Test
	void looksAtNothingButTheRow() {
		byte[] rows = bytes("7574\n1,Ana,Sol,5,1999-03-17,7574\n,7574");
		assertThat(documentIfBetOn(7574, rows, 5, 32)).isEqualTo("5");
		assertThat(documentIfBetOn(7574, rows, 5, 31)).isNull();
	}

	@Test
	void findsTheAgencyAtTheStartOfARow() {
		assertThat(BetRow.agency(bytes("12,Ana"), 0, 6)).isEqualTo(12);
		assertThat(BetRow.agency(bytes("12,Ana"), 1, 6)).isEqualTo(2);
		assertThat(BetRow.agency(bytes("Ana,12"), 0, 6)).isZero();
		assertThat(BetRow.agency(bytes("12"), 0, 2)).isEqualTo(12);
		assertThat(BetRow.agency(bytes(""), 0, 0)).isZero();
	}

	private static @Nullable String documentIfBetOn(int number, String row) {
		byte[] bytes = bytes(row);
		return documentIfBetOn(number, bytes, 0, bytes.length);
	}

	private static @Nullable String documentIfBetOn(int number, byte[] rows, int from, int end) {
		DocumentList documents = new DocumentList();
		return BetRow.addIfBetOn(number, rows, from, end, documents) ? documents.text(0) : null;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
