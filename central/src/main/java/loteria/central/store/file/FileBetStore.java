package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
import loteria.central.store.file.GroupCommit.Work;
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

	private final GroupCommit commits;

	private final DrawFile drawFile;

	private volatile @Nullable DrawRecord drawn;

	private FileBetStore(Options options, FileChannel lock, LogFiles files, Recovered recovered,
			@Nullable DrawRecord drawn, MeterRegistry registry, Consumer<IOException> onFailure) throws IOException {
		this.options = options;
		this.lock = lock;
		this.files = files;
		this.books = recovered.books();
		this.drawFile = new DrawFile(options.directory());
		this.drawn = drawn;
		this.commits = new GroupCommit(files, this.books, recovered.drawn(),
				FreeSpace.floor(Files.getFileStore(options.directory()), options.minFree()), new StoreMeters(registry),
				onFailure);
	}

	/**
	 * Opens the store, made if there is none, after verifying all that is in it.
	 * @param onFailure told when the disk fails for good, on a thread that must not be
	 * held up
	 */
	public static FileBetStore open(Options options, MeterRegistry registry, Consumer<IOException> onFailure)
			throws StoreFailure {
		return open(options, FileOpener.DISK, registry, onFailure);
	}

	static FileBetStore open(Options options, FileOpener opener, MeterRegistry registry,
			Consumer<IOException> onFailure) throws StoreFailure {
		Path directory = options.directory();
		FileChannel lock = lock(directory);
		List<FileChannel> toClose = new ArrayList<>(List.of(lock));
		try {
			if (options.salvage()) {
				Salvage.run(directory);
			}
			FileChannel bets = opener.open(directory.resolve(BETS));
			toClose.add(bets);
			FileChannel journal = opener.open(directory.resolve(JOURNAL));
			toClose.add(journal);
			DrawFile.forceDirectory(directory);
			DrawRecord drawn = new DrawFile(directory).read().orElse(null);
			requireSameNumber(drawn, options.winningNumber());
			Recovered recovered = recover(bets, journal, options);
			FileBetStore store = new FileBetStore(options, lock, new LogFiles(bets, journal, recovered.tip()),
					recovered, drawn, registry, onFailure);
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
			Files.createDirectories(directory);
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

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	private static void requireSameNumber(@Nullable DrawRecord drawn, int winningNumber) throws StoreFailure {
		if (drawn != null && drawn.winningNumber() != winningNumber) {
			throw new StoreFailure(Kind.UNUSABLE,
					"central.draw.winning-number=%d, but the draw in this directory was made with %d; a new draw needs a new central.store.directory"
						.formatted(winningNumber, drawn.winningNumber()));
		}
	}

	private static Recovered recover(FileChannel bets, FileChannel journal, Options options)
			throws IOException, StoreFailure {
		long started = System.nanoTime();
		Recovered recovered;
		try {
			recovered = Recovery.run(bets, journal, options.winningNumber());
		}
		catch (StoreFailure ex) {
			throw new StoreFailure(ex.kind(),
					"%s in %s; restore it from a copy, or start with --central.store.salvage=true to set the damaged part aside"
						.formatted(ex.getMessage(), options.directory()),
					ex);
		}
		recovered.cut(bets, journal);
		if (recovered.cut().bets() > 0 || recovered.cut().journal() > 0) {
			log.warn(
					"action: store_recovery | result: in_progress | cut_bytes: {} | cut_batches: {} | cut_journal_bytes: {} | reason: the last write was torn",
					recovered.cut().bets(), recovered.cut().batches(), recovered.cut().journal());
		}
		log.info(
				"action: store_recovery | result: success | batches: {} | bytes: {} | closed: {} | drawn: {} | millis: {}",
				recovered.batches(), recovered.tip().betsEnd(), recovered.books().closed().size(), recovered.drawn(),
				(System.nanoTime() - started) / 1_000_000);
		return recovered;
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
		return this.books.stored(agency);
	}

	@Override
	public @Nullable Refusal close(int agency) {
		return this.commits.submit(Work.of(JournalEntry.Kind.CLOSED, agency)).join();
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
		Refusal refusal = this.commits.submit(Work.of(JournalEntry.Kind.DRAWN, 0)).join();
		if (refusal != null) {
			throw new StoreFailure(Kind.BROKEN, "the draw can't be made durable: " + refusal);
		}
		DrawRecord draw = DrawRecord.of(this.options.drawName(), this.options.winningNumber(), now,
				this.books.records());
		try {
			this.drawFile.write(draw);
		}
		catch (IOException ex) {
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
	public boolean isWritable() {
		return this.commits.isWritable();
	}

	@Override
	public void close() {
		this.commits.close();
		try (this.lock) {
			this.files.close();
			log.info("action: close_store | result: success | directory: {}", this.options.directory());
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
