package loteria.central.store.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import loteria.central.store.commit.Work;
import loteria.central.store.disk.Tip;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the {@link BetsWriter}. Bounded by the bytes of the rows and by the
 * number of batches, of which each takes memory besides, but for the last group to enter.
 */
final class BetsQueue {

	private static final int MAX_BYTES = 16 * 1024 * 1024;

	private static final int MAX_WORKS = 32 * 1024;

	/** What is worth a system call by itself, and all that one takes. */
	private static final int ENOUGH_BYTES = 256 * 1024;

	/** How long less than that is left to gather: no answer waits for it. */
	private static final long REST_NANOS = 5_000_000;

	/** Between two looks whether a full disk has room. */
	private static final long RETRY_MILLIS = 100;

	private final Queue<Task> waiting = new ArrayDeque<>();

	private long bytes;

	private int works;

	/** How many wait for an answer. */
	private int questions;

	/** Until when less than enough is left to gather, by {@link System#nanoTime}. */
	private long restsUntil = System.nanoTime();

	private boolean stopping;

	/** The writer has come to its end, and takes nothing any more. */
	private boolean ended;

	private boolean full;

	private @Nullable Throwable failure;

	/** Adds a group that is durable; waits while too much is there already. */
	synchronized void put(List<Work> group, Tip tip) {
		while ((this.bytes >= MAX_BYTES || this.works >= MAX_WORKS) && !this.full && this.failure == null) {
			awaitChange(0);
		}
		add(new Task(group, bytes(group), tip, false, new CompletableFuture<>()));
	}

	/**
	 * Adds a question that is answered when all before it is done.
	 * @param checkpoint whether to make one then
	 */
	synchronized CompletableFuture<Void> ask(boolean checkpoint) {
		return add(new Task(List.of(), 0, null, checkpoint, new CompletableFuture<>()));
	}

	private static long bytes(List<Work> group) {
		return group.stream().mapToLong((work) -> work.rows().length()).sum();
	}

	private CompletableFuture<Void> add(Task task) {
		if (this.failure != null) {
			task.done.completeExceptionally(this.failure);
		}
		else if (this.ended) {
			task.done.completeExceptionally(new IOException("the store is closed"));
		}
		else {
			boolean first = this.waiting.isEmpty();
			this.waiting.add(task);
			this.bytes += task.bytes;
			this.works += task.group.size();
			this.questions += task.isQuestion() ? 1 : 0;
			if (first || isUrgent()) {
				notifyAll();
			}
		}
		return task.done;
	}

	/**
	 * The next task, groups taken together as far as they fit; null if there is none any
	 * more because the store is being closed.
	 */
	synchronized @Nullable Task take() {
		while (this.waiting.isEmpty() && !this.stopping) {
			awaitChange(0);
		}
		for (long left = restLeft(); left > 0 && !isUrgent(); left = restLeft()) {
			awaitChange(left / 1_000_000 + 1);
		}
		this.restsUntil = System.nanoTime() + REST_NANOS;
		Task task = this.waiting.poll();
		if (task != null) {
			this.bytes -= task.bytes;
			this.works -= task.group.size();
			task = task.isQuestion() ? task : withFollowing(task);
			this.questions -= task.isQuestion() ? 1 : 0;
		}
		this.ended = task == null;
		notifyAll();
		return task;
	}

	private Task withFollowing(Task first) {
		List<Work> all = new ArrayList<>(first.group);
		long taken = first.bytes;
		Task last = first;
		for (Task next = this.waiting.peek(); next != null && !next.isQuestion()
				&& taken + next.bytes <= ENOUGH_BYTES; next = this.waiting.peek()) {
			all.addAll(next.group);
			taken += next.bytes;
			this.bytes -= next.bytes;
			this.works -= next.group.size();
			last = this.waiting.remove();
		}
		return new Task(all, taken, last.tip, false, last.done);
	}

	private long restLeft() {
		return this.restsUntil - System.nanoTime();
	}

	private boolean isUrgent() {
		return this.questions > 0 || this.stopping || this.failure != null || this.bytes >= ENOUGH_BYTES;
	}

	/**
	 * Answers all questions with the reason, and waits a moment.
	 * @return whether to try again
	 */
	synchronized boolean awaitRoom(Throwable reason) {
		this.full = true;
		notifyAll();
		this.waiting.stream().filter(Task::isQuestion).forEach((task) -> task.done.completeExceptionally(reason));
		if (!this.stopping) {
			awaitChange(RETRY_MILLIS);
		}
		this.ended = this.stopping;
		return !this.ended;
	}

	synchronized void hasRoom() {
		this.full = false;
	}

	/** Whether the disk has no room for rows that are stored already. */
	synchronized boolean isFull() {
		return this.full;
	}

	/** How many batches and finished agencies wait. */
	synchronized int works() {
		return this.works;
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
	 * @param bytes of the rows
	 * @param tip of the journal behind the group; a question has none
	 */
	record Task(List<Work> group, long bytes, @Nullable Tip tip, boolean checkpoint, CompletableFuture<Void> done) {

		private boolean isQuestion() {
			return this.tip == null;
		}

	}

}
