package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.LogFiles.Tip;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a damaged store usable, at an operator's demand: every batch that verifies is
 * kept, in its order; the bytes of {@code bets.csv} between them go to a file of their
 * own; the files as they were are kept beside them. A store that is not damaged is left
 * as it is.
 * <p>
 * Where a batch is lost between two others of its agency, the new journal says how many
 * bets that were, and the agency's next bet keeps its number: an agency that asks how
 * many are stored goes on where it was, and sends neither a kept bet twice nor one after
 * a gap as if there were none. The bets that are lost at the end of an agency's are not
 * counted: it sends those again.
 */
final class Salvage {

	private static final Logger log = LoggerFactory.getLogger(Salvage.class);

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS")
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

	/** Salvages what is in {@code directory}, which must be locked. */
	static void run(Path directory) throws IOException {
		new Salvage(directory).run();
	}

	/**
	 * Whether a salvage ended between its last two steps: the bets are the new ones, the
	 * journal is still the old one.
	 */
	static boolean isCutOff(Path directory) {
		Salvage salvage = new Salvage(directory);
		return Files.exists(salvage.newJournal) && !Files.exists(salvage.newBets);
	}

	private void run() throws IOException {
		if (isCutOff(this.directory)) {
			if (Files.exists(this.journalFile)) {
				// It is the old one, unless somebody has put another in its place.
				Files.createLink(this.directory.resolve(FileBetStore.JOURNAL + ".replaced-" + this.stamp),
						this.journalFile);
			}
			move(this.newJournal, this.journalFile);
		}
		DrawRecord record = readRecord();
		String damage = damage(record != null);
		if (damage == null) {
			log.info("action: store_salvage | result: success | nothing is damaged");
			return;
		}
		log.warn("action: store_salvage | result: in_progress | found: {}", damage);
		Path damaged = this.directory.resolve("bets.damaged-" + this.stamp);
		rebuild(damaged, record);
		Files.createLink(before(this.betsFile), this.betsFile);
		Files.createLink(before(this.journalFile), this.journalFile);
		DrawFile.forceDirectory(this.directory);
		move(this.newBets, this.betsFile);
		move(this.newJournal, this.journalFile);
		log.warn("action: store_salvage | result: success | set_aside: {} | bytes: {} | as it was: *.before-{}",
				damaged.getFileName(), Files.size(damaged), this.stamp);
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
			Path path = this.directory.resolve(DrawFile.NAME);
			move(path, before(path));
			return null;
		}
	}

	private @Nullable String damage(boolean isRecorded) throws IOException {
		try (FileChannel bets = FileOpener.DISK.open(this.betsFile);
				FileChannel journal = FileOpener.DISK.open(this.journalFile)) {
			boolean isDrawn = Recovery.run(bets, journal, 0).draw() != null;
			return (isRecorded && !isDrawn) ? DrawFile.UNKNOWN_TO_JOURNAL : null;
		}
		catch (StoreFailure ex) {
			return ex.getMessage();
		}
	}

	private void rebuild(Path damaged, @Nullable DrawRecord record) throws IOException {
		// in this order, so that a half one is never taken for one that was cut off
		Files.deleteIfExists(this.newJournal);
		Files.deleteIfExists(this.newBets);
		try (FileChannel bets = FileOpener.DISK.open(this.betsFile);
				FileChannel journal = FileOpener.DISK.open(this.journalFile);
				FileChannel aside = FileOpener.DISK.open(damaged);
				LogFiles rebuilt = new LogFiles(FileOpener.DISK.open(this.newBets),
						FileOpener.DISK.open(this.newJournal), Tip.EMPTY)) {
			new Rebuild(bets, aside, rebuilt).run(new JournalReader(journal), record);
			aside.force(true);
		}
	}

}
