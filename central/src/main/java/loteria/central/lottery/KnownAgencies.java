package loteria.central.lottery;

import loteria.central.store.BetStore;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many agencies have bets or have finished: each takes memory for as long as
 * there is the draw, and whoever may speak for any can invent them.
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

}
