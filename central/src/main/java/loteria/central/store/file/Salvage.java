package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.LogFiles.Tip;
import loteria.central.store.file.Recovery.Recovered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a damaged store usable, at an operator's demand. What is not kept of
 * {@code bets.csv} goes to a file of its own; the files as they were are kept beside
 * them. A store that is not damaged is left as it is.
 * <p>
 * Before the draw each agency keeps its bets up to the first that is lost, and has not
 * finished any more: when it greets, it is told where to go on, sends everything from
 * there on again, and the draw waits for it. So nothing is missing in the end, and
 * nothing there twice.
 * <p>
 * Behind the draw, every batch that verifies is kept, and the journal says of which
 * agency how many are lost. Who may have had winners among those is told none, see
 * {@link DrawCheck}. A record of the draw that is not that of the bets, although none of
 * them is lost, is made anew.
 */
final class Salvage {

	private static final Logger log = LoggerFactory.getLogger(Salvage.class);

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Path betsFile;

	private final Path journalFile;

	private final Path newBets;

	private final Path newJournal;

	private final Path directory;

	private final String stamp = STAMP.format(Instant.now());

	private Salvage(Path directory) {
		this.directory = directory;
		this.betsFile = directory.resolve(FileBetStore.BETS);
		this.journalFile = directory.resolve(FileBetStore.JOURNAL);
		this.newBets = directory.resolve(FileBetStore.BETS + ".salvaged");
		this.newJournal = directory.resolve(FileBetStore.JOURNAL + ".salvaged");
	}

	/**
	 * Ends a salvage that was cut off; see {@link #isCutOff}.
	 * @return whether there is another journal now
	 */
	static boolean resume(Path directory) throws IOException {
		boolean cutOff = isCutOff(directory);
		if (cutOff) {
			new Salvage(directory).replaceJournal();
		}
		return cutOff;
	}

	/**
	 * Salvages what is in {@code directory}.
	 * @param journal which is locked: opened and closed once more it would not be
	 * @return whether there is another journal now
	 */
	static boolean run(Path directory, FileChannel journal) throws IOException {
		return new Salvage(directory).run(journal);
	}

	/**
	 * Whether a salvage ended between its last two steps: the bets are the new ones, the
	 * journal is still the old one.
	 */
	static boolean isCutOff(Path directory) {
		Salvage salvage = new Salvage(directory);
		return Files.exists(salvage.newJournal) && !Files.exists(salvage.newBets);
	}

	private void replaceJournal() throws IOException {
		if (Files.exists(this.journalFile)) {
			// It is the old one, unless somebody has put another in its place.
			Files.createLink(this.directory.resolve(FileBetStore.JOURNAL + ".replaced-" + this.stamp),
					this.journalFile);
		}
		move(this.newJournal, this.journalFile);
	}

	private boolean run(FileChannel journal) throws IOException {
		DrawRecord record = readRecord();
		try (FileChannel bets = FileOpener.DISK.open(this.betsFile)) {
			Survey survey = Survey.of(new JournalReader(journal));
			String damage = damage(bets, journal, survey, record);
			if (damage == null) {
				log.info("action: store_salvage | result: success | reason: no bets are damaged");
				return false;
			}
			log.warn("action: store_salvage | result: in_progress | found: {}", damage);
			rebuild(bets, journal, survey, record);
		}
		Files.createLink(before(this.betsFile), this.betsFile);
		Files.createLink(before(this.journalFile), this.journalFile);
		DrawFile.forceDirectory(this.directory);
		move(this.newBets, this.betsFile);
		move(this.newJournal, this.journalFile);
		log.warn("action: store_salvage | result: success | set_aside: {} | bytes: {} | as_it_was: *.before-{}",
				damaged().getFileName(), Files.size(damaged()), this.stamp);
		return true;
	}

	private Path damaged() {
		return this.directory.resolve("bets.damaged-" + this.stamp);
	}

	private void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		DrawFile.forceDirectory(this.directory);
	}

	private Path before(Path file) {
		return file.resolveSibling(file.getFileName() + ".before-" + this.stamp);
	}

	/** The record of the draw; one that can't be read is set aside, and made anew. */
	private @Nullable DrawRecord readRecord() throws IOException {
		DrawFile file = new DrawFile(this.directory);
		try {
			return file.read().orElse(null);
		}
		catch (StoreFailure ex) {
			log.warn("action: store_salvage | result: in_progress | found: {}", ex.getMessage());
			setRecordAside();
			return null;
		}
	}

	private void setRecordAside() throws IOException {
		Path path = this.directory.resolve(DrawFile.NAME);
		move(path, before(path));
	}

	/** What is wrong with the bets or their journal. */
	private @Nullable String damage(FileChannel bets, FileChannel journal, Survey survey, @Nullable DrawRecord record)
			throws IOException {
		JournalEntry draw = survey.draw();
		try {
			Recovered recovered = Recovery.run(bets, journal, (draw != null) ? draw.bets() : 0);
			if (record != null && draw == null) {
				return DrawFile.UNKNOWN_TO_JOURNAL;
			}
			if (record != null && draw != null) {
				requireSame(record, draw.drawRecord(record.name(), recovered.books()), recovered.books());
			}
			return null;
		}
		catch (StoreFailure ex) {
			return ex.getMessage();
		}
	}

	/** Sets a record aside that is not of these bets, all of which are there. */
	private void requireSame(DrawRecord record, DrawRecord computed, Books books) throws IOException {
		String difference = DrawCheck.of(record, computed, books).difference();
		if (difference != null) {
			log.warn("action: store_salvage | result: in_progress | found: {} is not of these bets: {}", DrawFile.NAME,
					difference);
			setRecordAside();
		}
	}

	private void rebuild(FileChannel bets, FileChannel journal, Survey survey, @Nullable DrawRecord record)
			throws IOException {
		// in this order, so that a half one is never taken for one that was cut off
		Files.deleteIfExists(this.newJournal);
		Files.deleteIfExists(this.newBets);
		try (FileChannel aside = FileOpener.DISK.open(damaged());
				LogFiles rebuilt = new LogFiles(new StoreFile(this.newBets, FileOpener.DISK.open(this.newBets)),
						new StoreFile(this.newJournal, FileOpener.DISK.open(this.newJournal)), Tip.EMPTY)) {
			new Rebuild(bets, aside, rebuilt, survey, record).run(new JournalReader(journal));
			aside.force(true);
		}
	}

}
