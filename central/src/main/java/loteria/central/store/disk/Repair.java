package loteria.central.store.disk;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What is to be mended in the journal.
 */
sealed interface Repair {

	/** One of the two frames of an entry. */
	record Frames(Frame frame, long batch) implements Repair {
	}

	/** The rows of a batch, from bets.csv. */
	record Rows(Frame frame, long batch) implements Repair {
	}

	/**
	 * Batches of which nothing is left but their rows in bets.csv.
	 *
	 * @param from where they begin
	 * @param group that they are put into
	 * @param splits see {@link RowRuns#splits}
	 * @param counts bets of each agency before them
	 */
	record Batches(Tip from, long group, long splits, long rowsEnd, long batch,
			Map<Integer, Long> counts) implements Repair {

		/** Makes their entries anew, one after the other. */
		void forEach(FileWindow bets, FrameListener listener) throws IOException {
			Map<Integer, Long> before = new HashMap<>(this.counts);
			Tip[] tip = { this.from };
			RowRuns.split(bets, this.from.rowsEnd(), this.rowsEnd, this.splits, (agency, count, length) -> {
				int check = (int) bets.check(tip[0].rowsEnd(), length);
				Frame frame = tip[0].next(Frame.Kind.BATCH, agency, before.getOrDefault(agency, 0L), count, length,
						check, this.group);
				before.merge(agency, (long) count, Long::sum);
				tip[0] = Tip.behind(frame);
				listener.frame(frame);
			});
		}

	}

	@FunctionalInterface
	interface FrameListener {

		void frame(Frame frame) throws IOException;

	}

}
