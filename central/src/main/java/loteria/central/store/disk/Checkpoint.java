package loteria.central.store.disk;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What is known to have been durable at a time: nothing before {@code tip} may be missing
 * any more, bets.csv is what it should be up to {@code forced}, and the journal is no
 * shorter than {@code length}.
 *
 * @param number the higher one counts
 * @param length 0 in those of older centrals, which did not say it
 * @param stopped whether the central stopped in order behind it
 */
public record Checkpoint(long number, Tip tip, long forced, long length, boolean stopped) {

	public static final Checkpoint NONE = new Checkpoint(0, Tip.EMPTY, 0, 0, false);

	static final int BYTES = 64;

	private static final int CHECKED = BYTES - Integer.BYTES;

	/** Of older centrals, without the length. */
	private static final int OLDER_CHECKED = CHECKED - Long.BYTES;

	/** Whether there is any. */
	public boolean isKnown() {
		return this.number > 0;
	}

	/** Whether all that was stored ends behind so many entries. */
	boolean isStopAt(long entries) {
		return this.stopped && this.tip.entries() == entries;
	}

	/** How much of a bets.csv of {@code size} bytes can be rows that were stored. */
	public long rowsEnd(long size) {
		// an older central says it only now and then while it runs
		boolean complete = this.stopped || this.length > 0;
		return (isKnown() && complete) ? this.tip.rowsEnd() : size;
	}

	byte[] encode() {
		byte[] bytes = new byte[BYTES];
		ByteBuffer.wrap(bytes)
			.putLong(this.number)
			.putLong(this.tip.at())
			.putLong(this.tip.entries())
			.putLong(this.tip.controls())
			.putLong(this.tip.rowsEnd())
			.putLong(this.forced)
			.putLong(this.length)
			.putInt(this.stopped ? 1 : 0)
			.putInt(Checks.of(bytes, 0, CHECKED));
		return bytes;
	}

	static @Nullable Checkpoint decode(byte[] bytes, int from) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, from, BYTES);
		boolean older = buffer.getInt(from + OLDER_CHECKED) == Checks.of(bytes, from, OLDER_CHECKED);
		if (!older && buffer.getInt(from + CHECKED) != Checks.of(bytes, from, CHECKED)) {
			return null;
		}
		return new Checkpoint(buffer.getLong(),
				new Tip(buffer.getLong(), buffer.getLong(), (int) buffer.getLong(), buffer.getLong()), buffer.getLong(),
				older ? 0 : buffer.getLong(), buffer.getInt() == 1);
	}

}
