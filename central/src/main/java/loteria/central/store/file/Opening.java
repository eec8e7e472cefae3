package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.file.FileBetStore.Options;
import loteria.central.store.file.Recovery.Cut;
import loteria.central.store.file.Recovery.Recovered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the files of a store: keeps other centrals out, verifies all that is there, and
 * makes durable what is left of it. What is refused stays as it was, to the byte.
 */
final class Opening {

	private static final Logger log = LoggerFactory.getLogger(Opening.class);

	private final Options options;

	private final Path directory;

	private final FileOpener opener;

	private final List<FileChannel> channels = new ArrayList<>();

	private Opening(Options options, FileOpener opener) {
		this.options = options;
		this.directory = options.directory();
		this.opener = opener;
	}

	/**
	 * @param opener for the files that are written
	 */
	static Opened of(Options options, FileOpener opener) throws StoreFailure {
		Opening opening = new Opening(options, opener);
		boolean done = false;
		try {
			Opened opened = opening.open();
			done = true;
			return opened;
		}
		catch (IOException ex) {
			throw new StoreFailure(Kind.UNUSABLE, "the store in " + options.directory() + " can't be opened: " + ex,
					ex);
		}
		finally {
			if (!done) {
				opening.closeAll();
			}
		}
	}

	private Opened open() throws IOException, StoreFailure {
		StoreFile journal = this.options.salvage() ? salvaged() : locked();
		Path betsFile = this.directory.resolve(FileBetStore.BETS);
		StoreFile bets = new StoreFile(betsFile, keep(this.opener.open(betsFile)));
		DrawFile.forceDirectory(this.directory);
		long started = System.nanoTime();
		Recovered recovered = verify(bets.channel(), journal.channel());
		DrawFile drawFile = new DrawFile(this.directory);
		DrawRecord recorded = recorded(drawFile);
		DrawRecord computed = computedDraw(recorded, recovered);
		Set<Integer> withoutWinners = (computed == null) ? Set.of() : requireSame(recorded, computed, recovered);
		recovered.settle(bets.channel(), journal.channel());
		report(recovered, started);
		DrawRecord drawn = (recorded != null) ? recorded : computed;
		if (recorded == null && computed != null && recovered.books().withLosses().isEmpty()) {
			record(computed, drawFile);
		}
		return new Opened(new LogFiles(bets, journal, recovered.tip()), recovered, drawn, withoutWinners,
				FreeSpace.floor(Files.getFileStore(this.directory), this.options.minFree()));
	}

	private FileChannel keep(FileChannel channel) {
		this.channels.add(channel);
		return channel;
	}

	private void closeAll() {
		for (FileChannel channel : this.channels) {
			try {
				channel.close();
			}
			catch (IOException ex) {
				log.warn("action: close_store | result: fail | error: {}", ex.toString());
			}
		}
	}

	private StoreFile salvaged() throws IOException, StoreFailure {
		createDirectory();
		StoreFile journal = lock();
		if (Salvage.resume(this.directory)) {
			journal = lock();
		}
		return Salvage.run(this.directory, journal.channel()) ? lock() : journal;
	}

	private StoreFile locked() throws IOException, StoreFailure {
		createDirectory();
		requireWhole();
		return lock();
	}

	private void createDirectory() throws StoreFailure {
		try {
			createDirectories(this.directory.toAbsolutePath());
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
	}

	private StoreFailure unusable(IOException ex) {
		return new StoreFailure(Kind.UNUSABLE, "central.store.directory=" + this.directory + " can't be used: " + ex
				+ "; it must be a directory that can be written", ex);
	}

	/**
	 * Opens the journal and keeps other centrals out of it. A lock of its own would be a
	 * file that looks as if it could be deleted.
	 */
	private StoreFile lock() throws IOException, StoreFailure {
		Path path = this.directory.resolve(FileBetStore.JOURNAL);
		Object before = Files.exists(path) ? StoreFile.keyOf(path) : null;
		StoreFile journal = new StoreFile(path, keep(openJournal(path)));
		FileLock held = tryLock(journal.channel());
		// another central may have replaced it, in a salvage, before it let it go
		if (held == null || (before != null && !before.equals(journal.key()))) {
			throw new StoreFailure(Kind.UNUSABLE, "the store in " + this.directory
					+ " is in use by another central; stop it, or set central.store.directory to another directory");
		}
		return journal;
	}

	private FileChannel openJournal(Path path) throws IOException, StoreFailure {
		try {
			return this.opener.open(path);
		}
		catch (IOException ex) {
			if (Files.exists(path)) {
				throw ex;
			}
			throw unusable(ex);
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
	private void requireWhole() throws IOException, StoreFailure {
		if (Salvage.isCutOff(this.directory)) {
			throw damaged("a salvage was cut off at its last step and left " + FileBetStore.JOURNAL + ".salvaged");
		}
		requireBeside(FileBetStore.BETS, FileBetStore.JOURNAL);
		requireBeside(FileBetStore.JOURNAL, FileBetStore.BETS);
	}

	private void requireBeside(String other, String missing) throws IOException, StoreFailure {
		Path there = this.directory.resolve(other);
		if (!Files.exists(this.directory.resolve(missing)) && Files.exists(there) && Files.size(there) > 0) {
			throw damaged(String.format(Locale.ROOT, "%s has %d bytes, but %s is missing", other, Files.size(there),
					missing));
		}
	}

	private StoreFailure damaged(@Nullable String what) {
		return new StoreFailure(Kind.CORRUPT, "the store in " + this.directory + " is damaged: " + what
				+ "; restore it from a copy, or start once with --central.store.salvage=true to set aside what can't be kept");
	}

	private @Nullable DrawRecord recorded(DrawFile file) throws IOException, StoreFailure {
		try {
			return file.read().orElse(null);
		}
		catch (StoreFailure ex) {
			throw damaged(ex.getMessage());
		}
	}

	private Recovered verify(FileChannel bets, FileChannel journal) throws IOException, StoreFailure {
		try {
			return Recovery.run(bets, journal, this.options.winningNumber());
		}
		catch (StoreFailure ex) {
			throw damaged(ex.getMessage());
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
	private @Nullable DrawRecord computedDraw(@Nullable DrawRecord recorded, Recovered recovered) throws StoreFailure {
		JournalEntry draw = recovered.draw();
		if (draw == null) {
			if (recorded != null) {
				throw damaged(DrawFile.UNKNOWN_TO_JOURNAL);
			}
			return null;
		}
		if (draw.bets() != this.options.winningNumber()) {
			throw new StoreFailure(Kind.UNUSABLE,
					"central.draw.winning-number=" + this.options.winningNumber()
							+ ", but the draw in this directory was made with " + draw.bets()
							+ "; a new draw needs a new central.store.directory");
		}
		return draw.drawRecord(this.options.drawName(), recovered.books());
	}

	private Set<Integer> requireSame(@Nullable DrawRecord recorded, DrawRecord computed, Recovered recovered)
			throws StoreFailure {
		DrawCheck check = DrawCheck.of(recorded, computed, recovered.books());
		if (check.difference() != null) {
			throw damaged(DrawFile.NAME + " is not of these bets: " + check.difference());
		}
		Set<Integer> losses = recovered.books().withLosses();
		if (!losses.isEmpty()) {
			log.error(
					"action: draw_record | result: fail | reason: bets that were drawn over are lost | agencies: {} | agencies_without_winners: {}",
					new TreeSet<>(losses), new TreeSet<>(check.withoutWinners()));
		}
		return check.withoutWinners();
	}

	/**
	 * Writes the record of a draw that a crash cut off before it, over the half that may
	 * be there: the same as it would have been then. Where bets are lost it would be
	 * another, and nobody could tell.
	 */
	private static void record(DrawRecord draw, DrawFile file) throws IOException {
		file.write(draw);
		log.warn("action: draw_record | result: success | reason: it was missing | sha256: {}", draw.sha256());
	}

	/**
	 * A store that is open.
	 *
	 * @param drawn the record of the draw, if it has happened
	 * @param withoutWinners see {@link DrawCheck}
	 */
	record Opened(LogFiles files, Recovered recovered, @Nullable DrawRecord drawn, Set<Integer> withoutWinners,
			FreeSpace space) {
	}

}
