package loteria.central.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import loteria.central.store.StoreFailure;
import loteria.central.store.books.Books;
import loteria.central.store.commit.Admission;
import loteria.central.store.commit.Admission.Verdict;
import loteria.central.store.commit.StoreMeters;
import loteria.central.store.commit.Work;
import loteria.central.store.commit.Work.Kind;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.JournalWriter;
import loteria.central.store.disk.NoRoomException;
import loteria.central.store.disk.StoreFile;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes the journal. It takes whatever waits, writes and forces it in
 * one go, answers all, and leaves the rest to the {@link BetsWriter}. There is no timer:
 * while a group is forced the next one gathers, so groups are as large as the load makes
 * them.
 * <p>
 * A {@code force} that failed may have lost what it should have kept, and a second one
 * may succeed all the same; so after the first failure, of whatever kind, nothing is
 * written any more. What was being written then is in doubt: it may be found stored after
 * a restart. What still waited is not, and never will be. A disk that is full is not a
 * failure: the group is taken back and refused, and the next one tries.
 */
final class GroupCommit {

	private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

	private final WorkQueue queue;

	private final StoreFile journalFile;

	private final JournalWriter journal;

	private final StoreFile betsFile;

	private final BetsWriter bets;

	private final Books books;

	private final Admission admission;

	private final Room room;

	private final StoreMeters meters;

	private final Consumer<Throwable> onFailure;

	private volatile boolean hasEnded;

	private volatile Refusal ended = new Refusal(Reason.STOPPING, "the store is closed");

	/** What of the group may be on disk before it is answered. */
	private List<Work> written = List.of();

	/**
	 * @param onFailure told, once and on the writing thread, that nothing is written any
	 * more
	 */
	GroupCommit(WorkQueue queue, StoreFile journalFile, JournalWriter journal, StoreFile betsFile, BetsWriter bets,
			Books books, Admission admission, Room room, StoreMeters meters, Consumer<Throwable> onFailure) {
		this.queue = queue;
		this.journalFile = journalFile;
		this.journal = journal;
		this.betsFile = betsFile;
		this.bets = bets;
		this.books = books;
		this.admission = admission;
		this.room = room;
		this.meters = meters;
		this.onFailure = onFailure;
		meters.waiting(queue);
		Thread.ofPlatform().name("journal-writer").daemon().start(this::run);
	}

	/**
	 * Hands work to the writing thread, and waits while too much is there already.
	 * @return see {@link Work#done}
	 */
	CompletableFuture<@Nullable Refusal> submit(Work work) {
		if (!this.queue.put(work)) {
			work.done().complete(this.ended);
		}
		return work.done();
	}

	/**
	 * Why batches would be refused now, or null. Looks at the disk itself: no batch might
	 * come that finds out, neither from the start nor as long as this says no.
	 */
	@Nullable Refusal problem() {
		return this.hasEnded ? this.ended : this.room.problem();
	}

	private void run() {
		List<Work> group = List.of();
		try {
			do {
				group = this.queue.takeGroup();
				if (this.bets.failure() instanceof Throwable broken) {
					fail(group, broken);
					return;
				}
				commit(group);
			}
			while (group.getLast().kind() != Kind.STOP);
			end();
		}
		catch (Throwable ex) {
			// Whatever it is, an Error too: callers that wait must be told, and none may
			// go on.
			fail(group, ex);
		}
	}

	private void end() {
		this.hasEnded = true;
		this.queue.end().forEach((work) -> work.done().complete(this.ended));
	}

	private void fail(List<Work> group, Throwable ex) {
		String what = (ex instanceof StoreFailure) ? String.valueOf(ex.getMessage()) : "the disk failed: " + ex;
		this.ended = new Refusal(Reason.STORE_FAILED, what);
		log.error(
				"action: store_commit | result: fail | reason: store_failed | error: {} | warning: nothing is stored any more",
				what, (ex instanceof IOException || ex instanceof StoreFailure) ? null : ex);
		try {
			// before the answers: a central that waits for one in order to stop must not
			// end well
			this.onFailure.accept(ex);
		}
		finally {
			end();
			Refusal inDoubt = new Refusal(Reason.IN_DOUBT, "in the middle of it, " + what);
			this.written.forEach((work) -> work.done().complete(inDoubt));
			group.forEach((work) -> work.done().complete(this.ended));
		}
	}

	private void commit(List<Work> group) throws IOException, StoreFailure {
		long started = System.nanoTime();
		requireUntouched();
		this.admission.begin();
		this.journal.begin();
		List<Work> admitted = new ArrayList<>(group.size());
		Map<Work, Refusal> refused = new IdentityHashMap<>();
		try {
			boolean batches = group.stream().anyMatch((work) -> work.kind() == Kind.BATCH);
			Refusal noRoom = batches ? this.room.refusal() : null;
			this.written = admitted;
			for (Work work : group) {
				Refusal refusal = (noRoom != null && work.kind() == Kind.BATCH) ? work.refuse(noRoom) : enter(work);
				if (refusal == null) {
					admitted.add(work);
				}
				else {
					refused.put(work, refusal);
				}
			}
			this.journal.write();
			requireUntouched();
			if (batches) {
				this.room.found(noRoom);
			}
		}
		catch (NoRoomException ex) {
			this.journal.takeBack();
			this.written = List.of();
			Refusal refusal = this.room.outOf(ex);
			group.forEach((work) -> work.done().complete(work.refuse(refusal)));
			return;
		}
		this.admission.keep();
		admitted.forEach(this::takeNote);
		// before the answers: a hash that is asked for then is also of these rows
		this.bets.put(admitted, this.journal.tip());
		this.written = List.of();
		admitted.forEach((work) -> work.done().complete(null));
		refused.forEach((work, refusal) -> work.done().complete(refusal));
		this.meters.committed(System.nanoTime() - started, group.size());
	}

	/** Adds it to the group, or says why it is refused. */
	private @Nullable Refusal enter(Work work) throws IOException {
		switch (this.admission.add(work)) {
			case Verdict.Refused(Refusal refusal) -> {
				return refusal;
			}
			case Verdict.Done _ -> {
				return null;
			}
			case Verdict.Admitted(long before) -> {
				switch (work.kind()) {
					case BATCH ->
						this.journal.add(Frame.Kind.BATCH, work.rows().count(), before, work.rows(), work.rowsCheck());
					case FINISH -> this.journal.add(Frame.Kind.FINISHED, 0, before, work.rows(), 0);
					case DRAW ->
						this.journal.add(Frame.Kind.DRAWN, work.winningNumber(), work.instant(), work.rows(), 0);
					case STOP -> {
					}
				}
				return null;
			}
		}
	}

	/** Enters into the books what is durable now. */
	private void takeNote(Work work) {
		if (work.kind() == Kind.BATCH) {
			this.books.store(work.agency(), work.rows().count(), work.documentsOfWinners());
		}
		else if (work.kind() == Kind.FINISH && !this.admission.isDrawn()) {
			this.books.of(work.agency()).close();
		}
		else if (work.kind() == Kind.DRAW) {
			this.admission.draw();
		}
	}

	private void requireUntouched() throws IOException, StoreFailure {
		this.journalFile.requireUntouched(this.journal.length(), this.journal.length());
		// the other thread may be making it longer
		long written = this.bets.written();
		this.betsFile.requireUntouched(written, Math.max(written, this.journal.tip().rowsEnd()));
	}

	/**
	 * Writes what waits, says in the journal that it stopped in order, and ends the
	 * thread.
	 * @return why it could not, or null
	 */
	@Nullable Refusal stop() {
		return submit(Work.stop()).join();
	}

}
