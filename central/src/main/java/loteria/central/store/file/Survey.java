package loteria.central.store.file;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * What a journal tells as a whole, whatever state it is in.
 *
 * @param draw its entry, if it can be read
 * @param betsEnd where the rows end of which it knows
 */
record Survey(@Nullable JournalEntry draw, long betsEnd) {

	static Survey of(JournalReader entries) throws IOException {
		JournalEntry draw = null;
		long betsEnd = 0;
		while (entries.hasNext()) {
			JournalEntry entry = entries.next();
			if (entry != null) {
				betsEnd = Math.max(betsEnd, entry.end());
				draw = (draw == null && entry.kind() == JournalEntry.Kind.DRAWN) ? entry : draw;
			}
		}
		return new Survey(draw, betsEnd);
	}

}
