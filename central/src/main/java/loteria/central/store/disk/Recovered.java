package loteria.central.store.disk;

import java.util.List;
import java.util.Locale;

import loteria.central.store.books.Books;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds, and what has to be done so that it is whole.
 *
 * @param group where the last group begins
 * @param draw null if it has not happened
 * @param damages of bets.csv, but for what it has not yet
 * @param level the first batch that bets.csv has not, or not for certain
 * @param cut what is to be cut off
 */
public record Recovered(Head head, Books books, Tip tip, long group, @Nullable Frame draw, long batches, long lines,
		List<Repair> repairs, List<Damage> damages, @Nullable Frame level, Cut cut) {

	/** Whether bets.csv has nothing but what was stored, be it not all. */
	public boolean isInBets() {
		return this.damages.isEmpty() && this.cut.bets() == 0;
	}

	/** Of the draw; empty if it is not known. */
	public String name() {
		DrawSettings settings = this.head.settings();
		return (settings == null) ? "" : settings.name();
	}

	/** Where bets.csv is not what was stored, in words, or null. */
	@Nullable String place() {
		if (!this.damages.isEmpty()) {
			return this.damages.getFirst().toString();
		}
		return (this.cut.bets() == 0) ? null
				: String.format(Locale.ROOT,
						"bets.csv has %d bytes behind batch %d, from line %d on, that were not stored", this.cut.bets(),
						this.batches, this.lines + 1);
	}

	/**
	 * What is to be mended in the journal.
	 *
	 * @param rows whether its rows are, from bets.csv; else one of its two frames
	 */
	record Repair(Frame frame, long batch, boolean rows) {
	}

	/**
	 * A part of bets.csv that is not what was stored: one batch, or several that follow
	 * each other.
	 *
	 * @param agency of the first batch, as are {@code batch} and the lines
	 * @param foreign whether there is anything but what was stored and zeros
	 */
	record Damage(long from, long end, int agency, long batch, long firstLine, long lastLine, boolean foreign) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT,
					"bets.csv is damaged from byte %d to byte %d: batch %d, of agency %d, lines %d to %d, are not what was stored",
					this.from, this.end, this.batch, this.agency, this.firstLine, this.lastLine);
		}

	}

	/**
	 * What is behind the end of the files, in bytes.
	 *
	 * @param batches as far as the journal knows them
	 */
	public record Cut(long journal, long batches, long bets) {

		public boolean isAny() {
			return this.journal > 0 || this.bets > 0;
		}

	}

}
