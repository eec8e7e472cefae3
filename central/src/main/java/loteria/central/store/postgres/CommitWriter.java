package loteria.central.store.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import loteria.central.store.commit.StoreMeters;
import loteria.central.store.commit.Work;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.postgres.Transaction.InDoubtException;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that stores. It takes whatever waits and stores it in one transaction; while
 * that one commits the next group gathers. While the database is away it tries again. A
 * group whose commit got no answer is looked for before anything else is done with it: it
 * is acknowledged if it is there, stored once more if it is not, and left without an
 * answer if that can't be known.
 */
final class CommitWriter {

	private static final Logger log = LoggerFactory.getLogger(CommitWriter.class);

	private static final Refusal ENDED = new Refusal(Reason.STOPPING, "the store is closed");

	private final WorkQueue queue = new WorkQueue(WorkQueue.GROUP_ENTRIES);

	private final Transaction transaction;

	private final Availability availability;

	private final StoreMeters meters;

	private final Consumer<Throwable> onFailure;

	private volatile Refusal ended = ENDED;

	/**
	 * @param onFailure told that the thread has ended for an unforeseen reason
	 */
	CommitWriter(Transaction transaction, Availability availability, StoreMeters meters,
			Consumer<Throwable> onFailure) {
		this.transaction = transaction;
		this.availability = availability;
		this.meters = meters;
		this.onFailure = onFailure;
		meters.waiting(this.queue);
		Thread.ofPlatform().name("database-writer").daemon().start(this::run);
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

	/** Stores what waits, and ends the thread. */
	void stop() {
		submit(Work.stop()).join();
	}

	private void run() {
		List<Work> group = List.of();
		try {
			group = this.queue.takeGroup();
			while (group.getLast().kind() != Work.Kind.STOP) {
				commit(group);
				group = this.queue.takeGroup();
			}
			end();
			group.getLast().done().complete(null);
		}
		catch (Throwable ex) {
			// Whatever it is, an Error too: callers that wait must be told, and none may
			// go on.
			this.ended = new Refusal(Reason.STORE_FAILED, "the store failed: " + ex);
			log.error("action: store_commit | result: fail | reason: store_failed | error: {}", ex.toString(), ex);
			try {
				this.onFailure.accept(ex);
			}
			finally {
				Refusal inDoubt = new Refusal(Reason.IN_DOUBT, "in the middle of it, " + ex);
				group.forEach((work) -> work.done().complete(inDoubt));
				end();
			}
		}
	}

	private void end() {
		this.queue.end().forEach((work) -> work.done().complete(this.ended));
	}

	private void commit(List<Work> works) {
		SQLException lasting = this.availability.failureThatLasts();
		if (lasting != null) {
			// the watch finds out when it is back
			giveUp(works, null, lasting);
			return;
		}
		long started = System.nanoTime();
		this.availability.writing(started);
		try {
			commit(works, started);
		}
		finally {
			this.availability.writing(null);
		}
	}

	private void commit(List<Work> works, long started) {
		Group inDoubt = null;
		SQLException failure;
		do {
			try {
				Group stored = attempt(works, inDoubt, this.availability.left(started));
				this.availability.back();
				answer(stored, null);
				this.meters.committed(System.nanoTime() - started, works.size());
				return;
			}
			catch (InDoubtException ex) {
				inDoubt = ex.group();
				failure = ex.failure();
			}
			catch (SQLException ex) {
				failure = ex;
			}
			this.transaction.forget(works);
		}
		while (this.availability.isWorthATry(failure, started, true));
		if (inDoubt == null && works.size() > 1 && Trouble.of(failure) == Trouble.LASTING) {
			// the other batches of the group lose nothing by it
			works.forEach((work) -> commit(List.of(work)));
		}
		else {
			giveUp(works, inDoubt, failure);
		}
	}

	private Group attempt(List<Work> works, @Nullable Group inDoubt, Duration limit)
			throws SQLException, InDoubtException {
		if (inDoubt == null) {
			return this.transaction.store(works, limit);
		}
		return switch (this.transaction.settle(inDoubt, limit)) {
			case STORED -> inDoubt;
			case NOT_STORED -> this.transaction.store(works, limit);
			case UNKNOWN -> throw new SQLException("other bets of the same agencies have been stored since");
		};
	}

	private static void giveUp(List<Work> works, @Nullable Group inDoubt, SQLException failure) {
		String what = "the database: " + Trouble.describe(failure);
		// what the same clients sent behind it, counting on it, is to be refused too
		works.forEach((work) -> work.sequence().breakOff());
		if (inDoubt != null) {
			answer(inDoubt, new Refusal(Reason.IN_DOUBT, "no answer to the commit; " + what));
			return;
		}
		Refusal refusal = new Refusal(switch (Trouble.of(failure)) {
			case AWAY, CLASHED -> Reason.STORE_AWAY;
			case FULL -> Reason.STORE_FULL;
			case LASTING -> Reason.STORE_FAILED;
		}, what);
		works.forEach((work) -> work.done().complete(refusal));
	}

	private static void answer(Group group, @Nullable Refusal refusal) {
		group.admitted().forEach((work) -> work.done().complete(refusal));
		group.refused().forEach((work, reason) -> work.done().complete(reason));
	}

}
