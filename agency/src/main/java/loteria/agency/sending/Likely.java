package loteria.agency.sending;

import loteria.protocol.Refusal;

/**
 * What a refusal means, for the one who reads the agency's log.
 */
public final class Likely {

	private Likely() {
	}

	/**
	 * What the central says of it, or where its dialect has no room for that, what it
	 * most likely is.
	 */
	public static String reason(Refusal refusal, int agency) {
		return refusal + ((refusal.equals(Refusal.UNSAID)) ? " | hint: most likely it does not expect agency " + agency
				+ " (central.agencies), or knows that it has finished already; a new draw begins with a new"
				+ " central.store.directory" : "");
	}

}
