package loteria.central.store.salvage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.DrawCheck;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.Recovered;
import loteria.central.store.disk.Recovery;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes a damaged store one that a central starts with; see {@code docs/store.md}. A
 * store that is not damaged is left as it is.
 */
public final class Salvage {

	private final StoreDirectory directory;

	private final Consumer<String> out;

	/**
	 * @param out takes what happens, line by line
	 */
	public Salvage(StoreDirectory directory, Consumer<String> out) {
		this.directory = directory;
		this.out = out;
	}

	/**
	 * @throws StoreFailure if there is no store, a central runs on it, or it is of
	 * another format version
	 */
	public void run() throws IOException, StoreFailure {
		if (!exists(StoreDirectory.JOURNAL) && !exists(StoreDirectory.BETS)) {
			throw new StoreFailure(Kind.UNUSABLE,
					String.format(Locale.ROOT, "%s holds no store: neither %s nor %s is there", this.directory.path(),
							StoreDirectory.JOURNAL, StoreDirectory.BETS));
		}
		try (StoreFile journal = this.directory.openLocked()) {
			if (this.directory.isSalvageCutOff()) {
				finish();
				return;
			}
			try (StoreFile bets = this.directory.open(StoreDirectory.BETS)) {
				run(journal, bets);
			}
		}
	}

	private void run(StoreFile journal, StoreFile bets) throws IOException, StoreFailure {
		DrawRecord record = readRecord();
		String damage = damage(journal, bets, record);
		if (damage == null) {
			report("success | reason: there is nothing that a central would not start with");
			return;
		}
		report("in_progress | found: " + damage);
		deleteLeftovers();
		Path damaged = this.directory.aside("bets.damaged");
		try (StoreFile newBets = StoreFile.open(this.directory.disk(), made(StoreDirectory.BETS))) {
			this.directory.force();
			rebuild(journal, bets, newBets, damaged, record);
		}
		this.directory.disk().link(before(StoreDirectory.BETS), this.directory.file(StoreDirectory.BETS));
		this.directory.disk().link(before(StoreDirectory.JOURNAL), this.directory.file(StoreDirectory.JOURNAL));
		this.directory.force();
		this.directory.move(made(StoreDirectory.BETS), this.directory.file(StoreDirectory.BETS));
		this.directory.move(made(StoreDirectory.JOURNAL), this.directory.file(StoreDirectory.JOURNAL));
		report(String.format(Locale.ROOT, "success | set_aside: %s | bytes: %d | as_it_was: %s, %s",
				damaged.getFileName(), Files.size(damaged), before(StoreDirectory.BETS).getFileName(),
				before(StoreDirectory.JOURNAL).getFileName()));
	}

	/**
	 * A new journal without new bets is one that was cut off at its last step: a half one
	 * is never alone.
	 */
	private void deleteLeftovers() throws IOException {
		this.directory.disk().delete(made(StoreDirectory.JOURNAL));
		this.directory.force();
		this.directory.disk().delete(made(StoreDirectory.BETS));
	}

	private void rebuild(StoreFile journal, StoreFile bets, StoreFile newBets, Path damaged,
			@Nullable DrawRecord record) throws IOException, StoreFailure {
		try (StoreFile newJournal = StoreFile.open(this.directory.disk(), made(StoreDirectory.JOURNAL));
				StoreFile aside = StoreFile.open(this.directory.disk(), damaged)) {
			SalvagedStore kept = new SalvagedStore(newJournal, newBets);
			new Rebuild(journal, bets, aside, kept, record, this::report).run();
			aside.force();
		}
	}

	/** The last step of a salvage that was cut off: the bets are the new ones. */
	private void finish() throws IOException {
		Path journal = this.directory.file(StoreDirectory.JOURNAL);
		this.directory.disk().link(this.directory.aside(StoreDirectory.JOURNAL + ".replaced"), journal);
		this.directory.force();
		this.directory.move(made(StoreDirectory.JOURNAL), journal);
		report("success | reason: ended one that was cut off at its last step");
	}

	private boolean exists(String name) {
		return Files.exists(this.directory.file(name)) || Files.exists(made(name));
	}

	private Path made(String name) {
		return this.directory.file(name + StoreDirectory.SALVAGED);
	}

	private Path before(String name) {
		return this.directory.aside(name + ".before");
	}

	private void report(String text) {
		this.out.accept("action: store_salvage | result: " + text);
	}

	/** The record of the draw; one that can't be read is set aside, and made anew. */
	private @Nullable DrawRecord readRecord() throws IOException {
		try {
			return new DrawFile(this.directory).read().orElse(null);
		}
		catch (StoreFailure ex) {
			report("in_progress | found: " + ex.getMessage());
			setRecordAside();
			return null;
		}
	}

	private void setRecordAside() throws IOException {
		this.directory.move(this.directory.file(DrawFile.NAME), before(DrawFile.NAME));
	}

	/** Why a central would not start with the bets and their journal. */
	private @Nullable String damage(StoreFile journal, StoreFile bets, @Nullable DrawRecord record)
			throws IOException, StoreFailure {
		try {
			int winningNumber = (record != null) ? record.winningNumber() : 0;
			Recovered recovered = Recovery.run(journal.channel(), bets.channel(), winningNumber);
			Frame draw = recovered.draw();
			if (record != null && draw == null) {
				return DrawFile.UNKNOWN_TO_JOURNAL;
			}
			if (record != null && draw != null) {
				requireSame(record, draw.drawRecord(record.name(), recovered.books()), recovered);
			}
			return null;
		}
		catch (StoreFailure ex) {
			if (ex.kind() == Kind.UNUSABLE) {
				// of another format version: nothing here is damaged
				throw ex;
			}
			return ex.getMessage();
		}
	}

	/** Sets a record aside that is not of these bets, all of which are there. */
	private void requireSame(DrawRecord record, DrawRecord computed, Recovered recovered) throws IOException {
		String difference = DrawCheck.of(record, computed, recovered.books()).difference();
		if (difference != null) {
			report(String.format(Locale.ROOT, "in_progress | found: %s is not of these bets: %s", DrawFile.NAME,
					difference));
			setRecordAside();
		}
	}

}
