package loteria.agency.ending;

/**
 * What the exit code tells the shell.
 */
public enum ExitStatus {

	/** All done, or stopped when told to with nothing under way. */
	DONE(0),

	/**
	 * The central could not be reached, or refused; or the agency was stopped before an
	 * answer came, and what that was about is in doubt.
	 */
	CENTRAL_FAILED(1),

	/** The configuration or the file can't be used: trying again is of no use. */
	UNUSABLE(2),

	/** All done, but for the rows that were skipped. */
	ROWS_SKIPPED(3),

	/** What the central has of this agency are not the bets of the file. */
	OTHER_BETS(4),

	/** The draw did not happen within the time that the agency was to wait for it. */
	NOT_DRAWN(5);

	private final int code;

	ExitStatus(int code) {
		this.code = code;
	}

	public int code() {
		return this.code;
	}

	/** Whether the agency got what it came for. */
	public boolean isSuccess() {
		return this == DONE || this == ROWS_SKIPPED;
	}

}
