package loteria.central.tcp;

import java.util.concurrent.Semaphore;

/**
 * How many connections there may be at once, over all listeners. Kept well below what the
 * system allows: a listener that runs out of file descriptors closes for good.
 */
final class OpenConnections {

	private final int max;

	private final Semaphore free;

	OpenConnections(int max) {
		this.max = max;
		this.free = new Semaphore(max);
	}

	boolean tryOpen() {
		return this.free.tryAcquire();
	}

	void close() {
		this.free.release();
	}

	int max() {
		return this.max;
	}

}
