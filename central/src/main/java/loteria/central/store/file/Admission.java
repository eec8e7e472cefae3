package loteria.central.store.file;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import loteria.central.store.file.JournalEntry.Kind;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What may be stored: nothing of an agency that has finished, nothing behind the draw,
 * and of a {@link loteria.central.store.Sequence} only what comes next. Knows what the
 * group that is being gathered changes of that, before it is durable. One thread.
 */
final class Admission {

	private final Books books;

	private boolean drawn;

	/** Counts as this group has changed them. */
	private final Map<Integer, Long> stored = new HashMap<>();

	private final Set<Integer> closed = new HashSet<>();

	private boolean drawing;

	/**
	 * @param drawn whether the draw has happened
	 */
	Admission(Books books, boolean drawn) {
		this.books = books;
		this.drawn = drawn;
	}

	/** Begins a group; what the last one did not make durable is forgotten. */
	void begin() {
		this.stored.clear();
		this.closed.clear();
		this.drawing = false;
	}

	/** Adds a piece of work to the group, or says why it is refused. */
	@Nullable Refusal add(Work work, LogFiles files) {
		int agency = work.agency();
		switch (work.kind()) {
			case BATCH -> {
				return addBatch(work, files);
			}
			case CLOSED -> {
				if (!this.books.isClosed(agency) && this.closed.add(agency)) {
					files.add(Kind.CLOSED, agency, work.rows(), 0, 0);
				}
			}
			case DRAWN -> {
				if (!this.drawn) {
					this.drawing = true;
					files.add(Kind.DRAWN, 0, work.rows(), work.count(), work.instant());
				}
			}
			default -> files.add(work.kind(), agency, work.rows(), 0, 0);
		}
		return null;
	}

	private @Nullable Refusal addBatch(Work work, LogFiles files) {
		int agency = work.agency();
		if (this.closed.contains(agency) || this.books.isClosed(agency)) {
			return new Refusal(Reason.AGENCY_CLOSED, "agency " + agency + " has finished");
		}
		if (this.drawn || this.drawing) {
			return new Refusal(Reason.DRAWN, "the draw has happened");
		}
		long before = this.stored.computeIfAbsent(agency, this.books::next);
		if (!work.sequence().admits(before)) {
			return new Refusal(Reason.OUT_OF_SEQUENCE,
					"not the next bets of agency " + agency + ", which has " + before + " stored");
		}
		work.sequence().advance(work.count());
		this.stored.put(agency, before + work.count());
		files.add(Kind.BATCH, agency, work.rows(), work.count(), before);
		return null;
	}

	/** Enters into the books what is durable now. */
	void takeNote(Work work) {
		switch (work.kind()) {
			case BATCH -> this.books.of(work.agency())
				.stored(work.rows(), 0, work.rows().length, work.count(), work.documentsOfWinners());
			case CLOSED -> this.books.of(work.agency()).close();
			case DRAWN -> this.drawn = true;
			default -> {
			}
		}
	}

}
