package loteria.local;

/**
 * Why there is no job, or why it did not end well, as the one line that is said about it.
 */
final class JobFailure extends Exception {

	private static final long serialVersionUID = 1L;

	JobFailure(String line) {
		super(line, null, false, false);
	}

}
