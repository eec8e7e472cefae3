package loteria.central.store;

/**
 * The store can't be asked now; may pass. Says nothing about what is stored, so that no
 * answer can be made of it.
 */
public class StoreAwayException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param reason in one line
	 */
	public StoreAwayException(String reason, Throwable cause) {
		super("the store can't be asked: " + reason, cause);
	}

}
