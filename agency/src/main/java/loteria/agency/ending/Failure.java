package loteria.agency.ending;

/**
 * Why the run can't go on. Its message is the one line about it that goes to the log.
 */
public final class Failure extends Exception {

	private static final long serialVersionUID = 1L;

	private final ExitStatus status;

	private Failure(ExitStatus status, String action, String details) {
		super("action: " + action + " | result: fail | " + details, null, false, false);
		this.status = status;
	}

	/**
	 * @param details as {@code key: value} pairs with bars between them
	 */
	public static Failure ofCentral(String action, String details) {
		return new Failure(ExitStatus.CENTRAL_FAILED, action, details);
	}

	/**
	 * @param details as {@code key: value} pairs with bars between them
	 */
	public static Failure unusable(String action, String details) {
		return new Failure(ExitStatus.UNUSABLE, action, details);
	}

	/**
	 * @param details as {@code key: value} pairs with bars between them
	 */
	public static Failure ofOtherBets(String action, String details) {
		return new Failure(ExitStatus.OTHER_BETS, action, details);
	}

	/**
	 * @param details as {@code key: value} pairs with bars between them
	 */
	public static Failure notDrawn(String action, String details) {
		return new Failure(ExitStatus.NOT_DRAWN, action, details);
	}

	public ExitStatus status() {
		return this.status;
	}

}
