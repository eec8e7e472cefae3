package loteria.central.lottery;

import java.util.List;
import java.util.stream.Stream;

import loteria.central.store.BetStore;
import loteria.central.store.StoreFailure;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many agencies have bets or have finished: each takes memory for as long as
 * there is the draw, and a peer that may speak for any can invent them.
 *
 * @param most about so many; as many more as come at the same moment
 */
public record KnownAgencies(BetStore store, ExpectedAgencies expected, int most) {

	/** Why nothing may be stored of an agency, or null if it may. */
	@Nullable Refusal refusal(int agency) {
		Refusal unknown = this.expected.refusal(agency);
		// in this order: a store that others share would have to be asked for one agency
		if (unknown != null || this.store.knownAgencies() < Math.max(this.most, this.expected.count())
				|| this.store.knows(agency)) {
			return unknown;
		}
		return new Refusal(Reason.TOO_MANY_AGENCIES,
				"agency " + agency + " would be one more than central.draw.max-agencies=" + this.most);
	}

	/** Whether an agency is listed, or where any will do is known to the store. */
	public boolean takesPart(int agency) {
		return this.expected.areListed() ? this.expected.include(agency) : this.store.knows(agency);
	}

	/**
	 * @throws StoreFailure if the store has agencies that are not expected: the draw
	 * would be over their bets, too
	 */
	void requireNoOthers() throws StoreFailure {
		List<Integer> others = Stream.concat(this.store.closedAgencies().stream(), this.store.openAgencies().stream())
			.filter((agency) -> !this.expected.include(agency))
			.toList();
		if (!others.isEmpty()) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE, "central.agencies=" + this.expected
					+ ", but the store has bets of others, or that they have finished: " + FirstAgencies.of(others)
					+ "; list them too, or begin another draw in another central.store.directory");
		}
	}

}
