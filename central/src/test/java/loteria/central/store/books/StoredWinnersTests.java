package loteria.central.store.books;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import loteria.bet.DocumentList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoredWinnersTests {

	private static final List<String> THERE = IntStream.range(10_000, 15_000).mapToObj(Integer::toString).toList();

	private final List<String> told = new ArrayList<>();

	/** Of all that are there, at most 300 are found by one look. */
	private long look(long from, int most, DocumentList found) {
		int end = (int) Math.min(from + Math.min(most, 300), THERE.size());
		found.addAll(DocumentList.of(THERE.subList((int) from, end)));
		return end;
	}

	private void tell(long count, long digits) throws IOException {
		new StoredWinners(count, digits, this::look).forEach((piece) -> this.told.addAll(piece.first(1000)));
	}

	@Test
	void areAllOfThoseThatAreThere() throws IOException {
		tell(5000, 25_000);
		assertThat(this.told).isEqualTo(THERE);
	}

	/** The end of a reply that would be wrong never leaves. */
	@ParameterizedTest
	@CsvSource({ "5001, 25005", "5000, 25001", "5000, 24999", "6000, 30000" })
	void endBeforeTheLastPieceWhereRowsAndCountDisagree(long count, long digits) {
		assertThatThrownBy(() -> tell(count, digits)).isInstanceOf(IOException.class)
			.hasMessage("the rows have other winners than the " + count + " counted");
		assertThat(this.told.size()).isLessThan((int) count);
	}

}
