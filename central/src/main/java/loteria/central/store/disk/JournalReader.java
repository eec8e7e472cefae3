package loteria.central.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;

import org.jspecify.annotations.Nullable;

/**
 * Reads the journal from its start, whatever state it is in: piece after piece until
 * {@link Piece.End}. The one reader for recovery, verification and salvage.
 */
public final class JournalReader {

	private static final int SCANNED = 64 * 1024;

	private final FileWindow journal;

	/** For looking ahead, so that the window of the entries stays where it is. */
	private final FileWindow ahead;

	private Tip tip = Tip.EMPTY;

	private long group = Head.BYTES;

	public JournalReader(FileChannel journal) throws IOException {
		this.journal = new FileWindow(journal);
		this.ahead = new FileWindow(journal);
	}

	/** The file that is read. */
	public FileWindow journal() {
		return this.journal;
	}

	/** Behind the piece read last. */
	public Tip tip() {
		return this.tip;
	}

	/** Where the group of the piece read last begins. */
	long group() {
		return this.group;
	}

	/** Goes on at a place where an entry is known to be. */
	void goOnAt(Frame frame) {
		this.tip = new Tip(frame.at(), frame.number() - 1, frame.controls(), frame.rowsAt());
		this.group = frame.group();
	}

	public Piece next() throws IOException {
		Frame first = frameAt(this.journal, this.tip.at());
		if (first != null && this.tip.isFollowedBy(first, this.group)) {
			return entry(first, true);
		}
		Frame found = find(this.tip.at() + 1);
		if (found == null) {
			return new Piece.End(this.tip, lastByte(this.tip.at()));
		}
		if (this.tip.isFollowedBy(found, this.group)) {
			return entry(found, false);
		}
		Piece gap = new Piece.Gap(this.tip, found);
		goOnAt(found);
		return gap;
	}

	private Piece entry(Frame frame, boolean first) throws IOException {
		Frame second = first ? frameAt(this.journal, frame.second()) : frame;
		boolean rows = this.journal.check(frame.rows(), frame.length()) == Integer.toUnsignedLong(frame.rowsCheck());
		this.tip = Tip.behind(frame);
		this.group = frame.group();
		return new Piece.Entry(frame, first && frame.equals(second), rows);
	}

	/**
	 * Whether a group was begun behind {@code at}: then whatever is there had been forced
	 * and answered.
	 */
	boolean hasLaterGroup(long at) throws IOException {
		long from = at + 1;
		Frame frame = find(from);
		while (frame != null && frame.group() <= at) {
			from = Math.max(from, frame.second()) + 1;
			frame = find(from);
		}
		return frame != null;
	}

	private static @Nullable Frame frameAt(FileWindow window, long at) throws IOException {
		int from = window.load(at, Frame.BYTES);
		return (from < 0) ? null : Frame.decode(window.bytes(), from);
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
					if (frame != null && (frame.at() == at + i || frame.second() == at + i)
							&& frame.at() >= this.tip.at()) {
						return frame;
					}
				}
			}
			at += length - Frame.BYTES + 1;
		}
		return null;
	}

	/** Where the last byte that is no zero ends, from {@code from} on. */
	private long lastByte(long from) throws IOException {
		long last = from;
		for (long at = from; at < this.ahead.size(); at += SCANNED) {
			int length = (int) Math.min(SCANNED, this.ahead.size() - at);
			int start = this.ahead.load(at, length);
			for (int i = length - 1; i >= 0; i--) {
				if (this.ahead.bytes()[start + i] != 0) {
					last = at + i + 1;
					break;
				}
			}
		}
		return last;
	}

	/**
	 * What the journal consists of.
	 */
	public sealed interface Piece {

		/**
		 * An entry of which one frame is whole at least.
		 *
		 * @param frames whether both are
		 * @param rows whether its rows are
		 */
		record Entry(Frame frame, boolean frames, boolean rows) implements Piece {
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
		 * No whole frame comes any more.
		 *
		 * @param lastByte behind the last one that is no zero
		 */
		record End(Tip tip, long lastByte) implements Piece {
		}

	}

}
