package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.bet.Bet;
import loteria.bet.BetRow;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.file.LogFiles.NoRoomException;
import loteria.central.store.file.Recovery.Cut;
import loteria.central.store.file.Recovery.Recovered;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of its own: {@value #BETS}, {@value #JOURNAL}, {@code draw.json}
 * once drawn, and {@value #LOCK}, which keeps a second central out.
 */
public final class FileBetStore implements BetStore {

	static final String BETS = "bets.csv";

	static final String JOURNAL = "bets.journal";

	static final String LOCK = "lock";

	private static final Logger log = LoggerFactory.getLogger(FileBetStore.class);

	private final Options options;

	private final FileChannel lock;

	private final LogFiles files;

	private final Books books;

	private final WorkQueue queue;

	private final GroupCommit commits;

	private final DrawFile drawFile;

	private final Cut cut;

	private final Consumer<Throwable> onFailure;

	/** When the journal says the draw happened. */
	private @Nullable Instant drawnAt;

	private volatile @Nullable DrawRecord drawn;

	private FileBetStore(Options options, FileChannel lock, LogFiles files, Recovered recovered,
			@Nullable DrawRecord drawn, WorkQueue queue, MeterRegistry registry, Consumer<Throwable> onFailure)
			throws IOException {
		this.options = options;
		this.lock = lock;
		this.files = files;
		this.books = recovered.books();
		this.cut = recovered.cut();
		this.drawFile = new DrawFile(options.directory());
		this.drawn = drawn;
		this.queue = queue;
		this.onFailure = onFailure;
		this.commits = new GroupCommit(queue, files, this.books, drawn != null,
				FreeSpace.floor(Files.getFileStore(options.directory()), options.minFree()), new StoreMeters(registry),
				onFailure);
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
		Path directory = options.directory();
		FileChannel lock = lock(directory);
		List<FileChannel> toClose = new ArrayList<>(List.of(lock));
		try {
			if (options.salvage()) {
				Salvage.run(directory);
			}
			requireBoth(directory.resolve(BETS), directory.resolve(JOURNAL));
			FileChannel bets = opener.open(directory.resolve(BETS));
			toClose.add(bets);
			FileChannel journal = opener.open(directory.resolve(JOURNAL));
			toClose.add(journal);
			DrawFile.forceDirectory(directory);
			long started = System.nanoTime();
			Recovered recovered = verify(bets, journal, options);
			DrawFile drawFile = new DrawFile(directory);
			DrawRecord recorded = drawFile.read().orElse(null);
			DrawRecord computed = requireSameDraw(recorded, recovered, options);
			// Nothing was changed so far: what is refused stays as it is.
			recovered.settle(bets, journal);
			report(recovered, started);
			DrawRecord drawn = (recorded == null && computed != null) ? record(computed, drawFile) : recorded;
			FileBetStore store = new FileBetStore(options, lock, new LogFiles(bets, journal, recovered.tip()),
					recovered, drawn, queue, registry, onFailure);
			toClose.clear();
			return store;
		}
		catch (IOException ex) {
			throw new StoreFailure(Kind.UNUSABLE, "the store in %s can't be opened: %s".formatted(directory, ex), ex);
		}
		finally {
			toClose.forEach(FileBetStore::closeQuietly);
		}
	}

	private static FileChannel lock(Path directory) throws StoreFailure {
		try {
			createDirectories(directory.toAbsolutePath());
			FileChannel channel = FileOpener.DISK.open(directory.resolve(LOCK));
			FileLock held = tryLock(channel);
			if (held == null) {
				closeQuietly(channel);
				throw new StoreFailure(Kind.UNUSABLE,
						"the store in %s is in use by another central; stop it, or set central.store.directory to another directory"
							.formatted(directory));
			}
			return channel;
		}
		catch (IOException ex) {
			throw new StoreFailure(Kind.UNUSABLE,
					"central.store.directory=%s can't be used: %s; it must be a directory that can be written"
						.formatted(directory, ex),
					ex);
		}
	}

	/** Durably, so that no crash takes the directory with all that is in it. */
	private static void createDirectories(Path directory) throws IOException {
		Path parent = directory.getParent();
		if (parent != null && !Files.exists(directory)) {
			createDirectories(parent);
			Files.createDirectories(directory);
			DrawFile.forceDirectory(parent);
		}
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	/** Both files are made before anything is written to one of them. */
	private static void requireBoth(Path bets, Path journal) throws IOException, StoreFailure {
		if (Salvage.isCutOff(bets.getParent())) {
			throw damaged(
					new StoreFailure(Kind.CORRUPT,
							"a salvage was cut off at its last step and left " + JOURNAL + ".salvaged"),
					bets.getParent());
		}
		for (Path missing : List.of(bets, journal)) {
			Path other = missing.equals(bets) ? journal : bets;
			if (!Files.exists(missing) && Files.exists(other) && Files.size(other) > 0) {
				throw damaged(
						new StoreFailure(Kind.CORRUPT, "%s is missing, of %d bytes in %s"
							.formatted(missing.getFileName(), Files.size(other), other.getFileName())),
						bets.getParent());
			}
		}
	}

	private static StoreFailure damaged(StoreFailure found, Path directory) {
		return new StoreFailure(found.kind(),
				"%s in %s; restore it from a copy, or start with --central.store.salvage=true to set the damaged part aside"
					.formatted(found.getMessage(), directory),
				found);
	}

	private static Recovered verify(FileChannel bets, FileChannel journal, Options options)
			throws IOException, StoreFailure {
		try {
			return Recovery.run(bets, journal, options.winningNumber());
		}
		catch (StoreFailure ex) {
			throw damaged(ex, options.directory());
		}
	}

	private static void report(Recovered recovered, long started) {
		Cut cut = recovered.cut();
		if (cut.isAny()) {
			log.warn(
					"action: store_recovery | result: in_progress | cut_bytes: {} | cut_batches: {} | cut_journal_bytes: {} | reason: the last write was torn",
					cut.bets(), cut.batches(), cut.journal());
		}
		log.info(
				"action: store_recovery | result: success | batches: {} | bytes: {} | closed: {} | drawn: {} | millis: {}",
				recovered.batches(), recovered.tip().betsEnd(), recovered.books().closed().size(),
				recovered.draw() != null, (System.nanoTime() - started) / 1_000_000);
	}

	/**
	 * The draw has happened once the journal says so.
	 * @param recorded what {@code draw.json} says
	 * @return the record as it is made from what is stored, or null if there was no draw
	 */
	private static @Nullable DrawRecord requireSameDraw(@Nullable DrawRecord recorded, Recovered recovered,
			Options options) throws StoreFailure {
		JournalEntry draw = recovered.draw();
		if (draw == null) {
			if (recorded != null) {
				throw damaged(DrawFile.unknownToJournal(options.directory()), options.directory());
			}
			return null;
		}
		if (draw.bets() != options.winningNumber()) {
			throw new StoreFailure(Kind.UNUSABLE,
					"central.draw.winning-number=%d, but the draw in this directory was made with %d; a new draw needs a new central.store.directory"
						.formatted(options.winningNumber(), draw.bets()));
		}
		DrawRecord computed = DrawRecord.of(options.drawName(), draw.bets(), Instant.ofEpochMilli(draw.before()),
				recovered.books().records());
		String difference = (recorded == null) ? null : recorded.difference(computed);
		if (difference != null && !options.salvage()) {
			throw damaged(new StoreFailure(Kind.CORRUPT, DrawFile.NAME + " is not of these bets: " + difference),
					options.directory());
		}
		if (difference != null) {
			log.error(
					"action: draw_record | result: fail | {} is not of these bets: {} | winners are told as far as their bets are there",
					DrawFile.NAME, difference);
		}
		return computed;
	}

	/**
	 * Writes the record of a draw that a crash cut off before it, over the half that may
	 * be there: the same as it would have been then.
	 */
	private static DrawRecord record(DrawRecord draw, DrawFile file) throws IOException {
		file.write(draw);
		log.warn("action: draw_record | result: success | reason: the draw had been cut off before it | sha256: {}",
				draw.sha256());
		return draw;
	}

	@Override
	public CompletableFuture<@Nullable Refusal> append(int agency, Sequence sequence, List<Bet> bets) {
		List<String> documents = bets.stream()
			.filter((bet) -> bet.number() == this.options.winningNumber())
			.map(Bet::document)
			.toList();
		return this.commits.submit(Work.batch(agency, sequence, BetRow.encode(bets), bets.size(), documents));
	}

	@Override
	public long stored(int agency) {
		return this.books.next(agency);
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
		try (this.lock) {
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

	private static void closeQuietly(FileChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			log.warn("action: close_store | result: fail | error: {}", ex.toString());
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
