package loteria.central.store.disk;

/**
 * Where what is stored ends.
 *
 * @param at in the journal
 * @param entries how many come before it
 * @param controls how many of them are no batches
 * @param rowsEnd in bets.csv
 */
public record Tip(long at, long entries, int controls, long rowsEnd) {

	public static final Tip EMPTY = new Tip(Head.BYTES, 0, 0, 0);

	/** Behind an entry. */
	static Tip behind(Frame frame) {
		int control = (frame.kind() == Frame.Kind.BATCH) ? 0 : 1;
		return new Tip(frame.end(), frame.number(), frame.controls() + control, frame.rowsEnd());
	}

	/** The entry that comes next. */
	Frame next(Frame.Kind kind, int agency, long before, int count, int length, int rowsCheck, long group) {
		return new Frame(kind, agency, this.entries + 1, this.at, this.rowsEnd, before, count, length, rowsCheck,
				Math.toIntExact(this.at - group), this.controls);
	}

	/** Whether an entry is what can follow; its group may have begun no earlier. */
	boolean isFollowedBy(Frame frame, long group) {
		return frame.at() == this.at && frame.number() == this.entries + 1 && frame.rowsAt() == this.rowsEnd
				&& frame.controls() == this.controls && frame.group() >= group && frame.position() >= 0;
	}

}
