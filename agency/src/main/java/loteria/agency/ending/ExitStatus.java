package loteria.agency.ending;

/**
 * What the exit code tells the shell.
 */
public enum ExitStatus {

	/** All done, or stopped when told to. */
	DONE(0),

	/** The central could not be reached, refused, or did not draw in time. */
	CENTRAL_FAILED(1),

	/** The configuration or the file can't be used: trying again is of no use. */
	UNUSABLE(2),

	/** All done, but for the rows that were skipped. */
	ROWS_SKIPPED(3);

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
