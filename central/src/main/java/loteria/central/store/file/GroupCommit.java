package loteria.central.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import loteria.central.store.Sequence;
import loteria.central.store.file.JournalEntry.Kind;
import loteria.central.store.file.LogFiles.NoRoomException;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever waits, writes the rows in one go and the
 * journal in one go, forces both, and then answers all. There is no timer: while a group
 * is forced the next one gathers, so groups are as large as the load makes them.
 * <p>
 * A {@code force} that failed may have lost what it should have kept, and a second one
 * may succeed all the same; so after the first failure nothing is written any more. A
 * disk that is full is not a failure: the group is taken back and refused, and the next
 * one tries.
 */
final class GroupCommit implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

	/** Rows that wait at the most, before {@link #submit} blocks. */
	private static final int QUEUE_BYTES = 16 * 1024 * 1024;

	private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();

	private final Semaphore room = new Semaphore(QUEUE_BYTES);

	private final LogFiles files;

	private final Books books;

	private final FreeSpace space;

	private final StoreMeters meters;

	private final Consumer<IOException> onFailure;

	private final Thread thread;

	/** Counts as this group has changed them, before they are durable. */
	private final Map<Integer, Long> stored = new HashMap<>();

	private final Set<Integer> closed = new HashSet<>();

	private @Nullable Work carried;

	private boolean drawn;

	private volatile @Nullable Refusal broken;

	private volatile boolean full;

	/**
	 * @param onFailure told, once and on the writing thread, that nothing is written any
	 * more
	 */
	GroupCommit(LogFiles files, Books books, boolean drawn, FreeSpace space, StoreMeters meters,
			Consumer<IOException> onFailure) {
		this.files = files;
		this.books = books;
		this.drawn = drawn;
		this.space = space;
		this.meters = meters;
		this.onFailure = onFailure;
		meters.waiting(this.queue);
		this.thread = Thread.ofPlatform().name("bets-writer").daemon().start(this::run);
	}

	/**
	 * Hands work to the writing thread, and waits while too much is there already.
	 * @return see {@link Work#done}
	 */
	CompletableFuture<@Nullable Refusal> submit(Work work) {
		this.room.acquireUninterruptibly(work.permits());
		this.queue.add(work);
		Refusal refusal = this.broken;
		if (refusal != null) {
			// The thread may have ended before it saw this; if it did see it, it has
			// answered.
			work.done().complete(refusal);
		}
		return work.done();
	}

	boolean isWritable() {
		return this.broken == null && !this.full;
	}

	private void run() {
		List<Work> group = new ArrayList<>();
		do {
			group.clear();
			gather(group);
			Refusal refusal = this.broken;
			List<@Nullable Refusal> outcomes = (refusal != null) ? all(group, refusal) : commit(group);
			for (int i = 0; i < group.size(); i++) {
				Work work = group.get(i);
				this.room.release(work.permits());
				work.done().complete(outcomes.get(i));
			}
		}
		while (group.getLast().kind() != Kind.STOPPED);
		this.broken = new Refusal(Reason.STOPPING, "the store is closed");
	}

	private void gather(List<Work> group) {
		int bytes = 0;
		Work work = (this.carried != null) ? this.carried : take();
		this.carried = null;
		while (work != null) {
			if (!group.isEmpty() && bytes + work.rows().length > LogFiles.GROUP_BYTES) {
				this.carried = work;
				return;
			}
			group.add(work);
			bytes += work.rows().length;
			boolean ends = group.size() == LogFiles.GROUP_ENTRIES || work.kind() == Kind.STOPPED;
			work = ends ? null : this.queue.poll();
		}
	}

	private Work take() {
		while (true) {
			try {
				return this.queue.take();
			}
			catch (InterruptedException ex) {
				// Nobody interrupts this thread on purpose, and ending here would leave
				// all waiting.
				log.warn("action: store_commit | result: in_progress | ignored: interrupt");
			}
		}
	}

	private List<@Nullable Refusal> commit(List<Work> group) {
		long started = System.nanoTime();
		List<@Nullable Refusal> outcomes = new ArrayList<>(group.size());
		this.stored.clear();
		this.closed.clear();
		this.files.begin();
		try {
			if (group.getFirst().kind() == Kind.BATCH) {
				this.space.check();
			}
			for (Work work : group) {
				outcomes.add(add(work));
			}
			this.files.write();
		}
		catch (NoRoomException ex) {
			return takeBack(group, ex);
		}
		catch (IOException ex) {
			return fail(group, ex);
		}
		for (int i = 0; i < group.size(); i++) {
			if (outcomes.get(i) == null) {
				takeNote(group.get(i));
			}
		}
		this.full = false;
		this.meters.committed(System.nanoTime() - started, group.size());
		return outcomes;
	}

	/** Adds a piece of work to the group, or says why it is refused. */
	private @Nullable Refusal add(Work work) {
		int agency = work.agency();
		boolean isClosed = this.closed.contains(agency) || this.books.isClosed(agency);
		if (work.kind() == Kind.BATCH) {
			if (isClosed) {
				return new Refusal(Reason.AGENCY_CLOSED, "agency %d has finished".formatted(agency));
			}
			if (this.drawn) {
				return new Refusal(Reason.DRAWN, "the draw has happened");
			}
		}
		else if (work.kind() == Kind.CLOSED) {
			if (isClosed) {
				return null;
			}
			this.closed.add(agency);
		}
		long before = this.stored.computeIfAbsent(agency, this.books::stored);
		if (!work.sequence().admits(before)) {
			return new Refusal(Reason.OUT_OF_SEQUENCE,
					"not the next bets of agency %d, which has %d stored".formatted(agency, before));
		}
		work.sequence().advance(work.count());
		this.stored.put(agency, before + work.count());
		this.files.add(work.kind(), agency, work.rows(), work.count(), before);
		return null;
	}

	private void takeNote(Work work) {
		switch (work.kind()) {
			case BATCH -> this.books.of(work.agency())
				.stored(work.rows(), work.rows().length, work.count(), work.documentsOfWinners());
			case CLOSED -> this.books.of(work.agency()).close();
			case DRAWN -> this.drawn = true;
			case STOPPED -> {
			}
		}
	}

	private List<@Nullable Refusal> takeBack(List<Work> group, NoRoomException cause) {
		try {
			this.files.takeBack();
		}
		catch (IOException ex) {
			return fail(group, ex);
		}
		if (!this.full) {
			log.error("action: store_commit | result: fail | reason: store_full | error: {} | refused: {}",
					cause.getMessage(), group.size());
		}
		this.full = true;
		group.forEach((work) -> work.sequence().breakOff());
		return all(group, new Refusal(Reason.STORE_FULL, String.valueOf(cause.getMessage())));
	}

	private List<@Nullable Refusal> fail(List<Work> group, IOException ex) {
		Refusal refusal = new Refusal(Reason.STORE_FAILED, "the disk failed: " + ex.getMessage());
		this.broken = refusal;
		log.error("action: store_commit | result: fail | reason: store_failed | error: {} | nothing is stored any more",
				ex.getMessage());
		this.onFailure.accept(ex);
		return all(group, refusal);
	}

	private static List<@Nullable Refusal> all(List<Work> group, Refusal refusal) {
		return new ArrayList<>(Collections.nCopies(group.size(), refusal));
	}

	/**
	 * Writes what waits, says in the journal that it stopped in order, and ends the
	 * thread.
	 */
	@Override
	public void close() {
		submit(Work.of(Kind.STOPPED, 0)).join();
	}

	/**
	 * One thing to write.
	 *
	 * @param sequence whether a batch is the next one
	 * @param done completes with null when durable, else with the reason why not
	 */
	record Work(Kind kind, int agency, Sequence sequence, byte[] rows, int count, List<String> documentsOfWinners,
			CompletableFuture<@Nullable Refusal> done) {

		static Work of(Kind kind, int agency) {
			return new Work(kind, agency, Sequence.ANYWHERE, new byte[0], 0, List.of(), new CompletableFuture<>());
		}

		static Work batch(int agency, Sequence sequence, byte[] rows, int count, List<String> documentsOfWinners) {
			return new Work(Kind.BATCH, agency, sequence, rows, count, documentsOfWinners, new CompletableFuture<>());
		}

		private int permits() {
			return Math.min(this.rows.length, QUEUE_BYTES);
		}

	}

}
