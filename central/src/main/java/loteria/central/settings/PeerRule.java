package loteria.central.settings;

import java.net.InetAddress;

import loteria.bet.BetRules;

/**
 * From where who may speak: an item of the setting {@code peers} of a listener.
 *
 * @param first agency that may speak from there; 0 if all may
 */
public record PeerRule(Network network, int first, int last) {

	/** Of the whole list, in words that follow "must be". */
	static final String FORM = "addresses or networks, each with the agency or the agencies that may speak from there, "
			+ "or without one for all, such as 10.0.1.7=1,10.0.2.0/24=2-5,fd00::/8; the bits of a network behind its mask are zeros";

	private static final String ASSIGN = "=";

	/**
	 * @throws IllegalArgumentException if it is not of the {@link #FORM}
	 */
	public static PeerRule parse(String text) {
		int assign = text.indexOf(ASSIGN);
		if (assign < 0) {
			return new PeerRule(Network.parse(text.strip()), 0, Integer.MAX_VALUE);
		}
		String agencies = text.substring(assign + 1);
		int dash = agencies.indexOf('-');
		int first = BetRules.agency(agencies.substring(0, (dash < 0) ? agencies.length() : dash).strip());
		int last = BetRules.agency(agencies.substring(dash + 1).strip());
		if (first < 1 || last < first) {
			throw new IllegalArgumentException("no agencies: " + agencies);
		}
		return new PeerRule(Network.parse(text.substring(0, assign).strip()), first, last);
	}

	public boolean includes(InetAddress address) {
		return this.network.includes(address);
	}

	public boolean includes(int agency) {
		return this.first <= agency && agency <= this.last;
	}

	public boolean isOfOne() {
		return this.first == this.last;
	}

}
