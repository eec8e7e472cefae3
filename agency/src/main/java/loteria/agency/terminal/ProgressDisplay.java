package loteria.agency.terminal;

/**
 * Shows how much of a file is done.
 */
public interface ProgressDisplay extends AutoCloseable {

	/** Shows nothing. */
	ProgressDisplay NONE = (bytes) -> {
	};

	/**
	 * @param bytes how many of the file are done
	 */
	void reached(long bytes);

	@Override
	default void close() {
	}

}
