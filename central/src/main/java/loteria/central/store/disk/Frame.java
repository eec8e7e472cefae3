package loteria.central.store.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import loteria.central.store.DrawRecord;
import loteria.central.store.books.Books;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the rows of an entry of the journal, and once more behind them.
 *
 * @param number of the entry, from 1 on
 * @param at where the entry begins
 * @param rowsAt where in bets.csv the rows begin
 * @param before bets of this agency before these; of the draw its instant, in ms since
 * 1970
 * @param count rows, or bets lost; of the draw the number that won
 * @param length of the rows in bytes
 * @param position how many bytes of its group come before it
 * @param controls how many entries before it are no batches
 */
public record Frame(Kind kind, int agency, long number, long at, long rowsAt, long before, int count, int length,
		int rowsCheck, int position, int controls) {

	public static final int BYTES = 64;

	static final byte FIRST = (byte) 0xFF;

	private static final int CHECKED = BYTES - Integer.BYTES;

	/** Puts the frame into {@code target}. */
	public void encode(ByteBuffer target) {
		byte[] bytes = new byte[BYTES];
		ByteBuffer.wrap(bytes)
			.putInt(this.kind.code)
			.putInt(this.agency)
			.putLong(this.number)
			.putLong(this.at)
			.putLong(this.rowsAt)
			.putLong(this.before)
			.putInt(this.count)
			.putInt(this.length)
			.putInt(this.rowsCheck)
			.putInt(this.position)
			.putInt(this.controls)
			.putInt(Checks.of(bytes, 0, CHECKED));
		target.put(bytes);
	}

	/** Reads a frame; null if there is none, or a damaged one. */
	static @Nullable Frame decode(byte[] bytes, int from) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, from, BYTES);
		Kind kind = Kind.of(buffer.getInt());
		if (kind == null || buffer.getInt(from + CHECKED) != Checks.of(bytes, from, CHECKED)) {
			return null;
		}
		return new Frame(kind, buffer.getInt(), buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong(),
				buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt(), buffer.getInt());
	}

	/** Where the rows stand in the journal. */
	public long rows() {
		return this.at + BYTES;
	}

	/** Where the second copy of the frame stands. */
	public long second() {
		return rows() + this.length;
	}

	/** Where the entry ends in the journal. */
	public long end() {
		return second() + BYTES;
	}

	/** Where the rows end in bets.csv. */
	public long rowsEnd() {
		return this.rowsAt + this.length;
	}

	/** Where the group begins that the entry is of. */
	public long group() {
		return this.at - this.position;
	}

	/** Of a draw: its record as it is made from what is stored. */
	public DrawRecord drawRecord(String name, Books books) {
		return DrawRecord.of(name, this.count, Instant.ofEpochMilli(this.before), books.records());
	}

	/**
	 * What an entry says.
	 */
	public enum Kind {

		/** A batch is stored. */
		BATCH("BET"),
		/** An agency has finished. */
		FINISHED("END"),
		/** Bets that were drawn over are gone. */
		LOST("LST"),
		/** The draw has happened; nothing is stored any more. Alone in its group. */
		DRAWN("DRW");

		private final int code;

		Kind(String code) {
			byte[] letters = code.getBytes(StandardCharsets.US_ASCII);
			this.code = ByteBuffer.wrap(new byte[] { FIRST, letters[0], letters[1], letters[2] }).getInt();
		}

		private static @Nullable Kind of(int code) {
			for (Kind kind : values()) {
				if (kind.code == code) {
					return kind;
				}
			}
			return null;
		}

	}

}
