package loteria.central.tcp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import loteria.central.CentralSettings.Connections;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The connections of all listeners, and what they may take together. There may be only so
 * many at once: see {@link Capacity}.
 */
class OpenConnections {

	private final Connections limits;

	private final MessageMemory memory;

	private final Semaphore free;

	private final Set<SessionConnection> open = ConcurrentHashMap.newKeySet();

	/**
	 * @param capacity with limits of which the time for a message holds for a reply too,
	 * from its first byte to its last
	 */
	OpenConnections(Capacity capacity) {
		this.limits = capacity.connections();
		this.memory = new MessageMemory(capacity.memory());
		this.free = new Semaphore(this.limits.max());
	}

	Connections limits() {
		return this.limits;
	}

	MessageMemory memory() {
		return this.memory;
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

	/**
	 * Cuts peers off that do not take their reply. Nothing else would ever end the wait
	 * for them: a read has a time limit, a write has none.
	 */
	@Scheduled(fixedDelay = 500)
	void cutOffDeafPeers() {
		this.open.forEach((connection) -> {
			connection.cutOffIfDeaf(this.limits.message());
			if (!connection.isOpen()) {
				// one that was lost between being accepted and being served
				connection.close();
			}
		});
	}

}
