package loteria.local.data;

import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The people that bet. The same seed, agency and number of agencies make the same people
 * on every machine, on every day.
 */
final class Population {

	/** A fixed range: one that ended "18 years ago" would make other bytes tomorrow. */
	private static final long FIRST_BIRTHDATE = LocalDate.of(1930, 1, 1).toEpochDay();

	private static final long LAST_BIRTHDATE = LocalDate.of(2005, 12, 31).toEpochDay();

	private static final int FIRST_DOCUMENT = 4_000_000;

	private static final int DOCUMENTS = 56_000_000;

	/**
	 * Coprime with {@link #DOCUMENTS} and near its golden section: steps of it visit each
	 * document once, and neighbours are far apart.
	 */
	private static final long DOCUMENT_STEP = 34_609_903;

	private static final int NUMBERS = 10_000;

	private static final int FAVOURITE_PERCENT = 5;

	private static final int FAVOURITES = 100;

	private static final int WINNING_NUMBER = 7574;

	private final long seed;

	private final int agencies;

	private final Names names;

	private final int[] favourites;

	private final long firstPlace;

	Population(long seed, int agencies) {
		this.seed = seed;
		this.agencies = agencies;
		this.names = new Names(seed);
		this.favourites = new SplittableRandom(seed).ints(FAVOURITES, 0, NUMBERS).toArray();
		// people share lucky numbers: with this one among them, a few thousand bets have
		// winners, too
		this.favourites[0] = WINNING_NUMBER;
		this.firstPlace = new SplittableRandom(seed).nextLong(DOCUMENTS);
	}

	Queue queueAt(int agency) {
		return new Queue(agency);
	}

	/** The people of one agency, in the order in which they come. */
	final class Queue {

		private final RandomGenerator random;

		private long place;

		private Queue(int agency) {
			this.random = new SplittableRandom(Population.this.seed * 1_000_003 + agency);
			this.place = Population.this.firstPlace + agency - 1;
		}

		/**
		 * Appends {@code firstName,lastName,document,birthdate,number} and a line feed.
		 */
		void appendNext(StringBuilder rows) {
			rows.append(Population.this.names.first(this.random)).append(',');
			rows.append(Population.this.names.last(this.random)).append(',');
			rows.append(document()).append(',');
			rows.append(LocalDate.ofEpochDay(this.random.nextLong(FIRST_BIRTHDATE, LAST_BIRTHDATE + 1))).append(',');
			rows.append(number()).append('\n');
			this.place += Population.this.agencies;
		}

		/** No two people have the same, at any agency, until all are used up. */
		private long document() {
			return FIRST_DOCUMENT + this.place % DOCUMENTS * DOCUMENT_STEP % DOCUMENTS;
		}

		private int number() {
			boolean favourite = this.random.nextInt(100) < FAVOURITE_PERCENT;
			return favourite ? Population.this.favourites[this.random.nextInt(FAVOURITES)]
					: this.random.nextInt(NUMBERS);
		}

	}

}
