package loteria.central.tcp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import loteria.central.settings.Connections;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The connections of all listeners, and what they may take together: how many there may
 * be at once, see {@link Capacity}, also of one network, and what their messages may
 * take. Where there are too many, one makes room: of the network that has most, the one
 * whose peer has been silent for longest, with bets or without. All dialects survive that
 * between two messages. One that waits for the draw stays. Where no other is left, the
 * new one is refused.
 */
class OpenConnections {

	/**
	 * A peer that has been silent for less than this may be about to speak. It goes all
	 * the same where its network has more than its share.
	 */
	private static final Duration IDLE = Duration.ofSeconds(1);

	/** How long who was closed may take to leave, before the new one is refused. */
	private static final Duration LEAVE = Duration.ofSeconds(1);

	private final Connections limits;

	private final MessageMemory memory;

	private final Turnstile turnstile;

	/** By network. */
	private final Map<String, Set<SessionConnection>> open = new HashMap<>();

	private int size;

	/** Closed, and their own threads have not noticed: they have their descriptors. */
	private final Set<SessionConnection> leaving = new HashSet<>();

	OpenConnections(Capacity capacity) {
		this.limits = capacity.connections();
		this.memory = new MessageMemory(capacity.memory());
		this.turnstile = new Turnstile(this.limits.partWithoutBets(), Runtime.getRuntime().availableProcessors(),
				System::nanoTime);
	}

	Connections limits() {
		return this.limits;
	}

	MessageMemory memory() {
		return this.memory;
	}

	Turnstile turnstile() {
		return this.turnstile;
	}

	/**
	 * Lets one more in, if there is room or can be made.
	 * @return the limit that keeps it out, or null
	 */
	synchronized @Nullable Limit tryOpen(SessionConnection connection) {
		Set<SessionConnection> neighbours = this.open.getOrDefault(connection.network(), Set.of());
		if (neighbours.size() >= this.limits.ofOneAddress() && !makeRoom(List.of(neighbours), neighbours.size())) {
			return Limit.PER_ADDRESS;
		}
		if (this.size >= this.limits.max() && !makeRoom(this.open.values(), neighbours.size())) {
			return Limit.CONNECTIONS;
		}
		if (!awaitDescriptor()) {
			return Limit.CONNECTIONS;
		}
		this.open.computeIfAbsent(connection.network(), (network) -> new HashSet<>()).add(connection);
		this.size++;
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
			while (this.size + this.leaving.size() >= this.limits.max()) {
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

	/**
	 * Closes the connection that can go best.
	 * @param networks where to look for it
	 * @param before how many connections the network of the new one has
	 */
	private boolean makeRoom(Collection<Set<SessionConnection>> networks, int before) {
		SessionConnection best = null;
		Duration longest = Duration.ZERO;
		int most = before;
		for (Set<SessionConnection> neighbours : networks) {
			int size = neighbours.size();
			if (size < most) {
				continue;
			}
			for (SessionConnection neighbour : neighbours) {
				Duration silent = neighbour.silence();
				boolean canGo = (size > before + 1) ? silent.isPositive() : silent.compareTo(IDLE) >= 0;
				if (canGo && (size > most || silent.compareTo(longest) > 0)) {
					best = neighbour;
					longest = silent;
					most = size;
				}
			}
		}
		if (best != null) {
			best.makeRoom(longest);
		}
		return best != null;
	}

	/** For a peer that is kept out. */
	Refusal refusal(Limit limit) {
		return new Refusal(Reason.TOO_MANY_CONNECTIONS,
				(limit == Limit.PER_ADDRESS)
						? this.limits.ofOneAddress()
								+ " connections of this address are open, central.connections.per-address"
						: this.limits.max() + " connections are open, central.connections.max");
	}

	/**
	 * Who shares the limits of an address: over IPv6 the whole /64, which one customer
	 * has to itself.
	 */
	static String network(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length == 4) ? address.getHostAddress() : HexFormat.of().formatHex(bytes, 0, 8);
	}

	/** Returns whether it was open until now. */
	synchronized boolean close(SessionConnection connection) {
		Set<SessionConnection> neighbours = this.open.get(connection.network());
		if (neighbours == null || !neighbours.remove(connection)) {
			return false;
		}
		this.size--;
		if (neighbours.isEmpty()) {
			this.open.remove(connection.network());
		}
		if (connection.isRead()) {
			this.leaving.add(connection);
		}
		return true;
	}

	/** The thread of a connection that is closed has ended. */
	synchronized void left(SessionConnection connection) {
		if (this.leaving.remove(connection)) {
			notifyAll();
		}
	}

	private synchronized List<SessionConnection> all() {
		return this.open.values().stream().flatMap(Set::stream).toList();
	}

	/**
	 * Cuts peers off that do not take their reply, or take too long for a message or to
	 * begin one. Nothing else would ever end the wait for them.
	 */
	@Scheduled(fixedDelay = 500)
	void cutOffDeafAndSlowPeers() {
		all().forEach((connection) -> {
			connection.cutOffIfSlow();
			connection.cutOffIfDeaf(this.limits.answer());
			if (!connection.isOpen()) {
				// one that was lost between being accepted and being served
				connection.close();
			}
		});
	}

}
