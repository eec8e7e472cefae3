package loteria.central.store;

/**
 * The store can't be opened, or can't go on.
 */
public class StoreFailure extends Exception {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	/**
	 * @param message what happened, where, and what to do, in one line
	 */
	public StoreFailure(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	public StoreFailure(Kind kind, String message, Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * What an operator does differently.
	 */
	public enum Kind {

		/**
		 * The place is unusable: no such directory, no permission, locked by another
		 * central.
		 */
		UNUSABLE,
		/** What was stored is damaged. */
		CORRUPT,
		/** The disk fails, or the database is out of reach: it may pass. */
		BROKEN

	}

}
