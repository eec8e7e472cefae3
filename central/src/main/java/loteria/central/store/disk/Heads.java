package loteria.central.store.disk;

import java.io.IOException;

/**
 * Writes the head of the journal and its twin, {@code bets.store}, while the store is
 * open. The twin hears of each group when it is durable, so that a journal that is
 * replaced or cut afterwards is noticed; the journal's own head only of what recovery
 * must know of it, as it would be forced with each group. Any thread may call.
 */
public final class Heads implements AutoCloseable {

	private final StoreFile journal;

	private final StoreFile twin;

	private Checkpoint last;

	/** How often the journal's was written. */
	private long turns;

	private Heads(StoreFile journal, StoreFile twin, Checkpoint last) {
		this.journal = journal;
		this.twin = twin;
		this.last = last;
	}

	/**
	 * Writes both anew, durably: first that of the journal, without which the twin must
	 * not be there.
	 * @param twinName of bets.store
	 * @param last the checkpoint to go on from
	 * @param tip what is durable; the journal and bets.csv are forced
	 */
	public static Heads of(StoreDirectory directory, StoreFile journal, String twinName, DrawSettings settings,
			Checkpoint last, Tip tip, boolean stopped) throws IOException {
		Checkpoint next = new Checkpoint(last.number() + 1, tip, tip.rowsEnd(), journal.size(), stopped);
		Head.write(journal, settings, next);
		StoreFile twin = directory.open(twinName);
		try {
			Head.write(twin, settings, next);
			directory.force();
			return new Heads(journal, twin, next);
		}
		catch (IOException ex) {
			twin.close();
			throw ex;
		}
	}

	public synchronized Checkpoint last() {
		return this.last;
	}

	/** All before {@code tip} is durable. Not forced: for a central that is killed. */
	public synchronized void durable(Tip tip) throws IOException {
		this.last = next(tip, this.last.forced(), this.last.length(), false);
		writeTwin();
	}

	/** The same once recovery must know it; not forced either. */
	public synchronized void save() throws IOException {
		write(next(this.last.tip(), this.last.forced(), this.last.length(), false));
	}

	/** Up to {@code forced}, bets.csv is on disk. */
	public void forced(long forced) throws IOException {
		synchronized (this) {
			write(next(this.last.tip(), forced, this.last.length(), false));
		}
		// without the lock, for which the journal's writer may wait
		this.twin.force();
	}

	/**
	 * The file of the journal is so long, durably. Not forced: what is forced next in the
	 * journal may use all of it.
	 */
	public synchronized void length(long length) throws IOException {
		Checkpoint next = next(this.last.tip(), this.last.forced(), length, false);
		if (length < this.last.length()) {
			// never to be said again, also where it can't be said now
			this.last = next;
		}
		write(next);
	}

	/** The store is closed in order; durably. */
	public synchronized void stop() throws IOException {
		for (int copies = 0; copies < 2; copies++) {
			write(next(this.last.tip(), this.last.forced(), this.last.length(), true));
		}
		this.journal.force();
		this.twin.force();
	}

	private Checkpoint next(Tip tip, long forced, long length, boolean stopped) {
		return new Checkpoint(this.last.number() + 1, tip, forced, length, stopped);
	}

	private void write(Checkpoint checkpoint) throws IOException {
		Head.write(this.journal, checkpoint, ++this.turns);
		this.last = checkpoint;
		writeTwin();
	}

	private void writeTwin() throws IOException {
		try {
			Head.write(this.twin, this.last, this.last.number());
		}
		catch (NoRoomException ex) {
			// nothing is promised by it, and the next one says it too
		}
	}

	@Override
	public void close() throws IOException {
		this.twin.close();
	}

}
