package loteria.central.lottery;

import java.time.Duration;

/**
 * An agency that says that it has finished, and waits for the draw.
 */
public interface Finisher {

	/**
	 * Told when it counts as finished and had not before, and before the draw for which
	 * it may be the last.
	 */
	void finished();

	/**
	 * Whether the agency is still there to be told of the draw. Called by any thread.
	 * @param look how long to look for a sign that there is not
	 */
	boolean isThere(Duration look);

	/** From where it speaks: the same for all that may be one and the same. */
	String origin();

}
