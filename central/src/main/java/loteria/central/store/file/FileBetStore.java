package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.bet.Documents;
import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreHealth;
import loteria.central.store.books.Books;
import loteria.central.store.commit.Admission;
import loteria.central.store.commit.StoreMeters;
import loteria.central.store.commit.Work;
import loteria.central.store.commit.WorkQueue;
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.JournalWriter;
import loteria.central.store.disk.Recovered.Cut;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.WinnersInBets;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of its own; see {@code docs/store.md}.
 */
public final class FileBetStore implements BetStore {

	private static final Logger log = LoggerFactory.getLogger(FileBetStore.class);

	private final Options options;

	private final Opened opened;

	private final Books books;

	private final WinnersInBets winnersInBets;

	private final WorkQueue queue;

	private final BetsWriter bets;

	private final Room room;

	private final GroupCommit commits;

	private final Drawing drawing;

	private final Consumer<Throwable> onFailure;

	private final AtomicBoolean failed = new AtomicBoolean();

	private FileBetStore(Options options, Opened opened, WorkQueue queue, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws IOException {
		this.options = options;
		this.opened = opened;
		this.books = opened.recovered().books();
		this.winnersInBets = new WinnersInBets(opened.directory().file(StoreDirectory.BETS), options.winningNumber());
		this.queue = queue;
		this.onFailure = onFailure;
		DiskMeters.register(registry, opened.space());
		this.bets = new BetsWriter(opened.bets(), opened.heads(), this.books, this::fail);
		this.room = new Room(opened.space(), this.bets::isFull);
		this.commits = new GroupCommit(queue, opened.journal(),
				new JournalWriter(opened.journal(), opened.recovered().tip(), opened.heads()::length), opened.bets(),
				this.bets, this.books, new Admission(this.books, opened.draw().drawn() != null), this.room,
				new StoreMeters(registry), this::fail);
		this.drawing = new Drawing(options, this.commits, this.bets, opened, this::fail);
	}

	private void fail(Throwable ex) {
		if (this.failed.compareAndSet(false, true)) {
			this.onFailure.accept(ex);
		}
	}

	/**
	 * Opens the store, made if there is none, after verifying all that is in it.
	 * @param onFailure told when nothing can be stored any more, on a thread that must
	 * not be held up
	 */
	public static FileBetStore open(Options options, MeterRegistry registry, Consumer<Throwable> onFailure)
			throws StoreFailure {
		return open(options, Disk.REAL, new WorkQueue(WorkQueue.GROUP_ENTRIES), registry, onFailure);
	}

	static FileBetStore open(Options options, Disk disk, WorkQueue queue, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws StoreFailure {
		return open(options, Opening.of(options.directory(), disk), queue, registry, onFailure);
	}

	private static FileBetStore open(Options options, Opening opening, WorkQueue queue, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws StoreFailure {
		try {
			return new FileBetStore(options, opening.open(options), queue, registry, onFailure);
		}
		catch (IOException ex) {
			throw Opening.unusable(options.directory(), ex);
		}
	}

	/**
	 * Keeps other centrals out of a store that is to be opened, made if there is none.
	 */
	public static Opening lock(Path directory) throws StoreFailure {
		return Opening.of(directory, Disk.REAL);
	}

	/** Opens a store that others are kept out of, in its own directory. */
	public static FileBetStore open(Opening locked, Options options, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws StoreFailure {
		return open(options, locked, new WorkQueue(WorkQueue.GROUP_ENTRIES), registry, onFailure);
	}

	@Override
	public CompletableFuture<@Nullable Refusal> append(Sequence sequence, Rows rows) {
		return this.commits.submit(Work.batch(sequence, rows, this.options.winningNumber()));
	}

	@Override
	public long stored(int agency) {
		return this.books.next(agency);
	}

	@Override
	public Fingerprint fingerprint(int agency) {
		// where that fails, those of a moment ago
		this.bets.level().exceptionally((ex) -> null).join();
		return this.books.fingerprint(agency);
	}

	@Override
	public @Nullable Refusal close(int agency) {
		return this.commits.submit(Work.finish(agency)).join();
	}

	@Override
	public boolean isClosed(int agency) {
		return this.books.isClosed(agency);
	}

	@Override
	public Set<Integer> closedAgencies() {
		return this.books.closed();
	}

	@Override
	public int knownAgencies() {
		return this.books.size();
	}

	@Override
	public Set<Integer> openAgencies() {
		return this.books.open();
	}

	@Override
	public DrawRecord draw(Instant now) throws StoreFailure {
		return this.drawing.draw(now);
	}

	@Override
	public boolean hasDrawnItself() {
		return this.drawing.isOfHere();
	}

	@Override
	public Optional<DrawRecord> drawn() {
		return this.drawing.drawn();
	}

	@Override
	public Optional<Documents> winners(int agency) {
		if (this.opened.draw().withoutWinners().contains(agency)) {
			return Optional.empty();
		}
		return Optional.of(this.books.winners(agency).documents(this.winnersInBets.of(agency)));
	}

	/** How much waits to be written. */
	int waiting() {
		return this.queue.size();
	}

	/** What a crash had left half done when this store was opened. */
	Cut cut() {
		return this.opened.recovered().cut();
	}

	@Override
	public StoreHealth health() {
		return new StoreHealth(this.commits.problem(),
				Map.of("path", this.options.directory().toAbsolutePath().normalize().toString(), "free",
						this.room.free(), "minFree", this.options.minFree()));
	}

	@Override
	public void close() {
		Refusal refusal = this.commits.stop();
		String problem = (refusal == null) ? null : "reason: " + refusal;
		try (this.opened) {
			this.bets.stop(refusal == null);
			Throwable broken = this.bets.failure();
			problem = (broken != null && problem == null) ? "error: " + broken : problem;
		}
		catch (IOException | StoreFailure ex) {
			fail(ex);
			problem = "error: " + ex;
		}
		if (problem == null) {
			log.info("action: close_store | result: success | directory: {}", this.options.directory());
		}
		else {
			log.error("action: close_store | result: fail | directory: {} | {}", this.options.directory(), problem);
		}
	}

	/**
	 * @param directory of this draw alone
	 * @param drawName stands in the record of the draw
	 * @param winningNumber the number that wins, known beforehand as in the course
	 * @param minFree bytes of free disk below which batches are refused
	 */
	public record Options(Path directory, String drawName, int winningNumber, long minFree) {
	}

}
