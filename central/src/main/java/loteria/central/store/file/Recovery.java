package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.file.LogFiles.Tip;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a store once, from the start: verifies every batch, counts, and
 * finds where what is whole ends.
 * <p>
 * Behind that there can be a torn tail: what a crash left of the last group, none of
 * which had been acknowledged. It is to be cut. Anything else that does not verify is
 * damage to what had been stored, and nothing is changed. A tail is
 * <ul>
 * <li>rows that do not verify, of a group that no other follows in the journal: a group
 * is begun only when the one before it is forced;</li>
 * <li>entries that can't be read, under the same condition, and if {@code bets.csv} has
 * nothing of theirs: rows are written only when their entries are forced;</li>
 * <li>a file that merely ends too early, up to the last but one group too: some disks say
 * "forced" a moment before it is true. But not once the draw has happened.</li>
 * </ul>
 */
final class Recovery {

	/** Two groups: what may be missing from the end of the journal. */
	private static final long MAX_UNKNOWN_BYTES = 2L * LogFiles.GROUP_BYTES;

	private final FileChannel bets;

	private final FileChannel journal;

	private final JournalReader entries;

	private final RowReader rows;

	private final int winningNumber;

	private final Books books = new Books();

	private Tip tip = Tip.EMPTY;

	/** Where the group of the last entry begins. */
	private Tip lastGroup = Tip.EMPTY;

	private @Nullable JournalEntry last;

	private @Nullable JournalEntry draw;

	private long batches;

	private long lines;

	private Recovery(FileChannel bets, FileChannel journal, int winningNumber) throws IOException {
		this.bets = bets;
		this.journal = journal;
		this.entries = new JournalReader(journal);
		this.rows = new RowReader(bets);
		this.winningNumber = winningNumber;
	}

	/**
	 * @return what is whole, and what a torn tail behind it has; nothing is written
	 * @throws StoreFailure if what had been stored is damaged
	 */
	static Recovered run(FileChannel bets, FileChannel journal, int winningNumber) throws IOException, StoreFailure {
		return new Recovery(bets, journal, winningNumber).run();
	}

	private Recovered run() throws IOException, StoreFailure {
		long cutBatches = 0;
		while (this.entries.hasNext() && cutBatches == 0) {
			JournalEntry entry = this.entries.next();
			Damage damage = verify(entry);
			if (damage != null) {
				Tail tail = Tail.of(this.entries, entry);
				if (!isTorn(damage, tail)) {
					throw corrupt(damage.what());
				}
				cutBatches = tail.batches();
			}
		}
		long cutBets = Math.max(0, this.bets.size() - this.tip.betsEnd());
		if (cutBets > 0 && cutBatches == 0) {
			requireCredible(cutBets);
		}
		return new Recovered(this.books, this.tip, this.lastGroup, this.draw, this.batches,
				new Cut(cutBets, this.journal.size() - this.tip.journalEnd(), cutBatches));
	}

	/** Takes note of a good entry, or says what is wrong with it. */
	private @Nullable Damage verify(@Nullable JournalEntry entry) throws IOException {
		if (entry == null) {
			return new Damage(Damage.Kind.UNREADABLE, journalDamage("an entry whose check is wrong"));
		}
		if (!follows(entry)) {
			return new Damage(Damage.Kind.ASTRAY, journalDamage("an entry that does not follow the one before it"));
		}
		int agency = entry.agency();
		switch (entry.kind()) {
			case BATCH -> {
				Damage damage = verifyRows(entry);
				if (damage != null) {
					return damage;
				}
			}
			case LOST -> this.books.of(agency).lost(entry.bets());
			case CLOSED -> this.books.of(agency).close();
			case DRAWN -> this.draw = entry;
			case STOPPED -> {
			}
		}
		this.last = entry;
		this.lastGroup = (entry.position() == 0) ? this.tip : this.lastGroup;
		this.tip = new Tip(entry.end(), this.entries.offset() + JournalEntry.BYTES, entry.group(),
				this.entries.check());
		return null;
	}

	private boolean follows(JournalEntry entry) {
		int position = (this.last != null) ? this.last.position() : -1;
		boolean sameGroup = entry.group() == this.tip.group() && entry.position() == position + 1;
		boolean nextGroup = entry.group() == this.tip.group() + 1 && entry.position() == 0;
		boolean counts = switch (entry.kind()) {
			case BATCH, LOST -> entry.before() == this.books.next(entry.agency());
			default -> true;
		};
		return counts && (sameGroup || nextGroup) && entry.previous() == this.tip.check()
				&& entry.offset() == this.tip.betsEnd();
	}

	private @Nullable Damage verifyRows(JournalEntry entry) throws IOException {
		if (!this.rows.holds(entry)) {
			return new Damage(Damage.Kind.SHORT,
					String.format(Locale.ROOT, "bets.csv ends at byte %d, before the end of %s, at byte %d",
							this.bets.size(), name(entry), entry.end()));
		}
		byte[] read = this.rows.read(entry);
		if (JournalEntry.rowsCheck(read, 0, entry.length()) != entry.rowsCheck()) {
			return new Damage(Damage.Kind.DIFFERENT,
					String.format(Locale.ROOT,
							"bets.csv is damaged between byte %d and byte %d: %s, are not what was stored",
							entry.offset(), entry.end(), name(entry)));
		}
		this.books.of(entry.agency())
			.stored(read, 0, entry.length(), entry.bets(),
					RowReader.documentsOfWinners(read, 0, entry.length(), this.winningNumber));
		this.batches++;
		this.lines += entry.bets();
		return null;
	}

	/** Of the batch that comes next. */
	private String name(JournalEntry entry) {
		return String.format(Locale.ROOT, "batch %d, of agency %d, lines %d to %d", this.batches + 1, entry.agency(),
				this.lines + 1, this.lines + entry.bets());
	}

	private String journalDamage(String what) {
		return String.format(Locale.ROOT,
				"bets.journal is damaged at byte %d: %s, behind batch %d, which ends at line %d, byte %d of bets.csv",
				this.entries.offset(), what, this.batches, this.lines, this.tip.betsEnd());
	}

	private boolean isTorn(Damage damage, Tail tail) throws IOException {
		return switch (damage.kind()) {
			case UNREADABLE -> !tail.laterGroups() && this.bets.size() <= this.tip.betsEnd();
			case ASTRAY -> false;
			case SHORT -> tail.laterBatchGroups() <= 1 && !tail.hasDraw();
			case DIFFERENT -> !tail.laterGroups();
		};
	}

	/** No crash leaves rows without an entry, only a journal that ends too early. */
	private void requireCredible(long unknown) throws StoreFailure {
		boolean isFinal = this.last == null || this.draw != null || this.last.kind() == JournalEntry.Kind.STOPPED;
		if (isFinal || unknown > MAX_UNKNOWN_BYTES) {
			throw corrupt(String.format(Locale.ROOT,
					"bets.csv has %d bytes behind batch %d, from line %d, byte %d on, of which bets.journal says nothing",
					unknown, this.batches, this.lines + 1, this.tip.betsEnd()));
		}
	}

	private static StoreFailure corrupt(String what) {
		return new StoreFailure(Kind.CORRUPT, what);
	}

	private record Damage(Kind kind, String what) {

		enum Kind {

			UNREADABLE, ASTRAY, SHORT, DIFFERENT

		}

	}

	/**
	 * What a store holds.
	 *
	 * @param lastGroup where the last group before {@code tip} begins
	 * @param draw null if it has not happened
	 */
	record Recovered(Books books, Tip tip, Tip lastGroup, @Nullable JournalEntry draw, long batches, Cut cut) {

		/**
		 * Cuts the torn tail off, if there is one, and makes durable what is left. That
		 * was read, but a central that was killed may not have forced its last group, and
		 * where a force failed the system may take for written what is not: only bytes
		 * that are written anew are forced for certain.
		 */
		void settle(FileChannel bets, FileChannel journal) throws IOException {
			if (this.cut.isAny()) {
				LogFiles.cut(bets, this.tip.betsEnd());
				LogFiles.cut(journal, this.tip.journalEnd());
			}
			if (this.tip.journalEnd() > 0) {
				LogFiles.rewrite(journal, this.lastGroup.journalEnd(), this.tip.journalEnd());
				LogFiles.rewrite(bets, this.lastGroup.betsEnd(), this.tip.betsEnd());
			}
		}

	}

	/**
	 * What is to be cut off, in bytes and in batches as far as the journal knows them.
	 */
	record Cut(long bets, long journal, long batches) {

		boolean isAny() {
			return this.bets > 0 || this.journal > 0;
		}

	}

}
