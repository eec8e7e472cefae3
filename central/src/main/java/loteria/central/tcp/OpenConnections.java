package loteria.central.tcp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import loteria.central.CentralSettings.Connections;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The connections of all listeners. There may be only so many at once, well below what
 * the system allows: a listener that runs out of file descriptors closes for good.
 */
class OpenConnections {

	private final int max;

	private final Duration replyLimit;

	private final Semaphore free;

	private final Set<SessionConnection> open = ConcurrentHashMap.newKeySet();

	/**
	 * @param limits the time for a message holds for a reply too, from its first byte to
	 * its last
	 */
	OpenConnections(Connections limits) {
		this.max = limits.max();
		this.replyLimit = limits.message();
		this.free = new Semaphore(this.max);
	}

	boolean tryOpen(SessionConnection connection) {
		return this.free.tryAcquire() && this.open.add(connection);
	}

	/** Returns whether it was open until now. */
	boolean close(SessionConnection connection) {
		boolean wasOpen = this.open.remove(connection);
		if (wasOpen) {
			this.free.release();
		}
		return wasOpen;
	}

	int max() {
		return this.max;
	}

	/**
	 * Cuts peers off that do not take their reply. Nothing else would ever end the wait
	 * for them: a read has a time limit, a write has none.
	 */
	@Scheduled(fixedDelay = 500)
	void cutOffDeafPeers() {
		this.open.forEach((connection) -> connection.cutOffIfDeaf(this.replyLimit));
	}

}
