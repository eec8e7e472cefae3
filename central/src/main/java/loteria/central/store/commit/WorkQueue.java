package loteria.central.store.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * What waits for the writing thread. Bounded by the bytes of the rows, but for the last
 * batch to enter, so that none is too large to get in.
 */
public final class WorkQueue {

	public static final int GROUP_ENTRIES = 4096;

	/** Of the rows of one group, unless its only batch has more. */
	public static final int GROUP_BYTES = 1024 * 1024;

	public static final long MAX_BYTES = 16 * 1024 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final Condition some = this.lock.newCondition();

	private final Queue<Work> waiting = new ArrayDeque<>();

	private final int groupEntries;

	private long bytes;

	private boolean ended;

	/**
	 * @param groupEntries how many pieces of work one group may have
	 */
	public WorkQueue(int groupEntries) {
		this.groupEntries = groupEntries;
	}

	/**
	 * Waits while too much is there already.
	 * @return false if the queue has ended, and this work will not be done
	 */
	public boolean put(Work work) {
		this.lock.lock();
		try {
			while (this.bytes >= MAX_BYTES && !this.ended) {
				this.room.awaitUninterruptibly();
			}
			if (!this.ended) {
				this.waiting.add(work);
				this.bytes += work.rows().length();
				this.some.signal();
			}
			return !this.ended;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes as much as one group may hold; waits until there is any. */
	public List<Work> takeGroup() {
		this.lock.lock();
		try {
			while (this.waiting.isEmpty()) {
				this.some.awaitUninterruptibly();
			}
			List<Work> group = new ArrayList<>();
			long taken = 0;
			do {
				Work work = this.waiting.remove();
				group.add(work);
				taken += work.rows().length();
			}
			while (group.size() < this.groupEntries && fits(group.getLast(), taken, this.waiting.peek()));
			this.bytes -= taken;
			this.room.signalAll();
			return group;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static boolean fits(Work last, long taken, @Nullable Work next) {
		return next != null && !last.comesAlone() && !next.comesAlone() && taken + next.rows().length() <= GROUP_BYTES;
	}

	/** Lets nothing in any more; returns what still waited. */
	public List<Work> end() {
		this.lock.lock();
		try {
			this.ended = true;
			List<Work> rest = List.copyOf(this.waiting);
			this.waiting.clear();
			this.bytes = 0;
			this.room.signalAll();
			return rest;
		}
		finally {
			this.lock.unlock();
		}
	}

	public int size() {
		this.lock.lock();
		try {
			return this.waiting.size();
		}
		finally {
			this.lock.unlock();
		}
	}

}
