package loteria.central.store.books;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import loteria.bet.DocumentList;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BooksTests {

	private static final DocumentList ONE = DocumentList.of(List.of("007"));

	private final Books books = new Books(100, 20);

	private void win(int agency, int times) {
		IntStream.range(0, times).forEach((_) -> this.books.store(agency, 2, ONE));
	}

	@Test
	void countsWinnersThatItDoesNotKeep() {
		win(1, 20);
		assertThat(this.books.winners(1).kept()).isEqualTo(DocumentList.of(Collections.nCopies(20, "007")));
		win(1, 1_000_000);
		assertThat(this.books.winners(1)).isEqualTo(new AgencyBook.Winners(1_000_020, 3_000_060, null));
		assertThat(this.books.next(1)).isEqualTo(2_000_040);
		assertThat(this.books.winners(2)).isEqualTo(new AgencyBook.Winners(0, 0, new DocumentList()));
	}

	@Test
	void keepsTheWinnersOfThoseThatHaveFewest() {
		win(1, 3);
		IntStream.rangeClosed(2, 50).forEach((agency) -> win(agency, 19));
		win(51, 4);
		assertThat(this.books.winners(1).kept()).isNotNull();
		assertThat(this.books.winners(51).kept()).isNotNull();
		long kept = IntStream.rangeClosed(1, 51)
			.mapToObj((agency) -> this.books.winners(agency).kept())
			.filter((documents) -> documents != null)
			.mapToLong(DocumentList::count)
			.sum();
		assertThat(kept).isLessThanOrEqualTo(100);
	}

	@Test
	void keepsNoneWhereNotEvenOneOfEachFits() {
		IntStream.rangeClosed(1, 101).forEach((agency) -> win(agency, 1));
		assertThat(this.books.winners(1).kept()).isNull();
		assertThat(this.books.winners(101).count()).isEqualTo(1);
		win(102, 1);
		assertThat(this.books.winners(102).kept()).isNull();
	}

}
