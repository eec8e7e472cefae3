package loteria.central.lottery;

import java.util.Set;

import loteria.central.store.BetStore;

/**
 * Who is there and who is missing, for people.
 *
 * @param finished those that have finished under their name
 * @param sending those that have sent bets and have not finished
 * @param unnamed how many have finished that have not said who they are, and wait
 * @param missing those that are expected and have not finished; none where any will do
 */
public record Attendance(FirstAgencies finished, int unnamed, FirstAgencies sending, FirstAgencies missing) {

	static Attendance of(BetStore store, ExpectedAgencies expected, int unnamed) {
		Set<Integer> finished = store.closedAgencies();
		return new Attendance(FirstAgencies.of(finished), unnamed, FirstAgencies.of(store.openAgencies()), FirstAgencies
			.of(expected.without(finished), expected.areListed() ? expected.count() - expected.countOf(finished) : 0));
	}

	@Override
	public String toString() {
		String there = "finished: " + this.finished + ((this.unnamed > 0) ? " and " + this.unnamed + " unnamed" : "")
				+ "; sent without finishing: " + this.sending;
		return (this.missing.total() > 0) ? there + "; missing: " + this.missing : there;
	}

}
