package loteria.central.store.file;

import loteria.central.store.commit.Work;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import loteria.central.store.disk.Tip;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the {@link BetsWriter}. Bounded by the bytes of the rows, but for the
 * last group to enter.
 */
final class BetsQueue {

	private static final int MAX_BYTES = 16 * 1024 * 1024;

	private final Queue<Task> waiting = new ArrayDeque<>();

	private long bytes;

	private boolean stopping;

	private boolean full;

	private @Nullable Throwable failure;

	/** Adds a group that is durable; waits while too much is there already. */
	synchronized void put(List<Work> group, Tip tip) {
		while (this.bytes >= MAX_BYTES && !this.full && this.failure == null) {
			awaitChange(0);
		}
		add(new Task(group, tip, false, new CompletableFuture<>()));
	}

	/**
	 * Adds a question that is answered when all before it is done.
	 * @param checkpoint whether to make one then
	 */
	synchronized CompletableFuture<Void> ask(boolean checkpoint) {
		return add(new Task(List.of(), null, checkpoint, new CompletableFuture<>()));
	}

	private CompletableFuture<Void> add(Task task) {
		if (this.failure != null) {
			task.done.completeExceptionally(this.failure);
		}
		else {
			this.waiting.add(task);
			this.bytes += task.bytes();
			notifyAll();
		}
		return task.done;
	}

	/**
	 * The next task; null if there is none any more because the store is being closed.
	 */
	synchronized @Nullable Task take() {
		while (this.waiting.isEmpty() && !this.stopping) {
			awaitChange(0);
		}
		Task task = this.waiting.poll();
		this.bytes -= (task == null) ? 0 : task.bytes();
		notifyAll();
		return task;
	}

	/**
	 * Keeps nobody waiting for what can't be done now, and waits a moment.
	 * @return whether to try again
	 */
	synchronized boolean awaitRoom(Throwable reason, long millis) {
		this.full = true;
		notifyAll();
		this.waiting.stream().filter(Task::isQuestion).forEach((task) -> task.done.completeExceptionally(reason));
		if (!this.stopping) {
			awaitChange(millis);
		}
		return !this.stopping;
	}

	synchronized void hasRoom() {
		this.full = false;
	}

	/** Whether the disk has no room for rows that are stored already. */
	synchronized boolean isFull() {
		return this.full;
	}

	/** Lets the writer end when all is done. */
	synchronized void stop() {
		this.stopping = true;
		notifyAll();
	}

	/** Lets nothing in any more; what waits is not done. */
	synchronized void end(Throwable reason) {
		this.failure = reason;
		this.waiting.forEach((task) -> task.done.completeExceptionally(reason));
		this.waiting.clear();
		notifyAll();
	}

	/** Why nothing more is done, or null. */
	synchronized @Nullable Throwable failure() {
		return this.failure;
	}

	private void awaitChange(long millis) {
		try {
			wait(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("nobody interrupts the threads that write", ex);
		}
	}

	/**
	 * @param tip of the journal behind the group; a question has none
	 */
	record Task(List<Work> group, @Nullable Tip tip, boolean checkpoint, CompletableFuture<Void> done) {

		private long bytes() {
			return this.group.stream().mapToLong((work) -> work.rows().length()).sum();
		}

		private boolean isQuestion() {
			return this.tip == null;
		}

	}

}
