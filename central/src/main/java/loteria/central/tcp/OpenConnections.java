package loteria.central.tcp;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import loteria.central.settings.Connections;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The connections of all listeners, and what they may take together: how many there may
 * be at once, see {@link Capacity}, also of one address, and what their messages may
 * take. Where there are too many, one goes whose peer has said nothing for longest and
 * has no bets; where there is none such, the new one is refused.
 */
class OpenConnections {

	/** Who has been silent for less than this is not idle: it may be about to speak. */
	private static final Duration IDLE = Duration.ofSeconds(1);

	/** How long who was closed may take to leave, before the new one is refused. */
	private static final Duration LEAVE = Duration.ofSeconds(1);

	private final Connections limits;

	private final MessageMemory memory;

	private final Set<SessionConnection> open = new HashSet<>();

	/** Closed, and their own threads have not noticed: they have their descriptors. */
	private final Set<SessionConnection> leaving = new HashSet<>();

	OpenConnections(Capacity capacity) {
		this.limits = capacity.connections();
		this.memory = new MessageMemory(capacity.memory());
	}

	Connections limits() {
		return this.limits;
	}

	MessageMemory memory() {
		return this.memory;
	}

	/**
	 * Lets one more in, if there is room or can be made.
	 * @return the limit that keeps it out, or null
	 */
	synchronized @Nullable Limit tryOpen(SessionConnection connection) {
		String address = connection.address();
		Predicate<SessionConnection> neighbour = (other) -> other.address().equals(address);
		if (this.open.size() >= this.limits.ofOneAddress()
				&& this.open.stream().filter(neighbour).count() >= this.limits.ofOneAddress() && !makeRoom(neighbour)) {
			return Limit.PER_ADDRESS;
		}
		if (this.open.size() >= this.limits.max() && !makeRoom((other) -> true)) {
			return Limit.CONNECTIONS;
		}
		if (!awaitDescriptor()) {
			return Limit.CONNECTIONS;
		}
		this.open.add(connection);
		return null;
	}

	/**
	 * A place is free when its descriptor is. On a busy machine that takes a while, in
	 * which many more may be let in than there are descriptors for; and a listener that
	 * gets none closes for good.
	 */
	private boolean awaitDescriptor() {
		long deadline = System.nanoTime() + LEAVE.toNanos();
		try {
			while (this.open.size() + this.leaving.size() >= this.limits.max()) {
				long left = deadline - System.nanoTime();
				if (this.leaving.isEmpty() || left <= 0) {
					return false;
				}
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private boolean makeRoom(Predicate<SessionConnection> which) {
		Optional<SessionConnection> idlest = this.open.stream()
			.filter(which)
			.max(Comparator.comparing(SessionConnection::idleWithoutBets));
		Duration idle = idlest.map(SessionConnection::idleWithoutBets).orElse(Duration.ZERO);
		if (idle.compareTo(IDLE) < 0) {
			return false;
		}
		idlest.get().makeRoom(idle);
		return true;
	}

	/** For a peer that is kept out. */
	Refusal refusal(Limit limit) {
		return new Refusal(Reason.TOO_MANY_CONNECTIONS,
				(limit == Limit.PER_ADDRESS)
						? this.limits.ofOneAddress()
								+ " connections of this address are open, central.connections.per-address"
						: this.limits.max() + " connections are open, central.connections.max");
	}

	/** Returns whether it was open until now. */
	synchronized boolean close(SessionConnection connection) {
		boolean wasOpen = this.open.remove(connection);
		if (wasOpen && connection.isRead()) {
			this.leaving.add(connection);
		}
		return wasOpen;
	}

	/** The thread of a connection that is closed has ended. */
	synchronized void left(SessionConnection connection) {
		if (this.leaving.remove(connection)) {
			notifyAll();
		}
	}

	private synchronized List<SessionConnection> all() {
		return List.copyOf(this.open);
	}

	/**
	 * Cuts peers off that do not take their reply, or say nothing between two messages.
	 * Nothing else would ever end the wait for them.
	 */
	@Scheduled(fixedDelay = 500)
	void cutOffDeafAndSilentPeers() {
		all().forEach((connection) -> {
			connection.cutOffIfIdle();
			connection.cutOffIfDeaf(this.limits.answer());
			if (!connection.isOpen()) {
				// one that was lost between being accepted and being served
				connection.close();
			}
		});
	}

}
