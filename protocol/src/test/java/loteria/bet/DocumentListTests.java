package loteria.bet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DocumentListTests {

	private static final List<String> TEXTS = List.of("0", "00", "30904465", "0030904465", "9999999999", "1");

	@Test
	void keepsZerosInFront() throws IOException {
		DocumentList documents = DocumentList.of(TEXTS);
		assertThat(documents.first(10)).isEqualTo(TEXTS);
		assertThat(documents.first(2)).containsExactly("0", "00");
		assertThat(documents.count()).isEqualTo(6);
		assertThat(documents.digits()).isEqualTo(32);
	}

	@Test
	void isWrittenWithSeparatorsInBetween() throws IOException {
		for (String between : List.of("~", "', '")) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			DocumentList documents = DocumentList.of(TEXTS);
			documents.write(between, out);
			assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(String.join(between, TEXTS));
			assertThat(documents.length(between)).isEqualTo(out.size());
		}
		ByteArrayOutputStream nothing = new ByteArrayOutputStream();
		new DocumentList().write("~", nothing);
		assertThat(nothing.size()).isZero();
		assertThat(new DocumentList().length("~")).isZero();
	}

	@Test
	void remainsOneListAcrossPieces() throws IOException {
		Documents pieces = new Documents() {

			@Override
			public long count() {
				return 3;
			}

			@Override
			public long digits() {
				return 5;
			}

			@Override
			public void forEach(Taker taker) throws IOException {
				taker.take(DocumentList.of(List.of("1", "22")));
				taker.take(new DocumentList());
				taker.take(DocumentList.of(List.of("33")));
			}

		};
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		pieces.write(";", out);
		assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("1;22;33");
		assertThat(pieces.first(9)).containsExactly("1", "22", "33");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "12345678901", "1x", "-1", "é" })
	void takesNothingElse(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> DocumentList.of(List.of(text)));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "00, -1", "7, 7", "07, -1", "30904465, 30904465", "9999999999, 9999999999" })
	void isANumberUnlessItHasZerosInFront(String text, long number) {
		assertThat(DocumentList.of(List.of(text)).number(0)).isEqualTo(number);
	}

	@Test
	void snapshotDoesNotGrow() {
		DocumentList documents = DocumentList.of(List.of("1", "2"));
		DocumentList then = documents.snapshot();
		documents.addAll(DocumentList.of(List.of("3")));
		assertThat(then).isEqualTo(DocumentList.of(List.of("1", "2")))
			.hasSameHashCodeAs(DocumentList.of(List.of("1", "2")));
		assertThat(documents).isEqualTo(DocumentList.of(List.of("1", "2", "3"))).isNotEqualTo(then);
		documents.clear();
		assertThat(documents).isEqualTo(new DocumentList());
	}

}
