package loteria.central.store.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import loteria.central.store.disk.Books;
import loteria.central.store.disk.Frame.Kind;
import loteria.central.store.disk.JournalWriter;
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
	@Nullable Refusal add(Work work, JournalWriter journal) throws IOException {
		switch (work.kind()) {
			case BATCH -> {
				return addBatch(work, journal);
			}
			case FINISH -> {
				int agency = work.agency();
				if (!this.books.isClosed(agency) && this.closed.add(agency)) {
					journal.add(Kind.FINISHED, 0, next(agency), work.rows(), 0);
				}
			}
			case DRAW -> {
				if (!this.drawn) {
					this.drawing = true;
					journal.add(Kind.DRAWN, work.winningNumber(), work.instant(), work.rows(), 0);
				}
			}
			case STOP -> {
			}
		}
		return null;
	}

	private long next(int agency) {
		return this.stored.computeIfAbsent(agency, this.books::next);
	}

	private @Nullable Refusal addBatch(Work work, JournalWriter journal) throws IOException {
		int agency = work.agency();
		if (this.closed.contains(agency) || this.books.isClosed(agency)) {
			return new Refusal(Reason.AGENCY_CLOSED, "agency " + agency + " has finished");
		}
		if (this.drawn || this.drawing) {
			return new Refusal(Reason.DRAWN, "the draw has happened");
		}
		long before = next(agency);
		if (!work.sequence().admits(before)) {
			return new Refusal(Reason.OUT_OF_SEQUENCE,
					"not the next bets of agency " + agency + ", which has " + before + " stored");
		}
		int count = work.rows().count();
		work.sequence().advance(count);
		this.stored.put(agency, before + count);
		journal.add(Kind.BATCH, count, before, work.rows(), work.rowsCheck());
		return null;
	}

	/** Enters into the books what is durable now. */
	void takeNote(Work work) {
		switch (work.kind()) {
			case BATCH -> this.books.of(work.agency()).store(work.rows().count(), work.documentsOfWinners());
			case FINISH -> this.books.of(work.agency()).close();
			case DRAW -> this.drawn = true;
			case STOP -> {
			}
		}
	}

}
