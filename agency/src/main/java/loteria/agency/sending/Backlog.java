package loteria.agency.sending;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import loteria.agency.ending.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The bets that the central has not confirmed, in the order of the file: batches under
 * way, then those to be sent again after a connection was lost, then the rest of the
 * file. A batch leaves it only when the central is known to have it, and so each is
 * stored once however often the connection breaks.
 */
final class Backlog {

	private final BatchSource source;

	private final Tally tally;

	private final Deque<Batch> underWay = new ArrayDeque<>();

	private final Deque<Batch> again = new ArrayDeque<>();

	Backlog(BatchSource source, Tally tally) {
		this.source = source;
		this.tally = tally;
	}

	/**
	 * @return the next batch to send, under way from now on, or null when there is none
	 */
	@Nullable Batch next() throws Failure {
		Batch next = this.again.isEmpty() ? this.source.next() : this.again.remove();
		if (next != null) {
			this.underWay.add(next);
		}
		return next;
	}

	int underWay() {
		return this.underWay.size();
	}

	/** The batch under way that is answered next. */
	Batch oldest() {
		return this.underWay.element();
	}

	/** The central has stored the {@link #oldest()}. */
	void stored() {
		this.tally.stored(this.underWay.remove());
	}

	/** In the order in which they are answered. */
	List<Batch> allUnderWay() {
		return List.copyOf(this.underWay);
	}

	/**
	 * Goes on from what the central says it has, after which nothing is under way.
	 * @param stored how many bets, counted from the beginning of the file
	 */
	void resume(long stored) throws Failure {
		while (!this.underWay.isEmpty()) {
			this.again.addFirst(this.underWay.removeLast());
		}
		long more = stored - this.tally.durable();
		if (more < 0) {
			throw Failure.ofCentral("resume",
					"stored: %d | confirmed: %d | reason: the central has lost bets | hint: start again to send them again"
						.formatted(stored, this.tally.durable()));
		}
		while (more > 0 && !this.again.isEmpty()) {
			Batch batch = this.again.remove();
			if (batch.size() <= more) {
				more -= batch.size();
				this.tally.stored(batch);
			}
			else {
				this.again.addFirst(batch.without((int) more));
				this.tally.resumed(more);
				more = 0;
			}
		}
		long found = this.source.skip(more);
		this.tally.resumed(found);
		if (found < more) {
			throw changed(stored, "has only %d bets that can be sent".formatted(this.tally.durable()));
		}
	}

	/**
	 * Makes sure that nothing is left to send to a central where the agency has finished.
	 */
	void refuseMore() throws Failure {
		Batch more = next();
		if (more != null) {
			throw changed(this.tally.durable(),
					"has more bets, from line %d on, although the agency has finished".formatted(more.firstLine()));
		}
	}

	private static Failure changed(long stored, String how) {
		return Failure.unusable("resume",
				"stored: %d | reason: the file %s: it changed, or is another".formatted(stored, how));
	}

}
