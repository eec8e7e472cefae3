package loteria.central.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import loteria.central.store.StoreFailure;
import loteria.central.store.books.Books;
import loteria.central.store.commit.Work;
import loteria.central.store.disk.Heads;
import loteria.central.store.disk.NoRoomException;
import loteria.central.store.disk.StoreFile;
import loteria.central.store.disk.Tip;
import loteria.central.store.file.BetsQueue.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that does what need not be done before the answer, right behind it: writes
 * the rows to bets.csv, hashes them, and now and then makes a checkpoint. All of it can
 * be made again from the journal, so a full disk only makes it wait.
 */
final class BetsWriter {

	private static final Logger log = LoggerFactory.getLogger(BetsWriter.class);

	/** Rows between two checkpoints: much forced at once holds up the journal. */
	private static final long CHECKPOINT = 4L * 1024 * 1024;

	private final StoreFile bets;

	private final Heads heads;

	private final Books books;

	private final Consumer<Throwable> onFailure;

	private final BetsQueue queue = new BetsQueue();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private final Thread thread;

	private volatile long written;

	/**
	 * @param heads say up to where bets.csv is level with the journal
	 * @param onFailure told, on this thread, when it can't go on
	 */
	BetsWriter(StoreFile bets, Heads heads, Books books, Consumer<Throwable> onFailure) {
		this.bets = bets;
		this.heads = heads;
		this.written = heads.last().tip().rowsEnd();
		this.books = books;
		this.onFailure = onFailure;
		this.thread = Thread.ofPlatform().name("bets-writer").daemon().start(this::run);
	}

	/** Takes over a group that is durable; waits while too much is there already. */
	void put(List<Work> durable, Tip tip) {
		this.queue.put(durable, tip);
	}

	/** Completes when all that was put before is written and hashed. */
	CompletableFuture<Void> level() {
		return this.queue.ask(false);
	}

	/** Begins a checkpoint. */
	void checkpoint() {
		this.queue.ask(true);
	}

	/** Up to where bets.csv is written. */
	long written() {
		return this.written;
	}

	/** Whether the disk has no room for rows that are stored already. */
	boolean isFull() {
		return this.queue.isFull();
	}

	/** Why it can't go on, or null. */
	@Nullable Throwable failure() {
		return this.queue.failure();
	}

	private void run() {
		Task task = null;
		try {
			task = this.queue.take();
			while (task != null && perform(task)) {
				task.done().complete(null);
				task = this.queue.take();
			}
		}
		catch (Throwable ex) {
			// whatever it is, an Error too: callers that wait must be told, and none may
			// go on
			fail(ex);
			if (task != null) {
				task.done().completeExceptionally(ex);
			}
		}
	}

	/**
	 * Returns false if it had to give up because the disk is full, and the store closes.
	 */
	private boolean perform(Task task) throws IOException, StoreFailure {
		hash(task.group());
		Tip tip = task.tip();
		if (tip != null) {
			// before bets.csv has the rows: so it never has any that nothing knows of
			this.heads.durable(tip);
		}
		if (!task.group().isEmpty() && !write(task.group())) {
			return false;
		}
		if (task.checkpoint() || this.written - this.heads.last().forced() >= CHECKPOINT) {
			forceBets();
		}
		else if (task.group().stream().anyMatch((work) -> work.kind() != Work.Kind.BATCH)) {
			this.heads.save();
		}
		return true;
	}

	private void hash(List<Work> group) {
		for (Work work : group) {
			if (!work.rows().isEmpty()) {
				this.books.of(work.agency()).hash(work.rows().count(), work.rows()::update);
			}
		}
	}

	private boolean write(List<Work> group) throws IOException, StoreFailure {
		this.bets.requireUntouched(this.written, this.written);
		this.buffer.clear();
		for (Work work : group) {
			if (work.rows().length() > this.buffer.remaining() && !flush(this.buffer)) {
				return false;
			}
			if (work.rows().length() > this.buffer.remaining()) {
				if (!writeFully(ByteBuffer.wrap(work.rows().toByteArray()))) {
					return false;
				}
			}
			else {
				work.rows().putInto(this.buffer);
			}
		}
		return flush(this.buffer);
	}

	private boolean flush(ByteBuffer bytes) throws IOException {
		boolean done = writeFully(bytes.flip());
		bytes.clear();
		return done;
	}

	private boolean writeFully(ByteBuffer bytes) throws IOException {
		long end = this.written + bytes.remaining();
		while (bytes.hasRemaining()) {
			try {
				this.bets.write(bytes, end - bytes.remaining());
				this.queue.hasRoom();
			}
			catch (NoRoomException ex) {
				if (!awaitRoom(ex)) {
					return false;
				}
			}
		}
		this.written = end;
		return true;
	}

	private boolean awaitRoom(NoRoomException ex) {
		if (!this.queue.isFull()) {
			log.error(
					"action: write_bets | result: fail | error: {} | warning: what is stored is in bets.journal alone until there is room",
					ex.getMessage());
		}
		return this.queue.awaitRoom(ex);
	}

	private void forceBets() throws IOException, StoreFailure {
		this.bets.requireUntouched(this.written, this.written);
		this.bets.force();
		this.heads.forced(this.written);
	}

	private void fail(Throwable ex) {
		boolean unforeseen = !(ex instanceof IOException || ex instanceof StoreFailure);
		log.error("action: write_bets | result: fail | error: {} | warning: nothing is stored any more", ex.toString(),
				unforeseen ? ex : null);
		// before who waits is told: a central that waits in order to stop must not end
		// well
		this.onFailure.accept(ex);
		this.queue.end(ex);
	}

	/**
	 * Writes what waits, forces both files, and says in the journal that the store was
	 * closed in order.
	 * @param orderly false if the journal failed: then nothing is written any more
	 */
	void stop(boolean orderly) throws IOException, StoreFailure {
		if (!orderly) {
			this.queue.end(new IOException("the journal can't be written"));
		}
		this.queue.stop();
		join();
		if (orderly && failure() == null) {
			if (isFull()) {
				log.warn(
						"action: write_bets | result: fail | reason: no room | hint: the next start writes the rest of bets.csv");
			}
			else {
				forceBets();
			}
			this.heads.stop();
		}
	}

	private void join() {
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
