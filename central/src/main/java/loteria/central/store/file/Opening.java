package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
import loteria.central.store.disk.Checkpoint;
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.DrawCheck;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.DrawSettings;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.Mending;
import loteria.central.store.disk.Purge;
import loteria.central.store.disk.Recovered;
import loteria.central.store.disk.Recovery;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.StoreFile;
import loteria.central.store.file.FileBetStore.Options;
import loteria.process.FileProblem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the files of a store: keeps other centrals out, judges all that is there, and
 * makes whole and durable what it finds. What is refused stays as it was, to the byte.
 */
final class Opening {

	private static final Logger log = LoggerFactory.getLogger(Opening.class);

	private final Options options;

	private final StoreDirectory directory;

	private final List<StoreFile> files = new ArrayList<>();

	private Opening(Options options, Disk disk) {
		this.options = options;
		this.directory = new StoreDirectory(options.directory(), disk);
	}

	static Opened of(Options options, Disk disk) throws StoreFailure {
		Opening opening = new Opening(options, disk);
		boolean done = false;
		try {
			Opened opened = opening.open();
			done = true;
			return opened;
		}
		catch (IOException ex) {
			throw unusable(options, ex);
		}
		finally {
			if (!done) {
				opening.closeAll();
			}
		}
	}

	static StoreFailure unusable(Options options, IOException ex) {
		return new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT, "the store in %s can't be opened: %s",
				options.directory(), FileProblem.withFile(ex)), ex);
	}

	private Opened open() throws IOException, StoreFailure {
		createDirectory();
		String warning = this.directory.requireOwn();
		if (warning != null) {
			log.warn("action: store_recovery | result: in_progress | {}", warning);
		}
		requireWhole();
		StoreFile journal = keep(this.directory.openLocked());
		StoreFile bets = keep(this.directory.open(StoreDirectory.BETS));
		this.directory.force();
		long started = System.nanoTime();
		DrawSettings settings = new DrawSettings(this.options.drawName(), this.options.winningNumber());
		DrawFile drawFile = new DrawFile(this.directory);
		DrawRecord recorded = recorded(drawFile);
		if (bets.size() == 0 && Head.isBlank(journal.channel())) {
			begin(journal, settings, recorded);
		}
		Recovered recovered = judge(journal, bets, settings);
		DrawRecord computed = computedDraw(recorded, recovered);
		Set<Integer> withoutWinners = (computed == null) ? Set.of() : requireSame(recorded, computed, recovered);
		Checkpoint checkpoint = new Mending(this.directory, journal, bets, recovered).run(settings);
		report(recovered, started);
		DrawRecord drawn = (recorded != null) ? recorded : computed;
		if (recorded == null && computed != null && recovered.books().withLosses().isEmpty()) {
			record(computed, drawFile);
		}
		return new Opened(this.directory, journal, bets, recovered, checkpoint, drawn, withoutWinners,
				new FreeSpace(Files.getFileStore(this.directory.path()), this.options.minFree()));
	}

	private StoreFile keep(StoreFile file) {
		this.files.add(file);
		return file;
	}

	private void closeAll() {
		for (StoreFile file : this.files) {
			try {
				file.close();
			}
			catch (IOException ex) {
				log.warn("action: close_store | result: fail | error: {}", ex.toString());
			}
		}
	}

	private void createDirectory() throws StoreFailure {
		try {
			this.directory.create();
			Path journal = this.directory.file(StoreDirectory.JOURNAL);
			if (!Files.exists(journal) && !Files.isWritable(this.directory.path())) {
				throw new AccessDeniedException(this.directory.path().toString());
			}
		}
		catch (IOException ex) {
			throw new StoreFailure(Kind.UNUSABLE,
					String.format(Locale.ROOT,
							"central.store.directory=%s can't be used: %s; it must be a directory that can be written",
							this.options.directory(), FileProblem.of(ex)),
					ex);
		}
	}

	/** A journal that is made anew must not look as if nothing had been stored. */
	private void requireWhole() throws IOException, StoreFailure {
		Purge.requireBets(this.directory);
		if (this.directory.isSalvageCutOff()) {
			throw damaged(String.format(Locale.ROOT, "a salvage was cut off at its last step and left %s%s",
					StoreDirectory.JOURNAL, StoreDirectory.SALVAGED));
		}
		Path bets = this.directory.file(StoreDirectory.BETS);
		if (!Files.exists(this.directory.file(StoreDirectory.JOURNAL)) && Files.exists(bets) && Files.size(bets) > 0) {
			throw damaged(String.format(Locale.ROOT, "%s has %d bytes, but %s is missing", StoreDirectory.BETS,
					Files.size(bets), StoreDirectory.JOURNAL));
		}
	}

	private StoreFailure damaged(@Nullable String what) {
		return new StoreFailure(Kind.CORRUPT, String.format(Locale.ROOT,
				"the store in %s is damaged: %s; restore it from a copy, or set aside what can't be kept with: java -jar central.jar salvage %s",
				this.options.directory(), what, this.options.directory()));
	}

	private @Nullable DrawRecord recorded(DrawFile file) throws IOException, StoreFailure {
		try {
			return file.read().orElse(null);
		}
		catch (StoreFailure ex) {
			throw damaged(ex.getMessage());
		}
	}

	private void begin(StoreFile journal, DrawSettings settings, @Nullable DrawRecord recorded)
			throws IOException, StoreFailure {
		if (recorded != null) {
			throw damaged(DrawFile.UNKNOWN_TO_JOURNAL);
		}
		settings.requireSame(DrawSettings.UNKNOWN);
		Head.create(journal, settings);
	}

	private Recovered judge(StoreFile journal, StoreFile bets, DrawSettings settings) throws IOException, StoreFailure {
		DrawSettings made = Head.read(journal.channel()).settings();
		if (made != null) {
			settings.requireSame(made);
		}
		try {
			return Recovery.run(journal.channel(), bets.channel(), settings.winningNumber());
		}
		catch (StoreFailure ex) {
			throw damaged(ex.getMessage());
		}
	}

	private static void report(Recovered recovered, long started) {
		log.info(
				"action: store_recovery | result: success | batches: {} | bytes: {} | closed: {} | drawn: {} | millis: {}",
				recovered.batches(), recovered.tip().rowsEnd(), recovered.books().closed().size(),
				recovered.draw() != null, (System.nanoTime() - started) / 1_000_000);
	}

	/**
	 * The draw has happened once the journal says so.
	 * @param recorded what {@code draw.json} says
	 * @return the record as it is made from what is stored, or null if there was no draw
	 */
	private @Nullable DrawRecord computedDraw(@Nullable DrawRecord recorded, Recovered recovered) throws StoreFailure {
		Frame draw = recovered.draw();
		if (draw == null && recorded != null) {
			throw damaged(DrawFile.UNKNOWN_TO_JOURNAL);
		}
		return (draw == null) ? null : draw.drawRecord(this.options.drawName(), recovered.books());
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

}
