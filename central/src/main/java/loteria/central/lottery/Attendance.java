package loteria.central.lottery;

import java.util.HashSet;
import java.util.Set;

import loteria.central.store.BetStore;

/**
 * Who is there and who is missing, for people.
 *
 * @param finished those that have finished under their name
 * @param sending those that have sent bets and have not finished
 * @param unnamed how many have finished that have not said who they are, and wait
 * @param missing those that are expected, have sent no bets and have not finished; none
 * where any will do
 */
public record Attendance(FirstAgencies finished, int unnamed, FirstAgencies sending, FirstAgencies missing) {

	static Attendance of(BetStore store, ExpectedAgencies expected, int unnamed) {
		Set<Integer> sending = store.openAgencies();
		Set<Integer> finished = store.closedAgencies();
		Set<Integer> seen = seen(store);
		return new Attendance(FirstAgencies.of(finished), unnamed, FirstAgencies.of(sending), FirstAgencies
			.of(expected.without(seen), expected.areListed() ? expected.count() - expected.countOf(seen) : 0));
	}

	/** Those that have bets or have finished. */
	static Set<Integer> seen(BetStore store) {
		// in this order: one that finishes in between is in both, and not in none
		Set<Integer> seen = new HashSet<>(store.openAgencies());
		seen.addAll(store.closedAgencies());
		return seen;
	}

	@Override
	public String toString() {
		String there = "finished: " + this.finished + ((this.unnamed > 0) ? " and " + this.unnamed + " unnamed" : "")
				+ "; sent without finishing: " + this.sending;
		return (this.missing.total() > 0) ? there + "; missing: " + this.missing : there;
	}

}
