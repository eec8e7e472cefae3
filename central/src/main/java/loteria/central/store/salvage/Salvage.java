package loteria.central.store.salvage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.DrawCheck;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.Head;
import loteria.central.store.disk.Recovered;
import loteria.central.store.disk.Recovery;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.StoreFile;
import loteria.central.store.disk.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Makes a damaged store one that a central starts with; see {@code docs/store.md}. A
 * store that is not damaged, or not more than a start mends, is left as it is.
 */
public final class Salvage {

	/** In the order in which they are replaced. */
	private static final List<String> FILES = List.of(StoreDirectory.BETS, StoreDirectory.STORE,
			StoreDirectory.JOURNAL);

	private final StoreDirectory directory;

	private final Consumer<String> out;

	/** Those that were not there, and are made by opening them. */
	private final List<String> missing = new ArrayList<>();

	/**
	 * @param out takes what happens, line by line
	 */
	public Salvage(StoreDirectory directory, Consumer<String> out) {
		this.directory = directory;
		this.out = out;
	}

	/**
	 * @throws StoreFailure if there is no store, a central runs on it, or it is of
	 * another format version; or if no store can be made of it, which is then as it was
	 */
	public void run() throws IOException, StoreFailure {
		if (!exists(StoreDirectory.JOURNAL) && !exists(StoreDirectory.BETS)) {
			throw new StoreFailure(Kind.UNUSABLE,
					String.format(Locale.ROOT, "%s holds no store: neither %s nor %s is there", this.directory.path(),
							StoreDirectory.JOURNAL, StoreDirectory.BETS));
		}
		for (String name : List.of(StoreDirectory.JOURNAL, StoreDirectory.BETS)) {
			if (!Files.exists(this.directory.file(name))) {
				this.missing.add(name);
			}
		}
		try (StoreFile journal = this.directory.openLocked()) {
			if (this.directory.isSalvageCutOff()) {
				finish();
				return;
			}
			try (StoreFile bets = this.directory.open(StoreDirectory.BETS)) {
				run(journal, bets);
			}
			catch (StoreFailure ex) {
				deleteOpened();
				throw ex;
			}
		}
	}

	private void run(StoreFile journal, StoreFile bets) throws IOException, StoreFailure {
		Path store = this.directory.file(StoreDirectory.STORE);
		Recovered recovered;
		try {
			recovered = Recovery.run(journal.channel(), bets.channel(), store, winningNumber());
		}
		catch (StoreFailure ex) {
			if (ex.kind() == Kind.UNUSABLE) {
				// of another format version: nothing here is damaged
				throw ex;
			}
			report("in_progress | found: " + ex.getMessage());
			makeAnew(journal, bets);
			return;
		}
		requireRecord(recovered);
		deleteOpened();
		report("success | reason: there is nothing that a central would not start with");
	}

	/** What is left as it was has no new files. */
	private void deleteOpened() throws IOException {
		for (String name : this.missing) {
			this.directory.disk().delete(this.directory.file(name));
		}
	}

	/** The bets are whole: a record that is of others is set aside. */
	private void requireRecord(Recovered recovered) throws IOException, StoreFailure {
		try {
			DrawCheck.of(new DrawFile(this.directory), recovered, recovered.name());
		}
		catch (StoreFailure ex) {
			report("in_progress | found: " + ex.getMessage());
			requireOtherBets();
			setRecordAside();
		}
	}

	/** A draw that the bets speak for is not undone. */
	private void requireOtherBets() throws IOException, StoreFailure {
		DrawRecord record = record();
		if (record != null && Verification.isOfBets(this.directory.file(StoreDirectory.BETS), record)) {
			throw new StoreFailure(Kind.CORRUPT, String.format(Locale.ROOT,
					"%s is of the bets in %s, but %s knows of no such draw and may be an older copy; to keep the draw, move %s and %s away and salvage again, to give it up, move %s away",
					DrawFile.NAME, StoreDirectory.BETS, StoreDirectory.JOURNAL, StoreDirectory.JOURNAL,
					StoreDirectory.STORE, DrawFile.NAME));
		}
	}

	private void setRecordAside() throws IOException {
		Path aside = new DrawFile(this.directory).setAside();
		report(String.format(Locale.ROOT, "in_progress | not_of_these_bets: %s | set_aside: %s", DrawFile.NAME,
				aside.getFileName()));
	}

	private void makeAnew(StoreFile journal, StoreFile bets) throws IOException, StoreFailure {
		deleteLeftovers();
		Path damaged = this.directory.aside("bets.damaged");
		boolean withRecord;
		try {
			withRecord = makeAnew(journal, bets, damaged);
		}
		catch (StoreFailure ex) {
			deleteLeftovers();
			this.directory.disk().delete(damaged);
			throw new StoreFailure(ex.kind(),
					String.format(Locale.ROOT, "no store can be made of what is in %s, which is as it was: %s",
							this.directory.path(), ex.getMessage()),
					ex);
		}
		if (!withRecord && Files.exists(this.directory.file(DrawFile.NAME))) {
			setRecordAside();
		}
		for (String name : FILES) {
			if (Files.exists(this.directory.file(name))) {
				this.directory.disk().link(before(name), this.directory.file(name));
			}
		}
		this.directory.force();
		for (String name : FILES) {
			this.directory.move(this.directory.file(made(name)), this.directory.file(name));
		}
		report(String.format(Locale.ROOT, "success | set_aside: %s | bytes: %d | as_it_was: %s, %s",
				damaged.getFileName(), Files.size(damaged), before(StoreDirectory.BETS).getFileName(),
				before(StoreDirectory.JOURNAL).getFileName()));
	}

	/** Returns whether the record of the draw is of what was kept. */
	private boolean makeAnew(StoreFile journal, StoreFile bets, Path damaged) throws IOException, StoreFailure {
		try (StoreFile newBets = this.directory.open(made(StoreDirectory.BETS))) {
			this.directory.force();
			try (StoreFile newJournal = this.directory.open(made(StoreDirectory.JOURNAL));
					StoreFile aside = StoreFile.open(this.directory.disk(), damaged)) {
				boolean withRecord = rebuild(journal, bets, newJournal, newBets, aside);
				if (!withRecord) {
					requireOtherBets();
				}
				aside.force();
				Recovered made = Recovery.run(newJournal.channel(), newBets.channel(),
						this.directory.file(made(StoreDirectory.STORE)), winningNumber());
				if (withRecord) {
					DrawCheck.of(new DrawFile(this.directory), made, made.name());
				}
				return withRecord;
			}
		}
	}

	private boolean rebuild(StoreFile journal, StoreFile bets, StoreFile newJournal, StoreFile newBets, StoreFile aside)
			throws IOException, StoreFailure {
		SalvagedStore kept = new SalvagedStore(this.directory, newJournal, newBets);
		StoreFile used = journal;
		Head head;
		try {
			head = Head.read(journal.channel(), this.directory.file(StoreDirectory.STORE));
		}
		catch (StoreFailure ex) {
			boolean journals = isOfBets(journal, bets);
			used = journals ? journal : null;
			head = journals ? Head.read(journal.channel(), null)
					: Head.read(null, this.directory.file(StoreDirectory.STORE));
			if (bets.size() == 0 || (!journals && bets.size() != head.checkpoint().rowsEnd(-1))) {
				throw new StoreFailure(Kind.CORRUPT, ex.getMessage()
						+ ", and bets.csv does not tell of which it is; move the one away that is not of this store, and salvage again",
						ex);
			}
			report("in_progress | of_another_store: " + (journals ? StoreDirectory.STORE : StoreDirectory.JOURNAL));
		}
		return new Rebuild(used, bets, head, aside, kept, record(), this::report).run() != null;
	}

	/** Whether bets.csv has rows, and none but those of a journal. */
	private static boolean isOfBets(StoreFile journal, StoreFile bets) throws IOException {
		try {
			return bets.size() > 0 && Recovery.run(journal.channel(), bets.channel(), null, 0).isInBets();
		}
		catch (StoreFailure ex) {
			return false;
		}
	}

	/** The record that lies there; null if there is none that can be read. */
	private @Nullable DrawRecord record() throws IOException {
		try {
			return new DrawFile(this.directory).read().orElse(null);
		}
		catch (StoreFailure ex) {
			return null;
		}
	}

	private int winningNumber() throws IOException {
		DrawRecord record = record();
		return (record == null) ? 0 : record.winningNumber();
	}

	/**
	 * A new journal without new bets is one that was cut off at its last steps: a half
	 * one is never alone.
	 */
	private void deleteLeftovers() throws IOException {
		this.directory.disk().delete(this.directory.file(made(StoreDirectory.JOURNAL)));
		this.directory.force();
		this.directory.disk().delete(this.directory.file(made(StoreDirectory.STORE)));
		this.directory.disk().delete(this.directory.file(made(StoreDirectory.BETS)));
	}

	/** The last steps of a salvage that was cut off: the bets are the new ones. */
	private void finish() throws IOException {
		Path journal = this.directory.file(StoreDirectory.JOURNAL);
		this.directory.disk().link(this.directory.aside(StoreDirectory.JOURNAL + ".replaced"), journal);
		this.directory.force();
		for (String name : FILES) {
			if (Files.exists(this.directory.file(made(name)))) {
				this.directory.move(this.directory.file(made(name)), this.directory.file(name));
			}
		}
		report("success | reason: ended one that was cut off at its last step");
	}

	private boolean exists(String name) {
		return Files.exists(this.directory.file(name)) || Files.exists(this.directory.file(made(name)));
	}

	private static String made(String name) {
		return name + StoreDirectory.SALVAGED;
	}

	private Path before(String name) {
		return this.directory.aside(name + ".before");
	}

	private void report(String text) {
		this.out.accept("action: store_salvage | result: " + text);
	}

}
