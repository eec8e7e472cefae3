package loteria.central.store.file;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * What the journal says from a damaged place on.
 *
 * @param batches how many, the damaged one and unreadable entries included
 * @param laterGroups whether a later group was begun: then the damaged one had been
 * forced and acknowledged
 * @param laterBatchGroups how many of the later groups have batches
 * @param hasDraw whether the draw is among it
 */
record Tail(long batches, boolean laterGroups, long laterBatchGroups, boolean hasDraw) {

	/**
	 * @param entries has just read the damaged one
	 * @param damaged null if it can't be read
	 */
	static Tail of(JournalReader entries, @Nullable JournalEntry damaged) throws IOException {
		long first = entries.index();
		long group = (damaged != null) ? damaged.group() : -1;
		long lastGroup = group;
		long lastBatchGroup = group;
		long batches = 1;
		long laterBatchGroups = 0;
		boolean hasDraw = false;
		while (entries.hasNext()) {
			JournalEntry later = entries.next();
			if (later == null) {
				batches++;
				continue;
			}
			if (group < 0) {
				// The damaged entry is of this one's group only if the group began before
				// it.
				boolean same = later.position() >= entries.index() - first;
				group = same ? later.group() : later.group() - 1;
				lastBatchGroup = group;
			}
			lastGroup = later.group();
			hasDraw |= later.kind() == JournalEntry.Kind.DRAWN;
			if (later.kind() == JournalEntry.Kind.BATCH) {
				batches++;
				laterBatchGroups += (later.group() > lastBatchGroup) ? 1 : 0;
				lastBatchGroup = later.group();
			}
		}
		return new Tail(batches, lastGroup > group, laterBatchGroups, hasDraw);
	}

}
