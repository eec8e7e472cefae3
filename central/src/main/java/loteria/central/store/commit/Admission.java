package loteria.central.store.commit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import loteria.central.store.Sequence;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;

/**
 * What may be stored: nothing of an agency that has finished, nothing behind the draw,
 * and of a {@link Sequence} only what comes next. Knows what the group that is being
 * gathered changes of that, before it is durable. One thread.
 */
public final class Admission {

	private final Ledger ledger;

	private boolean drawn;

	/** Counts as this group has changed them. */
	private final Map<Integer, Long> stored = new HashMap<>();

	private final Set<Integer> closed = new HashSet<>();

	/** Sequences as this group has changed them. */
	private final Map<Sequence, Sequence> sequences = new IdentityHashMap<>();

	private boolean drawing;

	/**
	 * @param drawn whether the draw has happened
	 */
	public Admission(Ledger ledger, boolean drawn) {
		this.ledger = ledger;
		this.drawn = drawn;
	}

	/** Begins a group; what the last one did not make durable is forgotten. */
	public void begin() {
		this.stored.clear();
		this.closed.clear();
		this.sequences.clear();
		this.drawing = false;
	}

	/** Adds a piece of work to the group, or says why it is refused. */
	public Verdict add(Work work) {
		return switch (work.kind()) {
			case BATCH -> addBatch(work);
			case FINISH -> {
				int agency = work.agency();
				yield (this.drawn || this.ledger.isClosed(agency) || !this.closed.add(agency)) ? Verdict.DONE
						: new Verdict.Admitted(next(agency));
			}
			case DRAW -> {
				boolean again = this.drawn || this.drawing;
				this.drawing = true;
				yield again ? Verdict.DONE : new Verdict.Admitted(0);
			}
			case STOP -> Verdict.DONE;
		};
	}

	private long next(int agency) {
		return this.stored.computeIfAbsent(agency, this.ledger::next);
	}

	private Verdict addBatch(Work work) {
		int agency = work.agency();
		if (this.closed.contains(agency) || this.ledger.isClosed(agency)) {
			return refused(Reason.AGENCY_CLOSED, "agency " + agency + " has finished");
		}
		if (this.drawn || this.drawing) {
			return refused(Reason.DRAWN, "the draw has happened");
		}
		long before = next(agency);
		Sequence sequence = this.sequences.computeIfAbsent(work.sequence(), Sequence::copy);
		if (!sequence.admits(before)) {
			return refused(Reason.OUT_OF_SEQUENCE,
					"not the next bets of agency " + agency + ", which has " + before + " stored");
		}
		int count = work.rows().count();
		sequence.advance(count);
		this.stored.put(agency, before + count);
		return new Verdict.Admitted(before);
	}

	private static Verdict refused(Reason reason, String detail) {
		return new Verdict.Refused(new Refusal(reason, detail));
	}

	/** The group is durable: nothing of it has to be judged again. */
	public void keep() {
		this.sequences.forEach(Sequence::become);
	}

	public boolean isDrawn() {
		return this.drawn;
	}

	/** The draw has happened. */
	public void draw() {
		this.drawn = true;
	}

	/**
	 * What becomes of a piece of work.
	 */
	public sealed interface Verdict {

		/** Nothing has to be stored for it. */
		Verdict DONE = new Done();

		/**
		 * @param before how many bets of the agency come before it
		 */
		record Admitted(long before) implements Verdict {
		}

		record Done() implements Verdict {
		}

		record Refused(Refusal refusal) implements Verdict {
		}

	}

}
