package loteria.central.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;

import org.jspecify.annotations.Nullable;

/**
 * Reads the journal from its start, whatever state it is in, and looks for its rows in
 * bets.csv where it has lost them: piece after piece until {@link Piece.End}. The one
 * reader for recovery, verification and salvage, which do with its findings what they
 * may.
 */
public final class JournalReader {

	/** What a disk writes whole, or leaves as it was. */
	private static final int SECTOR = 512;

	private static final int SCANNED = 64 * 1024;

	/** No frame has fewer bytes that are not zero: its kind alone has as many. */
	private static final int FRAME_NONZERO = Integer.BYTES;

	private final FileWindow journal;

	/** For looking ahead, so that the window of the entries stays where it is. */
	private final FileWindow ahead;

	private final FileWindow bets;

	private final Checkpoint known;

	private Tip tip = Tip.EMPTY;

	private long group = Head.BYTES;

	/**
	 * @param known what was durable at some time
	 */
	public JournalReader(FileChannel journal, FileChannel bets, Checkpoint known) throws IOException {
		this.journal = new FileWindow(journal);
		this.ahead = new FileWindow(journal);
		this.bets = new FileWindow(bets);
		this.known = known;
	}

	/** Behind the piece read last. */
	public Tip tip() {
		return this.tip;
	}

	/** The file that has the rows of an entry. */
	public FileWindow window(Source source) {
		return (source == Source.BETS) ? this.bets : this.journal;
	}

	/** Goes on at a place where an entry is known to be. */
	void goOnAt(Frame frame) {
		this.tip = new Tip(frame.at(), frame.number() - 1, frame.controls(), frame.rowsAt());
		this.group = frame.group();
	}

	public Piece next() throws IOException {
		Tip before = this.tip;
		long groupBefore = this.group;
		Piece piece = read();
		if (!isTorn(before, piece)) {
			return piece;
		}
		long batches = 0;
		Piece rest = piece;
		while (!(rest instanceof Piece.End)) {
			batches += (rest instanceof Piece.Gap gap) ? gap.next().number() - 1 - gap.from().entries() : 1;
			rest = read();
		}
		this.tip = before;
		this.group = groupBefore;
		return new Piece.End(((Piece.End) rest).lastByte(), batches, false);
	}

	private Piece read() throws IOException {
		Frame first = frameAt(this.tip.at());
		if (first != null && this.tip.isFollowedBy(first, this.group)) {
			return entry(first, true);
		}
		Frame found = find(this.tip.at() + 1);
		if (found == null) {
			return end();
		}
		if (this.tip.isFollowedBy(found, this.group)) {
			return entry(found, false);
		}
		Piece gap = new Piece.Gap(this.tip, found);
		goOnAt(found);
		return gap;
	}

	private Piece entry(Frame frame, boolean first) throws IOException {
		Frame second = first ? frameAt(frame.second()) : frame;
		long check = Integer.toUnsignedLong(frame.rowsCheck());
		Source source = Source.NONE;
		if (this.journal.check(frame.rows(), frame.length()) == check) {
			source = Source.JOURNAL;
		}
		else if (this.bets.check(frame.rowsAt(), frame.length()) == check) {
			source = Source.BETS;
		}
		this.tip = Tip.behind(frame);
		this.group = frame.group();
		return new Piece.Entry(frame, first && frame.equals(second), source);
	}

	/** Looks at what is behind the last entry: nothing but zeros, if all is well. */
	private Piece.End end() throws IOException {
		long last = this.tip.at();
		int nonzero = 0;
		for (long at = last; at < this.ahead.size(); at += SCANNED) {
			int length = (int) Math.min(SCANNED, this.ahead.size() - at);
			int start = this.ahead.load(at, length);
			for (int i = 0; i < length; i++) {
				if (this.ahead.bytes()[start + i] != 0) {
					last = at + i + 1;
					nonzero = Math.min(nonzero + 1, FRAME_NONZERO);
				}
			}
		}
		return new Piece.End(last, 0, nonzero == FRAME_NONZERO && !this.known.isStopAt(this.tip.entries()));
	}

	/**
	 * Whether a piece is of the last group, and a disk did not write all of it: some
	 * sector, at least, is as it was where it can't have been zeros. Where none is, what
	 * is damaged had been whole, and may have been answered.
	 */
	private boolean isTorn(Tip before, Piece piece) throws IOException {
		long from;
		long end;
		long begun;
		switch (piece) {
			case Piece.Entry(Frame frame, boolean _, Source source) -> {
				if (source != Source.NONE) {
					return false;
				}
				from = frame.rows();
				end = frame.second();
				begun = frame.group();
			}
			case Piece.Gap(Tip _, Frame next) -> {
				from = before.at();
				end = next.at();
				begun = next.group();
			}
			case Piece.End(long lastByte, long _, boolean damaged) -> {
				if (!damaged) {
					return false;
				}
				from = before.at();
				end = Math.max(lastByte, from + 2 * Frame.BYTES);
				begun = from;
			}
		}
		return before.at() >= this.known.tip().at() && !hasLaterGroup(before.at()) && lacksSector(from, end, begun);
	}

	/**
	 * @param begun where the group begins: what is before it in its first sector stays
	 */
	private boolean lacksSector(long from, long end, long begun) throws IOException {
		for (long sector = from / SECTOR * SECTOR; sector < end; sector += SECTOR) {
			long at = Math.max(sector, begun);
			int length = (int) Math.max(0, Math.min(sector + SECTOR, this.ahead.size()) - at);
			int start = this.ahead.load(at, length);
			boolean zeros = true;
			for (int i = 0; i < length && zeros; i++) {
				zeros = this.ahead.bytes()[start + i] == 0;
			}
			if (zeros) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a group was begun behind {@code at}: then whatever is there had been forced
	 * and answered.
	 */
	private boolean hasLaterGroup(long at) throws IOException {
		long from = at + 1;
		Frame frame = find(from);
		while (frame != null && frame.group() <= at) {
			from = Math.max(from, frame.second()) + 1;
			frame = find(from);
		}
		return frame != null;
	}

	private @Nullable Frame frameAt(long at) throws IOException {
		int from = this.journal.load(at, Frame.BYTES);
		return (from < 0) ? null : Frame.decode(this.journal.bytes(), from);
	}

	/** The first whole frame from {@code from} on that stands where it says. */
	private @Nullable Frame find(long from) throws IOException {
		long at = from;
		while (at + Frame.BYTES <= this.ahead.size()) {
			int length = (int) Math.min(SCANNED, this.ahead.size() - at);
			int start = this.ahead.load(at, length);
			for (int i = 0; i <= length - Frame.BYTES; i++) {
				if (this.ahead.bytes()[start + i] == Frame.FIRST) {
					Frame frame = Frame.decode(this.ahead.bytes(), start + i);
					if (frame != null && (frame.at() == at + i || frame.second() == at + i) && frame.at() >= from - 1) {
						return frame;
					}
				}
			}
			at += length - Frame.BYTES + 1;
		}
		return null;
	}

	/**
	 * Which file has the rows of an entry, as its check tells; both may.
	 */
	public enum Source {

		JOURNAL, BETS, NONE

	}

	/**
	 * What the journal consists of.
	 */
	public sealed interface Piece {

		/**
		 * An entry of which one frame is whole at least.
		 *
		 * @param frames whether both are
		 * @param rows where they are
		 */
		record Entry(Frame frame, boolean frames, Source rows) implements Piece {
		}

		/**
		 * Entries whose frames are all damaged.
		 *
		 * @param from behind the last entry before them
		 * @param next the first entry behind them
		 */
		record Gap(Tip from, Frame next) implements Piece {
		}

		/**
		 * No whole entry comes any more.
		 *
		 * @param lastByte behind the last one that is no zero
		 * @param batches of a group that was torn
		 * @param damaged whether there are bytes that may have been an entry
		 */
		record End(long lastByte, long batches, boolean damaged) implements Piece {
		}

	}

}
