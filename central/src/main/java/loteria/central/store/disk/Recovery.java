package loteria.central.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.books.Books;
import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.Recovered.Cut;
import loteria.central.store.disk.Recovered.Damage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a store once and judges them, by the rules in {@code docs/store.md}.
 * Writes nothing.
 */
public final class Recovery {

	private final FileChannel journalFile;

	private final JournalReader journal;

	private final FileWindow bets;

	private final Head head;

	private final int winningNumber;

	private final Books books = new Books();

	private final List<Repair> repairs = new ArrayList<>();

	private final List<Damage> damages = new ArrayList<>();

	private @Nullable Frame level;

	private @Nullable Frame draw;

	private Tip tip = Tip.EMPTY;

	private long group = Head.BYTES;

	private long batches;

	private long lines;

	private Recovery(FileChannel journal, FileChannel bets, Head head, int winningNumber) throws IOException {
		this.journalFile = journal;
		this.journal = new JournalReader(journal);
		this.bets = new FileWindow(bets);
		this.head = head;
		this.winningNumber = winningNumber;
	}

	/**
	 * @throws StoreFailure if what had been stored is damaged in both files
	 */
	public static Recovered run(FileChannel journal, FileChannel bets, int winningNumber)
			throws IOException, StoreFailure {
		Head head = Head.read(journal);
		if (head.settings() == null) {
			throw corrupt("bets.journal is damaged at byte 0: it does not begin as a journal does");
		}
		return new Recovery(journal, bets, head, winningNumber).run();
	}

	private Recovered run() throws IOException, StoreFailure {
		Piece piece = this.journal.next();
		boolean torn = isTorn(piece);
		while (!torn && !(piece instanceof Piece.End)) {
			switch (piece) {
				case Piece.Entry entry -> entry(entry);
				case Piece.Gap gap -> gap(gap);
				case Piece.End end -> throw new IllegalStateException("the end is no entry: " + end);
			}
			piece = this.journal.next();
			torn = isTorn(piece);
		}
		long cutBatches = 0;
		Piece rest = piece;
		while (!(rest instanceof Piece.End)) {
			cutBatches += (rest instanceof Piece.Gap gap) ? gap.next().number() - 1 - gap.from().entries() : 1;
			rest = this.journal.next();
		}
		long cutAt = this.tip.at();
		long cutJournal = Math.max(0, ((Piece.End) rest).lastByte() - this.tip.at());
		end(cutJournal > 0 || this.journalFile.size() % StoreDirectory.UNIT != 0);
		long cutBets = Math.max(0, this.bets.size() - this.tip.rowsEnd());
		return new Recovered(this.head, this.books, this.tip, this.group, this.draw, this.batches, this.lines,
				this.repairs, this.damages, this.level, new Cut(cutAt, cutJournal, cutBatches, cutBets));
	}

	/** Whether a piece is of the last group, which was not whole when it was lost. */
	private boolean isTorn(Piece piece) throws IOException {
		boolean whole = switch (piece) {
			case Piece.Entry(Frame frame, boolean _, boolean rows) -> rows || areInBets(frame);
			case Piece.Gap _ -> false;
			case Piece.End _ -> true;
		};
		return !whole && this.tip.at() >= this.head.checkpoint().tip().at()
				&& !this.journal.hasLaterGroup(this.tip.at());
	}

	private boolean areInBets(Frame frame) throws IOException {
		return this.bets.check(frame.rowsAt(), frame.length()) == Integer.toUnsignedLong(frame.rowsCheck());
	}

	private void entry(Piece.Entry entry) throws IOException, StoreFailure {
		Frame frame = entry.frame();
		if (frame.kind() != Frame.Kind.DRAWN && frame.before() != this.books.next(frame.agency())) {
			throw corrupt(
					journalDamage(String.format(Locale.ROOT, "an entry of agency %d behind %d bets, where it has %d",
							frame.agency(), frame.before(), this.books.next(frame.agency()))));
		}
		switch (frame.kind()) {
			case BATCH -> batch(entry);
			case FINISHED -> this.books.of(frame.agency()).close();
			case LOST -> this.books.of(frame.agency()).lose(frame.count());
			case DRAWN -> this.draw = frame;
		}
		if (!entry.frames() && entry.rows()) {
			this.repairs.add(new Repair.Frames(frame, this.batches));
		}
		this.tip = Tip.behind(frame);
		this.group = frame.group();
	}

	private void batch(Piece.Entry entry) throws IOException, StoreFailure {
		Frame frame = entry.frame();
		this.batches++;
		FileWindow source = this.journal.journal();
		long at = frame.rows();
		if (!entry.rows()) {
			if (!areInBets(frame)) {
				throw corrupt(String.format(Locale.ROOT,
						"batch %d, of agency %d, lines %d to %d, is damaged in both files: bets.journal between byte %d and byte %d, bets.csv between byte %d and byte %d",
						this.batches, frame.agency(), this.lines + 1, this.lines + frame.count(), frame.rows(),
						frame.second(), frame.rowsAt(), frame.rowsEnd()));
			}
			this.repairs.add(new Repair.Rows(frame, this.batches));
			source = this.bets;
			at = frame.rowsAt();
		}
		else if (!this.bets.equals(frame.rowsAt(), source, at, frame.length())) {
			damaged(frame);
		}
		if (this.level == null && frame.rowsEnd() > this.head.checkpoint().forced()) {
			this.level = frame;
		}
		int from = source.load(at, frame.length());
		this.books.store(frame.agency(), frame.count(), source.bytes(), from, from + frame.length(),
				this.winningNumber);
		this.lines += frame.count();
	}

	private void damaged(Frame frame) {
		this.level = (this.level == null) ? frame : this.level;
		// what it merely has not yet is no damage
		if (frame.rowsEnd() <= Math.max(this.head.checkpoint().forced(), this.bets.size())) {
			boolean follows = !this.damages.isEmpty() && this.damages.getLast().end() == frame.rowsAt();
			Damage before = follows ? this.damages.removeLast() : null;
			this.damages.add((before == null)
					? new Damage(frame.rowsAt(), frame.rowsEnd(), frame.agency(), this.batches, this.lines + 1,
							this.lines + frame.count())
					: new Damage(before.from(), frame.rowsEnd(), before.agency(), before.batch(), before.firstLine(),
							before.lastLine()));
		}
	}

	private void gap(Piece.Gap gap) throws IOException, StoreFailure {
		Frame next = gap.next();
		long entries = next.number() - 1 - this.tip.entries();
		long rows = next.rowsAt() - this.tip.rowsEnd();
		boolean batchesOnly = entries > 0 && next.controls() == this.tip.controls()
				&& next.at() - this.tip.at() == rows + 2L * Frame.BYTES * entries;
		if (!batchesOnly || !rebuild(entries, next.rowsAt())) {
			throw corrupt(journalDamage(String.format(Locale.ROOT,
					"up to byte %d, %d entries are lost, and bets.csv has not, or can't have, what they held",
					next.at(), entries)));
		}
	}

	/**
	 * Takes note of batches whose rows bets.csv has, if it has nothing but whole rows.
	 * @param entries how many they must be, or 0 where nothing follows
	 */
	private boolean rebuild(long entries, long rowsEnd) throws IOException {
		long rowsAt = this.tip.rowsEnd();
		RowRuns runs = RowRuns.count(this.bets, rowsAt, rowsEnd);
		if (runs == null || (entries > 0 && !runs.canBe(entries))) {
			return false;
		}
		Repair.Batches lost = new Repair.Batches(this.tip, this.group, runs.splits(entries), rowsEnd, this.batches + 1,
				this.books.counts());
		RowScanner.scan(this.bets, rowsAt, rowsEnd,
				(agency, bytes, from, end) -> this.books.store(agency, 1, bytes, from, end, this.winningNumber));
		lost.forEach(this.bets, (frame) -> {
			this.tip = Tip.behind(frame);
			this.batches++;
		});
		this.lines += runs.rows();
		this.repairs.add(lost);
		return true;
	}

	/**
	 * What is known to be missing at the end of the journal, and what bets.csv has of it.
	 */
	private void end(boolean broken) throws IOException, StoreFailure {
		Checkpoint checkpoint = this.head.checkpoint();
		Tip known = checkpoint.tip();
		boolean stopped = checkpoint.stopped() && this.tip.entries() <= known.entries();
		if (this.tip.entries() < known.entries() && this.tip.controls() != known.controls()) {
			throw corrupt(journalDamage(
					String.format(Locale.ROOT, "it ends, %d entries too early, and %d of them are no batches",
							known.entries() - this.tip.entries(), known.controls() - this.tip.controls())));
		}
		long rowsEnd = (broken && !stopped) ? Math.max(this.bets.size(), known.rowsEnd()) : known.rowsEnd();
		if (rowsEnd > this.tip.rowsEnd() && !rebuild(0, rowsEnd)) {
			throw corrupt(journalDamage(String.format(Locale.ROOT,
					"it ends too early, and bets.csv has not the whole rows up to byte %d", rowsEnd)));
		}
		long unknown = this.bets.size() - this.tip.rowsEnd();
		if (unknown > 0 && !stopped) {
			throw corrupt(String.format(Locale.ROOT,
					"bets.csv has %d bytes behind batch %d, from line %d, byte %d on, of which bets.journal says nothing",
					unknown, this.batches, this.lines + 1, this.tip.rowsEnd()));
		}
	}

	private String journalDamage(String what) {
		return String.format(Locale.ROOT,
				"bets.journal is damaged at byte %d: %s; behind batch %d, which ends at line %d, byte %d of bets.csv",
				this.tip.at(), what, this.batches, this.lines, this.tip.rowsEnd());
	}

	private static StoreFailure corrupt(String what) {
		return new StoreFailure(Kind.CORRUPT, what);
	}

}
