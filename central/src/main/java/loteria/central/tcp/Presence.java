package loteria.central.tcp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntPredicate;

import loteria.protocol.Dialect;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Which agencies are connected to this central, from where and since when, and what was
 * refused last. An agency is counted as there from its first request that it may make; no
 * more of them are known than may take part.
 */
public final class Presence {

	/** An agency that comes back within this time was not away. */
	private static final Duration BLINK = Duration.ofSeconds(2);

	/** The same where each question has a connection of its own. */
	private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(15);

	private static final int MOST_REFUSALS = 40;

	private final IntPredicate takesPart;

	private final Clock clock;

	private final Map<Integer, Agency> agencies = new HashMap<>();

	/** The latest last. */
	private final SequencedMap<List<Object>, Refused> refusals = new LinkedHashMap<>();

	/**
	 * @param takesPart whether it is one of the draw's agencies
	 */
	Presence(IntPredicate takesPart, Clock clock) {
		this.takesPart = takesPart;
		this.clock = clock;
	}

	/**
	 * One connection.
	 * @param address of the peer, without its port
	 */
	Visit visit(String address, Dialect dialect) {
		return new Visit(address, dialect);
	}

	/** Agencies that are connected or were, since the start. */
	public synchronized Map<Integer, Peer> agencies() {
		Instant now = this.clock.instant();
		Map<Integer, Peer> peers = HashMap.newHashMap(this.agencies.size());
		this.agencies.forEach((number, agency) -> peers.put(number, agency.at(now)));
		return peers;
	}

	/** The latest last; those of one kind, agency and address are one. */
	public synchronized List<Refused> refusals() {
		return List.copyOf(this.refusals.values());
	}

	private synchronized void arrive(int number, Visit visit) {
		if (!visit.over) {
			leave(visit);
			visit.agency = number;
			this.agencies.computeIfAbsent(number, (_) -> new Agency()).arrive(visit, this.clock.instant());
		}
	}

	private synchronized boolean isKnown(int number) {
		return this.agencies.containsKey(number);
	}

	private synchronized void end(Visit visit) {
		visit.over = true;
		leave(visit);
	}

	private void leave(Visit visit) {
		Agency agency = this.agencies.get(visit.agency);
		visit.agency = 0;
		if (agency != null) {
			agency.connections--;
			agency.left = this.clock.instant();
		}
	}

	private synchronized void told(int number) {
		Agency agency = this.agencies.get(number);
		if (agency != null) {
			agency.told = true;
		}
	}

	private synchronized void refused(int number, Visit visit, Reason reason) {
		Instant now = this.clock.instant();
		Agency agency = this.agencies.get(number);
		if (agency != null) {
			agency.refusal = reason;
			agency.refusedAt = now;
		}
		List<Object> kind = List.of(number, visit.address, visit.dialect.name(), reason);
		Refused before = this.refusals.remove(kind);
		this.refusals.put(kind, new Refused(now, number, visit.address, visit.dialect.name(), reason,
				(before == null) ? 1 : before.count + 1));
		if (this.refusals.size() > MOST_REFUSALS) {
			this.refusals.pollFirstEntry();
		}
	}

	/**
	 * Whether an agency is connected.
	 */
	public enum State {

		CONNECTED,
		/** It is not, and has not been told its winners. */
		GONE,
		/** It is not, and has. */
		DONE

	}

	/**
	 * An agency.
	 *
	 * @param since when it came, or went
	 * @param address without the port
	 * @param refusal the last one
	 */
	public record Peer(State state, Instant since, String address, String dialect, @Nullable Reason refusal,
			@Nullable Instant refusedAt) {
	}

	/**
	 * A refusal, as often as there was the same.
	 *
	 * @param at the last time
	 * @param agency 0 where it is not known
	 */
	public record Refused(Instant at, int agency, String address, String dialect, Reason reason, long count) {
	}

	/**
	 * A connection. Its end may come from another thread than its own.
	 */
	final class Visit {

		private final String address;

		private final Dialect dialect;

		/** As which it is counted; 0 for none. */
		private volatile int agency;

		private boolean over;

		private Visit(String address, Dialect dialect) {
			this.address = address;
			this.dialect = dialect;
		}

		/** It speaks for that agency, and may. Costs nothing where it did before. */
		void heard(int number) {
			if (number == this.agency || number == 0) {
				return;
			}
			if (isKnown(number) || Presence.this.takesPart.test(number)) {
				arrive(number, this);
			}
		}

		/** It was told the winners of its agency. */
		void told() {
			Presence.this.told(this.agency);
		}

		/**
		 * @param number whose request it was; 0 where that is not known
		 */
		void refused(int number, Reason reason) {
			Presence.this.refused(number, this, reason);
		}

		void left() {
			end(this);
		}

	}

	private static final class Agency {

		private int connections;

		private Instant came = Instant.MIN;

		private Instant left = Instant.MIN;

		private String address = "";

		private String dialect = "";

		private Duration blink = BLINK;

		private boolean told;

		private @Nullable Reason refusal;

		private @Nullable Instant refusedAt;

		private boolean isThere(Instant now) {
			return this.connections > 0 || (this.left != Instant.MIN && now.isBefore(this.left.plus(this.blink)));
		}

		private void arrive(Visit visit, Instant now) {
			if (!isThere(now)) {
				this.came = now;
			}
			this.connections++;
			this.address = visit.address;
			this.dialect = visit.dialect.name();
			this.blink = visit.dialect.habits().connectionPerRequest() ? BETWEEN_REQUESTS : BLINK;
		}

		private Peer at(Instant now) {
			boolean there = isThere(now);
			State state = this.told ? State.DONE : State.GONE;
			return new Peer(there ? State.CONNECTED : state, there ? this.came : this.left, this.address, this.dialect,
					this.refusal, this.refusedAt);
		}

	}

}
