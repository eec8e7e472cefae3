package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

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
 * damage to what had been stored, and nothing is changed. Told apart by the journal:
 * <ul>
 * <li>an entry or rows that do not verify are a tail if no later group is in the journal,
 * since a group is begun only when the one before it is forced;</li>
 * <li>a file that merely ends too early is a tail up to the last but one group too: some
 * disks say "forced" a moment before it is true;</li>
 * <li>after the draw nothing is a tail, and after an orderly stop only a file that ends
 * too early.</li>
 * </ul>
 */
final class Recovery {

	private final FileChannel bets;

	private final FileChannel journal;

	private final JournalReader entries;

	private final RowReader rows;

	private final int winningNumber;

	private final Books books = new Books();

	private Tip tip = Tip.EMPTY;

	private int position;

	private long batches;

	private JournalEntry.@Nullable Kind last;

	private long cutBatches;

	private boolean drawn;

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
		while (this.entries.hasNext()) {
			JournalEntry entry = this.entries.next();
			Damage damage = verify(entry);
			if (damage != null) {
				requireTail(entry, damage);
				break;
			}
		}
		long cutBets = Math.max(0, this.bets.size() - this.tip.betsEnd());
		long cutJournal = this.journal.size() - this.tip.journalEnd();
		requireCredible(cutBets);
		return new Recovered(this.books, this.tip, this.drawn, this.batches,
				new Cut(cutBets, cutJournal, this.cutBatches));
	}

	/** Takes note of a good entry, or says what is wrong with it. */
	private @Nullable Damage verify(@Nullable JournalEntry entry) throws IOException {
		if (entry == null) {
			return journalDamage("an entry whose check is wrong");
		}
		boolean sameGroup = entry.group() == this.tip.group() && entry.position() == this.position + 1;
		boolean nextGroup = entry.group() == this.tip.group() + 1 && entry.position() == 0;
		if (entry.previous() != this.tip.check() || !(sameGroup || nextGroup) || entry.offset() != this.tip.betsEnd()) {
			return journalDamage("an entry that does not follow the one before it");
		}
		if (entry.kind() == JournalEntry.Kind.BATCH) {
			if (entry.before() != this.books.stored(entry.agency())) {
				return journalDamage("a batch that does not follow agency %d's last".formatted(entry.agency()));
			}
			if (!this.rows.holds(entry)) {
				return new Damage(true, "bets.csv ends at byte %d, before the end of batch %d of agency %d at byte %d"
					.formatted(this.bets.size(), this.batches + 1, entry.agency(), entry.end()));
			}
			byte[] read = this.rows.read(entry);
			if (JournalEntry.rowsCheck(read, entry.length()) != entry.rowsCheck()) {
				return new Damage(false,
						"bets.csv is damaged at byte %d: the %d rows of batch %d, of agency %d, are not the ones that were stored"
							.formatted(entry.offset(), entry.rows(), this.batches + 1, entry.agency()));
			}
			this.books.of(entry.agency())
				.stored(read, entry.length(), entry.rows(),
						RowReader.documentsOfWinners(read, entry.length(), this.winningNumber));
			this.batches++;
		}
		else if (entry.kind() == JournalEntry.Kind.CLOSED) {
			this.books.of(entry.agency()).close();
		}
		this.drawn |= entry.kind() == JournalEntry.Kind.DRAWN;
		this.position = entry.position();
		this.last = entry.kind();
		this.tip = new Tip(entry.end(), this.entries.offset() + JournalEntry.BYTES, entry.group(),
				this.entries.check());
		return null;
	}

	private Damage journalDamage(String what) {
		return new Damage(false,
				"bets.journal is damaged at byte %d: %s, behind batch %d, which ends at byte %d of bets.csv"
					.formatted(this.entries.offset(), what, this.batches, this.tip.betsEnd()));
	}

	/**
	 * Looks at what the journal says behind the damage.
	 */
	private void requireTail(@Nullable JournalEntry damaged, Damage damage) throws IOException, StoreFailure {
		long first = this.entries.index();
		long group = (damaged != null) ? damaged.group() : -1;
		long lastGroup = group;
		long laterBatchGroups = 0;
		long lastBatchGroup = group;
		boolean ordered = false;
		boolean hasDrawn = damaged != null && damaged.kind() == JournalEntry.Kind.DRAWN;
		this.cutBatches = (damaged == null || damaged.kind() == JournalEntry.Kind.BATCH) ? 1 : 0;
		while (this.entries.hasNext()) {
			JournalEntry later = this.entries.next();
			if (later == null) {
				this.cutBatches++;
				continue;
			}
			if (group < 0) {
				// The damaged entry is of this one's group only if the group began before
				// it.
				long distance = this.entries.index() - first;
				group = (later.position() >= distance) ? later.group() : later.group() - 1;
				lastBatchGroup = group;
			}
			lastGroup = Math.max(lastGroup, later.group());
			switch (later.kind()) {
				case BATCH -> {
					this.cutBatches++;
					laterBatchGroups += (later.group() > lastBatchGroup) ? 1 : 0;
					lastBatchGroup = Math.max(lastBatchGroup, later.group());
				}
				case STOPPED -> ordered = true;
				case DRAWN -> hasDrawn = true;
				case CLOSED -> {
				}
			}
		}
		boolean torn = !ordered && lastGroup <= group;
		boolean endsEarly = damage.endsEarly() && laterBatchGroups <= 1;
		if (hasDrawn || this.drawn || !(torn || endsEarly)) {
			throw corrupt(damage.what());
		}
	}

	/** More than a crash can leave behind the last entry is no tail either. */
	private void requireCredible(long cutBets) throws StoreFailure {
		boolean isFinal = this.drawn || (this.last == JournalEntry.Kind.STOPPED && this.cutBatches == 0);
		if (cutBets > 0 && (isFinal || cutBets > 2L * LogFiles.GROUP_BYTES)) {
			throw corrupt("bets.csv has %d bytes behind byte %d, of which bets.journal says nothing".formatted(cutBets,
					this.tip.betsEnd()));
		}
	}

	private static StoreFailure corrupt(String what) {
		return new StoreFailure(Kind.CORRUPT, what);
	}

	/**
	 * @param endsEarly whether the file is merely too short
	 */
	private record Damage(boolean endsEarly, String what) {
	}

	/**
	 * What a store holds.
	 */
	record Recovered(Books books, Tip tip, boolean drawn, long batches, Cut cut) {

		/** Cuts the torn tail off, if there is one. */
		void cut(FileChannel bets, FileChannel journal) throws IOException {
			if (this.cut.bets() > 0 || this.cut.journal() > 0) {
				bets.truncate(this.tip.betsEnd());
				journal.truncate(this.tip.journalEnd());
				bets.force(true);
				journal.force(true);
			}
		}

	}

	/**
	 * What is to be cut off, in bytes and in batches as far as the journal knows them.
	 */
	record Cut(long bets, long journal, long batches) {
	}

}
