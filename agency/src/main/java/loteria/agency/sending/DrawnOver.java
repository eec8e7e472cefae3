package loteria.agency.sending;

/**
 * Whether the bets that were drawn over are those of the file, each once and in their
 * order.
 */
public enum DrawnOver {

	VERIFIED("verified"),

	DIFFERS("differs"),

	/** The central or its dialect has no word for it. */
	NOT_AVAILABLE("not available"),

	/** The central went away after it had told the winners. */
	NOT_ANSWERED("not answered");

	private final String words;

	DrawnOver(String words) {
		this.words = words;
	}

	@Override
	public String toString() {
		return this.words;
	}

}
