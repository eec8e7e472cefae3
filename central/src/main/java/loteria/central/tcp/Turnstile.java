package loteria.central.tcp;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps processor time for bets. All that costs time is charged to its connection when it
 * has been done: connecting, bytes, decoding, answers. Bets that are stored pay for
 * themselves, and as much again is saved for what comes later. A connection that owes
 * something, and whose network has saved nothing either, is not read from until it has
 * been its turn here: one after the other, so slowly that all of them together have only
 * their share of the processors. Networks take turns, however many connections each has,
 * and those that ask for more wait longer.
 */
final class Turnstile {

	/** A connection, from the system's to the end of its thread. */
	private static final long CONNECTION = 300_000;

	/** The same with a handshake of TLS. */
	private static final long TLS_CONNECTION = 3_000_000;

	/** A read, with the thread that wakes up for it. */
	private static final long READ = 60_000;

	/** A byte that comes or goes. */
	private static final int BYTE = 4;

	private static final int TLS_BYTE = 20;

	/** The most that is saved, of a connection and of a network. */
	private static final long SAVED = Duration.ofMillis(100).toNanos();

	/** Turns that were not taken are kept for so long. */
	private static final long UNUSED = Duration.ofMillis(10).toNanos();

	/** However much was spent, the next one passes after so long at the most. */
	private static final long LONGEST = Duration.ofSeconds(1).toNanos();

	/** For what connections spent that are gone, others wait for no longer. */
	private static final long LONGEST_FOR_OTHERS = Duration.ofMillis(50).toNanos();

	/**
	 * The shortest wait: several pass together after it, as each wait takes a timer and
	 * wakes up two threads.
	 */
	private static final long MOMENT = Duration.ofMillis(2).toNanos();

	/** How long bets count as coming in after the last one. */
	private static final long LATELY = Duration.ofMinutes(1).toNanos();

	/**
	 * Networks, beyond which those are forgotten that have saved nothing, or else all.
	 */
	private static final int MANY = 10_000;

	private final double share;

	private final double shareWithoutBets;

	private final LongSupplier clock;

	private final Map<String, Network> networks = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final PriorityQueue<Account> queue = new PriorityQueue<>(
			Comparator.comparingLong((Account account) -> account.place)
				.thenComparingLong((account) -> account.ticket));

	/** When the next one may pass. */
	private long free;

	/** Where those are that pass now, on the scale of {@link Network#next}. */
	private long round;

	private long tickets;

	private volatile long forgotten;

	private volatile long betsUntil;

	/**
	 * @param part of all processors, while bets come in; else half of them, if that is
	 * more
	 * @param clock of nanoseconds
	 */
	Turnstile(double part, int processors, LongSupplier clock) {
		this.share = part * processors;
		this.shareWithoutBets = Math.max(this.share, processors / 2.0);
		this.clock = clock;
		this.free = clock.getAsLong();
		this.forgotten = this.free;
		this.betsUntil = this.free;
	}

	/**
	 * @param network see {@link OpenConnections#network}
	 */
	Account open(String network, boolean encrypted) {
		long now = this.clock.getAsLong();
		if (this.networks.size() > MANY && now - this.forgotten > UNUSED) {
			this.forgotten = now;
			this.networks.values().removeIf((known) -> known.saved.get() == 0);
			if (this.networks.size() > MANY) {
				this.networks.clear();
			}
		}
		return new Account(this.networks.computeIfAbsent(network, (unknown) -> new Network()), encrypted);
	}

	/** How many are remembered. */
	int networks() {
		return this.networks.size();
	}

	/** How many wait for their turn. */
	int waiting() {
		this.lock.lock();
		try {
			return this.queue.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * @param longest that the next one is to wait for this
	 */
	private void spend(long price, long now, long longest) {
		double processors = (this.betsUntil - now > 0) ? this.share : this.shareWithoutBets;
		long ahead = Math.max(this.free - now, -UNUSED);
		this.free = now + Math.max(ahead, Math.min(ahead + (long) (price / processors), longest));
	}

	private void callNext() {
		Account next = this.queue.peek();
		if (next != null) {
			next.turn.signal();
		}
	}

	/**
	 * What one network has saved, and how far ahead of the others it is.
	 */
	private static final class Network {

		private final AtomicLong saved = new AtomicLong();

		private long next;

		private void save(long nanos) {
			// once all is saved that may be, nothing is written for each batch
			if (this.saved.get() < SAVED) {
				this.saved.accumulateAndGet(nanos, (before, more) -> Math.min(before + more, SAVED));
			}
		}

		private boolean pays(long nanos) {
			long before = this.saved.getAndAdd(-nanos);
			if (before >= nanos) {
				return true;
			}
			this.saved.addAndGet(nanos);
			return false;
		}

		/** Returns its place in the order. */
		private long spend(long price, long round) {
			long place = Math.max(this.next, round);
			this.next = place + price;
			return place;
		}

	}

	/**
	 * What one connection has saved, or owes. Used by its thread alone, but for its end.
	 */
	final class Account {

		private final Network network;

		private final Condition turn = Turnstile.this.lock.newCondition();

		private final int ofByte;

		private long balance;

		/** What was charged and is not known yet to be for bets. */
		private long uncertain;

		private long place;

		private long ticket;

		private boolean over;

		private Account(Network network, boolean encrypted) {
			this.network = network;
			this.ofByte = encrypted ? TLS_BYTE : BYTE;
			charge(encrypted ? TLS_CONNECTION : CONNECTION);
		}

		/** What was done took so long. */
		void charge(long nanos) {
			this.balance -= nanos;
			this.uncertain += nanos;
		}

		void chargeRead(int bytes) {
			charge(READ + (long) bytes * this.ofByte);
		}

		void chargeReply(long bytes) {
			charge(bytes * this.ofByte);
		}

		/**
		 * What was charged since this was asked last, the connection itself among it the
		 * first time.
		 */
		long charged() {
			long charged = this.uncertain;
			this.uncertain = 0;
			return charged;
		}

		/**
		 * Bets were stored.
		 * @param nanos charged for them before
		 */
		void refund(long nanos) {
			this.balance = Math.min(this.balance + 2 * nanos, SAVED);
			this.network.save(nanos);
			long until = Turnstile.this.clock.getAsLong() + LATELY;
			if (until - Turnstile.this.betsUntil > UNUSED) {
				Turnstile.this.betsUntil = until;
			}
		}

		/** Whether there is nothing to wait for. */
		boolean isPaid() {
			if (this.balance < 0 && this.network.pays(-this.balance)) {
				this.balance = 0;
			}
			return this.balance >= 0;
		}

		/**
		 * Waits until it is the connection's turn, if it owes anything.
		 * @return false if the connection has ended meanwhile
		 */
		boolean awaitTurn() {
			if (isPaid()) {
				return true;
			}
			Turnstile.this.lock.lock();
			try {
				this.place = this.network.spend(-this.balance, Turnstile.this.round);
				this.ticket = Turnstile.this.tickets++;
				Turnstile.this.queue.add(this);
				return awaitPlace();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
			finally {
				Turnstile.this.queue.remove(this);
				callNext();
				Turnstile.this.lock.unlock();
			}
		}

		private boolean awaitPlace() throws InterruptedException {
			while (!this.over) {
				if (Turnstile.this.queue.peek() != this) {
					this.turn.await();
					continue;
				}
				long now = Turnstile.this.clock.getAsLong();
				if (Turnstile.this.free - now <= 0) {
					Turnstile.this.round = this.place;
					spend(-this.balance, now, LONGEST);
					this.balance = 0;
					return true;
				}
				this.turn.awaitNanos(Math.max(Turnstile.this.free - now, MOMENT));
			}
			return false;
		}

		/** The connection is over; what it owes the others pay by waiting. Any thread. */
		void end() {
			Turnstile.this.lock.lock();
			try {
				this.over = true;
				this.turn.signal();
			}
			finally {
				Turnstile.this.lock.unlock();
			}
		}

		/** The connection's thread has ended. */
		void settle() {
			if (!isPaid()) {
				Turnstile.this.lock.lock();
				try {
					this.network.spend(-this.balance, Turnstile.this.round);
					spend(-this.balance, Turnstile.this.clock.getAsLong(), LONGEST_FOR_OTHERS);
					this.balance = 0;
				}
				finally {
					Turnstile.this.lock.unlock();
				}
			}
		}

	}

}
