package loteria.central.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What is known to have been durable at a time: nothing before {@code tip} may be missing
 * any more, and bets.csv is what it should be up to {@code forced}.
 *
 * @param number the higher one counts
 * @param stopped whether the central stopped in order behind it
 */
public record Checkpoint(long number, Tip tip, long forced, boolean stopped) {

	static final Checkpoint NONE = new Checkpoint(0, Tip.EMPTY, 0, false);

	static final int BYTES = 56;

	private static final int CHECKED = BYTES - Integer.BYTES;

	/** Writes it into the journal, which is not durable yet. */
	public void write(StoreFile journal) throws IOException {
		Head.write(journal, this);
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
			.putInt(this.stopped ? 1 : 0)
			.putInt(Checks.of(bytes, 0, CHECKED));
		return bytes;
	}

	static @Nullable Checkpoint decode(byte[] bytes, int from) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, from, BYTES);
		if (buffer.getInt(from + CHECKED) != Checks.of(bytes, from, CHECKED)) {
			return null;
		}
		return new Checkpoint(buffer.getLong(),
				new Tip(buffer.getLong(), buffer.getLong(), (int) buffer.getLong(), buffer.getLong()), buffer.getLong(),
				buffer.getInt() == 1);
	}

}
