package loteria.central.store.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import loteria.central.store.commit.Admission;
import loteria.central.store.commit.Admission.Verdict;
import loteria.central.store.commit.Work;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;

/**
 * What one transaction stores, by ascending agency: a transaction that locks several does
 * so in this order, so that no two wait for each other.
 *
 * @param writer marks the rows of the agencies as this transaction's
 * @param admitted what is stored with it, or is already
 */
record Group(UUID writer, SortedMap<Integer, Step> steps, List<Work> admitted, Map<Work, Refusal> refused) {

	static Group of(Collection<Work> works, Admission admission) {
		Group group = new Group(UUID.randomUUID(), new TreeMap<>(), new ArrayList<>(), new IdentityHashMap<>());
		admission.begin();
		for (Work work : works) {
			switch (admission.add(work)) {
				case Verdict.Refused(Refusal refusal) -> group.refused.put(work, refusal);
				case Verdict.Done _ -> group.admitted.add(work);
				case Verdict.Admitted(long before) -> group.add(work, before);
			}
		}
		return group;
	}

	private void add(Work work, long before) {
		this.admitted.add(work);
		Step step = this.steps.computeIfAbsent(work.agency(), (agency) -> new Step(agency, before));
		if (work.kind() == Work.Kind.FINISH) {
			step.closes = true;
		}
		else {
			step.batches.add(work);
			step.to += work.rows().count();
		}
	}

	/** Whether there is nothing to store. */
	boolean isEmpty() {
		return this.steps.isEmpty();
	}

	boolean hasBatches() {
		return this.steps.values().stream().anyMatch(Step::hasBatches);
	}

	/**
	 * Whether something was refused that would be stored if more of the agency's bets
	 * were, or fewer.
	 */
	boolean dependsOnWhatIsStored() {
		return this.refused.values().stream().anyMatch((refusal) -> refusal.reason() == Reason.OUT_OF_SEQUENCE);
	}

	/**
	 * What a transaction does for one agency: its bets from {@code from} to {@code to},
	 * and whether it has finished behind them.
	 */
	static final class Step {

		private final int agency;

		private final long from;

		private long to;

		private boolean closes;

		private final List<Work> batches = new ArrayList<>();

		private Step(int agency, long from) {
			this.agency = agency;
			this.from = from;
			this.to = from;
		}

		int agency() {
			return this.agency;
		}

		long from() {
			return this.from;
		}

		long to() {
			return this.to;
		}

		boolean closes() {
			return this.closes;
		}

		List<Work> batches() {
			return this.batches;
		}

		boolean hasBatches() {
			return !this.batches.isEmpty();
		}

	}

}
