package loteria.central.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.books.Books;
import loteria.central.store.disk.JournalReader.Piece;
import loteria.central.store.disk.JournalReader.Source;
import loteria.central.store.disk.Recovered.Cut;
import loteria.central.store.disk.Recovered.Damage;
import loteria.central.store.disk.Recovered.Repair;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a store once and judges, by the rules in {@code docs/store.md},
 * whether a central may start with them: it may where each byte that was stored is proven
 * by a check. Writes nothing.
 */
public final class Recovery {

	private final JournalReader journal;

	private final FileWindow bets;

	private final Head head;

	private final Checkpoint known;

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
		this.journal = new JournalReader(journal, bets, head.checkpoint());
		this.bets = this.journal.window(Source.BETS);
		this.head = head;
		this.known = head.checkpoint();
		this.winningNumber = winningNumber;
	}

	/**
	 * @param store the path of bets.store, which need not be there; null to leave it out
	 * @param winningNumber if the store does not know it
	 * @throws StoreFailure if something that may have been stored is not proven
	 */
	public static Recovered run(FileChannel journal, FileChannel bets, @Nullable Path store, int winningNumber)
			throws IOException, StoreFailure {
		Head head = Head.read(journal, store);
		DrawSettings made = head.settings();
		if (made == null) {
			throw corrupt("bets.journal is damaged at byte 0: it does not begin as a journal does");
		}
		if (!head.checkpoint().isKnown()) {
			throw corrupt("bets.journal is damaged at byte 1024: it has no checkpoint that tells what it held");
		}
		if (journal.size() < head.checkpoint().length()) {
			throw corrupt(String.format(Locale.ROOT, "bets.journal was cut: it had %d bytes, and has %d",
					head.checkpoint().length(), journal.size()));
		}
		return new Recovery(journal, bets, head, made.isUnknown() ? winningNumber : made.winningNumber()).run();
	}

	private Recovered run() throws IOException, StoreFailure {
		Piece piece = this.journal.next();
		while (!(piece instanceof Piece.End)) {
			switch (piece) {
				case Piece.Entry entry -> entry(entry);
				case Piece.Gap gap ->
					throw journalDamage(String.format(Locale.ROOT, "up to byte %d, %d entries are lost",
							gap.next().at(), gap.next().number() - 1 - this.tip.entries()));
				case Piece.End end -> throw new IllegalStateException("the end is no entry: " + end);
			}
			piece = this.journal.next();
		}
		Piece.End end = (Piece.End) piece;
		end(end);
		long cutJournal = Math.max(0, end.lastByte() - this.tip.at());
		long cutBets = Math.max(0, this.bets.size() - this.tip.rowsEnd());
		return new Recovered(this.head, this.books, this.tip, this.group, this.draw, this.batches, this.lines,
				this.repairs, this.damages, this.level, new Cut(cutJournal, end.batches(), cutBets));
	}

	private void entry(Piece.Entry entry) throws IOException, StoreFailure {
		Frame frame = entry.frame();
		if (frame.kind() != Frame.Kind.DRAWN && frame.before() != this.books.next(frame.agency())) {
			throw journalDamage(String.format(Locale.ROOT, "an entry of agency %d behind %d bets, where it has %d",
					frame.agency(), frame.before(), this.books.next(frame.agency())));
		}
		switch (frame.kind()) {
			case BATCH -> batch(entry);
			case FINISHED -> this.books.of(frame.agency()).close();
			case LOST -> this.books.of(frame.agency()).lose(frame.count());
			case DRAWN -> this.draw = frame;
		}
		if (!entry.frames() && entry.rows() == Source.JOURNAL) {
			this.repairs.add(new Repair(frame, this.batches, false));
		}
		this.tip = Tip.behind(frame);
		this.group = frame.group();
		if (this.tip.entries() == this.known.tip().entries() && !this.tip.equals(this.known.tip())) {
			throw journalDamage(
					String.format(Locale.ROOT, "it has another entry %d than was stored", this.tip.entries()));
		}
	}

	private void batch(Piece.Entry entry) throws IOException, StoreFailure {
		Frame frame = entry.frame();
		this.batches++;
		long at = frame.rows();
		switch (entry.rows()) {
			case NONE -> throw corrupt(String.format(Locale.ROOT,
					"batch %d, of agency %d, lines %d to %d, is damaged in both files: bets.journal between byte %d and byte %d, bets.csv between byte %d and byte %d",
					this.batches, frame.agency(), this.lines + 1, this.lines + frame.count(), frame.rows(),
					frame.second(), frame.rowsAt(), frame.rowsEnd()));
			case BETS -> {
				this.repairs.add(new Repair(frame, this.batches, true));
				at = frame.rowsAt();
			}
			case JOURNAL -> {
				if (!this.bets.equals(frame.rowsAt(), this.journal.window(Source.JOURNAL), at, frame.length())) {
					differs(frame);
				}
			}
		}
		if (this.level == null && frame.rowsEnd() > this.known.forced()) {
			this.level = frame;
		}
		FileWindow source = this.journal.window(entry.rows());
		int from = source.load(at, frame.length());
		this.books.store(frame.agency(), frame.count(), source.bytes(), from, from + frame.length(),
				this.winningNumber);
		this.lines += frame.count();
	}

	private void differs(Frame frame) throws IOException {
		this.level = (this.level == null) ? frame : this.level;
		FileWindow rows = this.journal.window(Source.JOURNAL);
		boolean foreign = !this.bets.lacksOnly(frame.rowsAt(), rows, frame.rows(), frame.length());
		// what it merely has not yet is no damage
		if (foreign || frame.rowsEnd() <= this.known.forced()) {
			boolean follows = !this.damages.isEmpty() && this.damages.getLast().end() == frame.rowsAt();
			Damage before = follows ? this.damages.removeLast() : null;
			this.damages.add((before == null)
					? new Damage(frame.rowsAt(), frame.rowsEnd(), frame.agency(), this.batches, this.lines + 1,
							this.lines + frame.count(), foreign)
					: new Damage(before.from(), frame.rowsEnd(), before.agency(), before.batch(), before.firstLine(),
							before.lastLine(), before.foreign() || foreign));
		}
	}

	/** What is known to be missing, and what is there and not known. */
	private void end(Piece.End end) throws IOException, StoreFailure {
		long entries = this.tip.entries();
		if (entries < this.known.tip().entries()) {
			throw journalDamage(
					String.format(Locale.ROOT, "it ends, %d entries too early, and %d of them are no batches",
							this.known.tip().entries() - entries, this.known.tip().controls() - this.tip.controls()));
		}
		if (entries == 0 && this.head.gone()) {
			throw corrupt(
					"bets.journal is damaged at byte 0: it has neither a head nor an entry, and nothing proves that it never had one");
		}
		if (end.damaged()) {
			throw journalDamage(String.format(Locale.ROOT,
					"what stands up to byte %d is no whole entry, and none that was never whole", end.lastByte()));
		}
		long unknown = this.bets.size() - this.tip.rowsEnd();
		if (unknown > 0 && (!this.known.isStopAt(entries) || RowScanner.hasRow(this.bets, this.tip.rowsEnd()))) {
			throw corrupt(String.format(Locale.ROOT,
					"bets.csv has %d bytes behind batch %d, from line %d, byte %d on, of which bets.journal says nothing",
					unknown, this.batches, this.lines + 1, this.tip.rowsEnd()));
		}
	}

	private StoreFailure journalDamage(String what) {
		return corrupt(String.format(Locale.ROOT,
				"bets.journal is damaged at byte %d: %s; behind batch %d, which ends at line %d, byte %d of bets.csv",
				this.tip.at(), what, this.batches, this.lines, this.tip.rowsEnd()));
	}

	private static StoreFailure corrupt(String what) {
		return new StoreFailure(Kind.CORRUPT, what);
	}

}
