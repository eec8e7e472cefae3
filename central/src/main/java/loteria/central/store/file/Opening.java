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
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.DrawCheck;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.DrawSettings;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.Heads;
import loteria.central.store.disk.Mending;
import loteria.central.store.disk.Owner;
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
 * Opens the files of a store: keeps other centrals out, which takes milliseconds; then
 * judges all that is there, and makes whole and durable what it finds. What is refused
 * stays as it was, to the byte.
 */
public final class Opening implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Opening.class);

	private final StoreDirectory directory;

	private final @Nullable String warning;

	private final StoreFile journal;

	private final List<StoreFile> files = new ArrayList<>();

	private Opening(StoreDirectory directory) throws IOException, StoreFailure {
		this.directory = directory;
		createDirectory();
		this.warning = this.directory.requireOwn();
		requireWhole();
		this.journal = keep(this.directory.openLocked());
	}

	/** Keeps other centrals out, and writes no log, which there need not be yet. */
	static Opening of(Path path, Disk disk) throws StoreFailure {
		try {
			return new Opening(new StoreDirectory(path, disk));
		}
		catch (IOException ex) {
			throw unusable(path, ex);
		}
	}

	/** The rest. If it fails, the store is closed. */
	Opened open(Options options) throws StoreFailure {
		boolean done = false;
		try {
			Opened opened = judged(options);
			done = true;
			return opened;
		}
		catch (IOException ex) {
			throw unusable(this.directory.path(), ex);
		}
		finally {
			if (!done) {
				close();
			}
		}
	}

	static StoreFailure unusable(Path path, IOException ex) {
		return new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT, "the store in %s can't be opened: %s", path,
				FileProblem.withFile(ex) + Owner.advice(path, ex)), ex);
	}

	private Opened judged(Options options) throws IOException, StoreFailure {
		if (this.warning != null) {
			log.warn("action: store_recovery | result: in_progress | {}", this.warning);
		}
		StoreFile journal = this.journal;
		boolean hadBets = Files.exists(this.directory.file(StoreDirectory.BETS));
		StoreFile bets = keep(this.directory.open(StoreDirectory.BETS));
		this.directory.force();
		long started = System.nanoTime();
		DrawSettings settings = new DrawSettings(options.drawName(), options.winningNumber());
		DrawFile drawFile = new DrawFile(this.directory);
		Recovered recovered;
		DrawCheck draw;
		try {
			if (isNew(journal, bets)) {
				begin(journal, settings, drawFile);
			}
			recovered = judge(journal, bets, settings);
			draw = check(drawFile, recovered, options.drawName());
		}
		catch (StoreFailure ex) {
			if (!hadBets) {
				this.directory.disk().delete(this.directory.file(StoreDirectory.BETS));
			}
			throw ex;
		}
		Heads heads = new Mending(this.directory, journal, bets, recovered).run(settings);
		report(recovered, started);
		draw.mend(drawFile);
		report(draw);
		reportLosses(recovered, draw);
		return new Opened(this.directory, journal, bets, heads, recovered, draw,
				new FreeSpace(Files.getFileStore(this.directory.path()), options.minFree()));
	}

	private StoreFile keep(StoreFile file) {
		this.files.add(file);
		return file;
	}

	/** For an opening that comes to nothing. */
	@Override
	public void close() {
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
							this.directory.path(), FileProblem.of(ex) + Owner.advice(this.directory.path(), ex)),
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
		if (!Files.exists(this.directory.file(StoreDirectory.JOURNAL))) {
			if (Files.exists(bets) && Files.size(bets) > 0) {
				throw damaged(String.format(Locale.ROOT, "%s has %d bytes, but %s is missing", StoreDirectory.BETS,
						Files.size(bets), StoreDirectory.JOURNAL));
			}
			if (hadStore()) {
				throw damaged(String.format(Locale.ROOT, "%s is there, but %s is missing", StoreDirectory.STORE,
						StoreDirectory.JOURNAL));
			}
			if (new DrawFile(this.directory).bytes() != null) {
				throw damaged(String.format(Locale.ROOT, "%s is there, but %s is missing", DrawFile.NAME,
						StoreDirectory.JOURNAL));
			}
		}
	}

	/** It is made last, when all else is there. */
	private boolean hadStore() {
		return Files.exists(this.directory.file(StoreDirectory.STORE));
	}

	private boolean isNew(StoreFile journal, StoreFile bets) throws IOException, StoreFailure {
		return !hadStore() && bets.size() == 0 && Head.isBlank(journal.channel(), bets.channel());
	}

	private StoreFailure damaged(@Nullable String what) {
		return new StoreFailure(Kind.CORRUPT, String.format(Locale.ROOT,
				"the store in %s is damaged: %s; restore it from a copy, or set aside what can't be kept with: java -jar central.jar salvage %s",
				this.directory.path(), what, this.directory.path()));
	}

	private void begin(StoreFile journal, DrawSettings settings, DrawFile draw) throws IOException, StoreFailure {
		if (draw.bytes() != null) {
			throw damaged(DrawCheck.UNKNOWN_TO_JOURNAL);
		}
		settings.requireSame(DrawSettings.unknown());
		Head.create(journal, settings.ofNewStore());
	}

	private Recovered judge(StoreFile journal, StoreFile bets, DrawSettings settings) throws IOException, StoreFailure {
		try {
			Path store = this.directory.file(StoreDirectory.STORE);
			DrawSettings made = Head.read(journal.channel(), store).settings();
			if (made != null) {
				settings.requireSame(made);
			}
			return Recovery.run(journal.channel(), bets.channel(), store, settings.winningNumber());
		}
		catch (StoreFailure ex) {
			throw withAdvice(ex);
		}
	}

	private DrawCheck check(DrawFile file, Recovered recovered, String drawName) throws IOException, StoreFailure {
		try {
			return DrawCheck.of(file, recovered, drawName);
		}
		catch (StoreFailure ex) {
			throw withAdvice(ex);
		}
	}

	private StoreFailure withAdvice(StoreFailure ex) {
		return (ex.kind() == Kind.CORRUPT) ? damaged(ex.getMessage()) : ex;
	}

	private static void report(Recovered recovered, long started) {
		log.info(
				"action: store_recovery | result: success | batches: {} | bytes: {} | closed: {} | drawn: {} | millis: {}",
				recovered.batches(), recovered.tip().rowsEnd(), recovered.books().closed().size(),
				recovered.draw() != null, (System.nanoTime() - started) / 1_000_000);
	}

	private static void report(DrawCheck draw) {
		DrawRecord drawn = draw.drawn();
		if (drawn != null && draw.isMissing()) {
			log.warn("action: draw_record | result: success | reason: it was missing | sha256: {}", drawn.sha256());
		}
		else if (drawn != null && draw.damage() != null) {
			log.warn(
					"action: draw_record | result: success | reason: it was damaged ({}), was set aside and made anew | sha256: {}",
					draw.damage(), drawn.sha256());
		}
	}

	private static void reportLosses(Recovered recovered, DrawCheck draw) {
		Set<Integer> losses = recovered.books().withLosses();
		if (recovered.draw() != null && !losses.isEmpty()) {
			log.error(
					"action: draw_record | result: fail | reason: bets that were drawn over are lost | agencies: {} | agencies_without_winners: {}",
					new TreeSet<>(losses), new TreeSet<>(draw.withoutWinners()));
		}
	}

}
