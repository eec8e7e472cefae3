package loteria.central.store.postgres;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import loteria.central.store.commit.Ledger;

/**
 * How far this central knows each agency to be. Another central may have taken it
 * further, but for what is final: that it has finished. One thread.
 */
final class Known implements Ledger {

	private final Map<Integer, Long> stored = new HashMap<>();

	private final Set<Integer> closed = new HashSet<>();

	@Override
	public long next(int agency) {
		return this.stored.getOrDefault(agency, 0L);
	}

	@Override
	public boolean isClosed(int agency) {
		return this.closed.contains(agency);
	}

	/** Whether anything is known of it. */
	boolean has(int agency) {
		return this.stored.containsKey(agency);
	}

	void stored(int agency, long bets) {
		this.stored.put(agency, bets);
	}

	void closed(int agency) {
		this.closed.add(agency);
	}

	void forget(int agency) {
		this.stored.remove(agency);
	}

}
