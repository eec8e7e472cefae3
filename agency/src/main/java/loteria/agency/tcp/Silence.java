package loteria.agency.tcp;

import java.time.Duration;

import loteria.agency.ending.Failure;

/**
 * What to do while a reply is waited for and nothing comes.
 */
public interface Silence {

	/** How long to wait until {@link #passed} is to be called, at least 1 ms. */
	Duration next();

	/**
	 * Called when that time has passed without a byte.
	 * @throws Failure if there is to be no more waiting
	 */
	void passed() throws Failure;

}
