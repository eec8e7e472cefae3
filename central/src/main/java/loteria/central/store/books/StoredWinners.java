package loteria.central.store.books;

import java.io.IOException;
import java.util.Locale;

import loteria.bet.DocumentList;
import loteria.bet.Documents;

/**
 * Winners that are too many to be in memory: found among the rows, a few at a time, each
 * time they are told.
 *
 * @param count how many there must be
 * @param digits of their documents together
 */
public record StoredWinners(long count, long digits, Look look) implements Documents {

	private static final int FOUND = 1024;

	@Override
	public void forEach(Taker taker) throws IOException {
		DocumentList found = new DocumentList();
		long left = this.count;
		long digitsLeft = this.digits;
		long at = 0;
		while (left > 0) {
			found.clear();
			long next = this.look.on(at, (int) Math.min(left, FOUND), found);
			left -= found.count();
			digitsLeft -= found.digits();
			if (next == at || (left == 0 && digitsLeft != 0)) {
				throw new IOException(
						String.format(Locale.ROOT, "the rows have other winners than the %d counted", this.count));
			}
			at = next;
			taker.take(found);
		}
	}

	/**
	 * Looks for winners among the rows.
	 */
	@FunctionalInterface
	public interface Look {

		/**
		 * @param from where to look, as the last look returned; 0 at first
		 * @param most to be found
		 * @param found is empty, and gets the documents
		 * @return where to go on; {@code from} where no rows are left
		 */
		long on(long from, int most, DocumentList found) throws IOException;

	}

}
