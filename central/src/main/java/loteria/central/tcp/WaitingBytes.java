package loteria.central.tcp;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that one kind of waiting takes in all connections together, and its limit.
 * Each connection accounts for its own in a {@link Share}. A share that wants more than
 * there is waits until others have given back theirs. Where they do not within the
 * patience, the largest share is refused, be it the one that waits.
 */
final class WaitingBytes {

	/** What large shares leave to small ones is one part of so many. */
	private static final int PARTS = 8;

	private final long limit;

	private final Duration patience;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Those that have anything. */
	private final Set<Share> shares = new HashSet<>();

	private long taken;

	/** How much of it will be given back in a moment, by those that were refused. */
	private long returning;

	/**
	 * @param patience how long to wait for room before a share is refused
	 */
	WaitingBytes(long limit, Duration patience) {
		this.limit = limit;
		this.patience = patience;
	}

	/**
	 * A share of nothing.
	 * @param onRefusal called if the share is refused while nobody is waiting for it to
	 * become larger; by another thread, once, and must not wait
	 */
	Share open(Runnable onRefusal) {
		return new Share(onRefusal);
	}

	long limit() {
		return this.limit;
	}

	long taken() {
		this.lock.lock();
		try {
			return this.taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Shares that want little never wait for shares that want much. */
	private long limit(long wanted) {
		return (wanted > this.limit / PARTS) ? this.limit - this.limit / PARTS : this.limit;
	}

	/**
	 * Refuses the largest, unless what was refused before will be enough, or there is
	 * none but those that can't be refused, and are sure to give back.
	 */
	private void refuseLargest(Share waiting, long wanted) {
		if (this.taken - this.returning - waiting.bytes + wanted <= limit(wanted)) {
			return;
		}
		Share largest = this.shares.stream()
			.filter((share) -> share.refusable && !share.refused)
			.max(Comparator.comparingLong((share) -> share.bytes))
			.orElse(waiting);
		if (largest.bytes >= wanted) {
			largest.refuse();
			largest.onRefusal.run();
		}
		else if (this.shares.stream().allMatch((share) -> share == waiting || share.refusable)) {
			waiting.refuse();
		}
	}

	/**
	 * What one connection takes. It is used by the thread of the connection alone.
	 */
	final class Share {

		private final Runnable onRefusal;

		private long bytes;

		private boolean refusable = true;

		private boolean refused;

		private Share(Runnable onRefusal) {
			this.onRefusal = onRefusal;
		}

		/**
		 * Changes what this share takes: less at once, more when there is room. One that
		 * is too large for any room has it when no other has anything.
		 * @param patience how long it may take until there is
		 * @return false if this share was refused, now or before: it has what it had
		 */
		boolean take(long wanted, Duration patience) {
			WaitingBytes.this.lock.lock();
			try {
				if (wanted > this.bytes && !awaitRoom(wanted, patience)) {
					return false;
				}
				set(wanted);
				return !this.refused;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
			finally {
				WaitingBytes.this.lock.unlock();
			}
		}

		private boolean awaitRoom(long wanted, Duration patience) throws InterruptedException {
			long deadline = System.nanoTime() + patience.toNanos();
			while (!this.refused && !fits(wanted)) {
				long left = deadline - System.nanoTime();
				if (left <= 0) {
					refuse();
				}
				else if (WaitingBytes.this.changed.awaitNanos(Math.min(left, WaitingBytes.this.patience.toNanos())) <= 0
						&& !fits(wanted)) {
					refuseLargest(this, wanted);
				}
			}
			return !this.refused;
		}

		private boolean fits(long wanted) {
			long others = WaitingBytes.this.taken - this.bytes;
			return others == 0 || others + wanted <= limit(wanted);
		}

		private void set(long wanted) {
			long more = wanted - this.bytes;
			this.bytes = wanted;
			WaitingBytes.this.taken += more;
			if (this.refused) {
				WaitingBytes.this.returning += more;
			}
			if (wanted == 0) {
				WaitingBytes.this.shares.remove(this);
			}
			else {
				WaitingBytes.this.shares.add(this);
			}
			if (more < 0) {
				WaitingBytes.this.changed.signalAll();
			}
		}

		private void refuse() {
			this.refused = true;
			WaitingBytes.this.returning += this.bytes;
			WaitingBytes.this.changed.signalAll();
		}

		/** Gives back all. What was refused stays so. */
		void giveBack() {
			take(0, Duration.ZERO);
		}

		/**
		 * Whether this share may be refused; it may unless told otherwise. It may not
		 * where it is sure to be given back, and could not be earlier.
		 */
		void refusable(boolean now) {
			WaitingBytes.this.lock.lock();
			try {
				this.refusable = now;
			}
			finally {
				WaitingBytes.this.lock.unlock();
			}
		}

		long bytes() {
			WaitingBytes.this.lock.lock();
			try {
				return this.bytes;
			}
			finally {
				WaitingBytes.this.lock.unlock();
			}
		}

		boolean isRefused() {
			WaitingBytes.this.lock.lock();
			try {
				return this.refused;
			}
			finally {
				WaitingBytes.this.lock.unlock();
			}
		}

	}

}
