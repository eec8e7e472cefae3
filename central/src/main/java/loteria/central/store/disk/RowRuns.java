package loteria.central.store.disk;

import java.io.IOException;

import loteria.central.store.disk.RowScanner.Flaw;
import loteria.central.store.disk.RowScanner.Scanned;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bets.csv that follow each other and are of one agency: as good as batches,
 * where nobody knows any more how they came.
 *
 * @param runs how many
 * @param rows how many they have together
 */
public record RowRuns(long runs, long rows) {

	/** An entry made anew has no more bytes of rows, where its size may be chosen. */
	private static final int ENOUGH = 256 * 1024;

	public static final long FREE = -1;

	/** Returns null where there is anything but whole rows. */
	public static @Nullable RowRuns count(FileWindow bets, long from, long end) throws IOException {
		if (end > bets.size()) {
			return null;
		}
		long[] runs = { 0, 0 };
		Scanned scanned = RowScanner.scan(bets, from, end, (agency, bytes, rowFrom, rowEnd) -> {
			runs[0] += (agency != runs[1]) ? 1 : 0;
			runs[1] = agency;
		});
		return (scanned.flaw() == Flaw.NONE) ? new RowRuns(runs[0], scanned.rows()) : null;
	}

	/** Whether they may have come as so many batches. */
	boolean canBe(long batches) {
		return this.runs <= batches && batches <= this.rows;
	}

	/**
	 * How often runs have to be split so that there are {@code batches}; 0 is any number.
	 */
	long splits(long batches) {
		return (batches == 0) ? FREE : batches - this.runs;
	}

	public static void split(FileWindow bets, long from, long end, long splits, RunListener listener)
			throws IOException {
		Splitter splitter = new Splitter(splits, listener);
		RowScanner.scan(bets, from, end, (agency, bytes, rowFrom, rowEnd) -> splitter.row(agency, rowEnd - rowFrom));
		splitter.end();
	}

	@FunctionalInterface
	public interface RunListener {

		void run(int agency, int count, int length) throws IOException;

	}

	private static final class Splitter {

		private final boolean free;

		private final RunListener listener;

		private long splits;

		private int agency;

		private int count;

		private int length;

		Splitter(long splits, RunListener listener) {
			this.free = splits == FREE;
			this.splits = splits;
			this.listener = listener;
		}

		void row(int rowAgency, int rowLength) throws IOException {
			boolean same = rowAgency == this.agency;
			if (same && this.splits > 0) {
				this.splits--;
				end();
			}
			else if (!same || (this.free && this.length + rowLength > ENOUGH)) {
				end();
			}
			this.agency = rowAgency;
			this.count++;
			this.length += rowLength;
		}

		void end() throws IOException {
			if (this.count > 0) {
				this.listener.run(this.agency, this.count, this.length);
			}
			this.count = 0;
			this.length = 0;
		}

	}

}
