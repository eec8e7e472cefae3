package loteria.central.store.postgres;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;

import loteria.bet.Bet;
import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.Sequence;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bets that are told apart by agency and place, with all that a row must quote.
 */
final class TestBets {

	/** One bet in so many wins. */
	static final int WINNER_EVERY = 10;

	private TestBets() {
	}

	/** The bets of {@code agency} from its {@code from}-th on, counted from 0. */
	static Rows rows(int agency, long from, int count) {
		List<Bet> bets = LongStream.range(from, from + count).mapToObj((index) -> bet(agency, index)).toList();
		return Rows.of(agency, bets);
	}

	private static Bet bet(int agency, long index) {
		int number = (index % WINNER_EVERY == WINNER_EVERY - 1) ? TestDatabase.WINNING_NUMBER : (int) (index % 5000);
		return new Bet(agency, (index % 5 == 0) ? "\\." : "María José " + index,
				(index % 7 == 0) ? "O\"Higgins, hijo" : " \\N 'Ñandú' ", "0" + agency + index,
				LocalDate.of(1930 + (int) (index % 70), 1, 15), number);
	}

	/** Stores the next {@code count} bets of {@code agency} as one batch. */
	static void store(BetStore store, int agency, int count) {
		long from = store.stored(agency);
		assertThat(store.append(new Sequence(from), rows(agency, from, count)).join()).isNull();
	}

}
