package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.file.LogFiles.NoRoomException;
import loteria.central.store.file.Opening.Opened;
import loteria.central.store.file.Recovery.Cut;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of its own: {@value #BETS}, {@value #JOURNAL}, {@code draw.json}
 * once drawn. The lock on the journal keeps a second central out.
 */
public final class FileBetStore implements BetStore {

	static final String BETS = "bets.csv";

	static final String JOURNAL = "bets.journal";

	private static final Logger log = LoggerFactory.getLogger(FileBetStore.class);

	private final Options options;

	private final LogFiles files;

	private final Books books;

	private final WorkQueue queue;

	private final GroupCommit commits;

	private final DrawFile drawFile;

	private final Set<Integer> withoutWinners;

	private final Cut cut;

	private final Consumer<Throwable> onFailure;

	/** When the journal says the draw happened. */
	private @Nullable Instant drawnAt;

	private volatile @Nullable DrawRecord drawn;

	private FileBetStore(Options options, Opened opened, WorkQueue queue, MeterRegistry registry,
			Consumer<Throwable> onFailure) {
		this.options = options;
		this.files = opened.files();
		this.books = opened.recovered().books();
		this.withoutWinners = opened.withoutWinners();
		this.cut = opened.recovered().cut();
		this.drawFile = new DrawFile(options.directory());
		this.drawn = opened.drawn();
		this.queue = queue;
		this.onFailure = onFailure;
		this.commits = new GroupCommit(queue, this.files, new Admission(this.books, this.drawn != null), opened.space(),
				new StoreMeters(registry), onFailure);
	}

	/**
	 * Opens the store, made if there is none, after verifying all that is in it.
	 * @param onFailure told when nothing can be stored any more, on a thread that must
	 * not be held up
	 */
	public static FileBetStore open(Options options, MeterRegistry registry, Consumer<Throwable> onFailure)
			throws StoreFailure {
		return open(options, FileOpener.DISK, new WorkQueue(LogFiles.GROUP_ENTRIES), registry, onFailure);
	}

	static FileBetStore open(Options options, FileOpener opener, WorkQueue queue, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws StoreFailure {
		return new FileBetStore(options, Opening.of(options, opener), queue, registry, onFailure);
	}

	@Override
	public CompletableFuture<@Nullable Refusal> append(Sequence sequence, Rows rows) {
		List<String> documents = rows.documentsBetOn(this.options.winningNumber());
		return this.commits.submit(Work.batch(rows.agency(), sequence, rows.toByteArray(), rows.count(), documents));
	}

	@Override
	public long stored(int agency) {
		return this.books.next(agency);
	}

	@Override
	public Fingerprint fingerprint(int agency) {
		return this.books.fingerprint(agency);
	}

	@Override
	public @Nullable Refusal close(int agency) {
		return this.commits.submit(Work.close(agency)).join();
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
	public Set<Integer> openAgencies() {
		return this.books.open();
	}

	@Override
	public synchronized DrawRecord draw(Instant now) throws StoreFailure {
		DrawRecord before = this.drawn;
		if (before != null) {
			return before;
		}
		int number = this.options.winningNumber();
		Instant instant = this.drawnAt;
		if (instant == null) {
			instant = now.truncatedTo(ChronoUnit.MILLIS);
			Refusal refusal = this.commits.submit(Work.draw(number, instant)).join();
			if (refusal != null) {
				throw new StoreFailure(Kind.BROKEN, "the draw can't be made durable: " + refusal);
			}
			this.drawnAt = instant;
		}
		DrawRecord draw = DrawRecord.of(this.options.drawName(), number, instant, this.books.records());
		try {
			this.drawFile.write(draw);
		}
		catch (IOException ex) {
			if (!NoRoomException.isNoRoom(ex)) {
				this.onFailure.accept(ex);
			}
			throw new StoreFailure(Kind.BROKEN, "the record of the draw can't be written: " + ex.getMessage(), ex);
		}
		this.drawn = draw;
		return draw;
	}

	@Override
	public Optional<DrawRecord> drawn() {
		return Optional.ofNullable(this.drawn);
	}

	@Override
	public List<String> winners(int agency) {
		return this.books.winners(agency);
	}

	@Override
	public boolean knowsWinners(int agency) {
		return !this.withoutWinners.contains(agency);
	}

	/** How much waits to be written. */
	int waiting() {
		return this.queue.size();
	}

	/** What a crash had left half done when this store was opened. */
	Cut cut() {
		return this.cut;
	}

	@Override
	public boolean isWritable() {
		return this.commits.isWritable();
	}

	@Override
	public void close() {
		Refusal refusal = this.commits.stop();
		try {
			this.files.close();
			if (refusal == null) {
				log.info("action: close_store | result: success | directory: {}", this.options.directory());
			}
			else {
				log.error("action: close_store | result: fail | directory: {} | reason: {}", this.options.directory(),
						refusal);
			}
		}
		catch (IOException ex) {
			log.error("action: close_store | result: fail | directory: {} | error: {}", this.options.directory(),
					ex.toString());
		}
	}

	/**
	 * @param directory of this draw alone
	 * @param drawName stands in the record of the draw
	 * @param winningNumber the number that wins, known beforehand as in the course
	 * @param minFree bytes of free disk below which batches are refused
	 * @param salvage whether to set damaged parts aside before opening
	 */
	public record Options(Path directory, String drawName, int winningNumber, long minFree, boolean salvage) {
	}

}
