package loteria.central.store.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

import loteria.central.store.DrawRecord;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code bets.journal}: {@value #BYTES} bytes, big-endian: <pre>
 *  0  4  kind, four letters of ASCII
 *  4  4  agency, 0 where the kind has none
 *  8  8  group: number of the group commit that wrote it, from 1 on
 * 16  4  position within its group, from 0 on
 * 20  4  bets: rows of a batch, bets lost; of the draw the number that won
 * 24  8  offset of the rows in bets.csv
 * 32  4  length of the rows in bytes
 * 36  4  CRC-32C of the rows
 * 40  8  bets of this agency before these; of the draw its instant, in ms since 1970
 * 48  4  check of the entry before, 0 for the first
 * 52  4  check: CRC-32C of bytes 0 to 51
 * </pre> The check finds every flipped bit, the check of the entry before finds entries
 * lost or swapped, and group and position tell a write that was torn by a crash (of the
 * last group only, which nobody had been told was stored) from damage done to what had
 * been stored.
 */
record JournalEntry(Kind kind, int agency, long group, int position, int bets, long offset, int length, int rowsCheck,
		long before, int previous) {

	static final int BYTES = 56;

	private static final int CHECKED_BYTES = BYTES - Integer.BYTES;

	/** Puts the entry into {@code buffer}; returns its check. */
	int encode(ByteBuffer buffer) {
		int start = buffer.position();
		buffer.putInt(this.kind.code)
			.putInt(this.agency)
			.putLong(this.group)
			.putInt(this.position)
			.putInt(this.bets)
			.putLong(this.offset)
			.putInt(this.length)
			.putInt(this.rowsCheck)
			.putLong(this.before)
			.putInt(this.previous);
		int check = check(buffer.slice(start, CHECKED_BYTES));
		buffer.putInt(check);
		return check;
	}

	/**
	 * Reads the entry at the position of {@code buffer} and moves behind it.
	 * @return null if its check is wrong
	 */
	static @Nullable JournalEntry decode(ByteBuffer buffer) {
		int start = buffer.position();
		Kind kind = Kind.of(buffer.getInt());
		JournalEntry entry = (kind == null) ? null
				: new JournalEntry(kind, buffer.getInt(), buffer.getLong(), buffer.getInt(), buffer.getInt(),
						buffer.getLong(), buffer.getInt(), buffer.getInt(), buffer.getLong(), buffer.getInt());
		int check = buffer.getInt(start + CHECKED_BYTES);
		buffer.position(start + BYTES);
		return (check == check(buffer.slice(start, CHECKED_BYTES))) ? entry : null;
	}

	/** The check at the end of an encoded entry. */
	static int checkOf(ByteBuffer buffer, int start) {
		return buffer.getInt(start + CHECKED_BYTES);
	}

	private static int check(ByteBuffer bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes);
		return (int) crc.getValue();
	}

	static int rowsCheck(byte[] rows, int from, int length) {
		CRC32C crc = new CRC32C();
		crc.update(rows, from, length);
		return (int) crc.getValue();
	}

	/** Of a draw: its record as it is made from what is stored. */
	DrawRecord drawRecord(String name, Books books) {
		return DrawRecord.of(name, this.bets, Instant.ofEpochMilli(this.before), books.records());
	}

	/** Where the rows of this batch end in bets.csv. */
	long end() {
		return this.offset + this.length;
	}

	/**
	 * What an entry says.
	 */
	enum Kind {

		/** A batch is stored. */
		BATCH("BTCH"),
		/** An agency has finished. */
		CLOSED("CLSD"),
		/** Bets that were drawn over are gone, see {@link Salvage}. */
		LOST("LOST"),
		/** The draw has happened; nothing is stored any more. Alone in its group. */
		DRAWN("DRWN"),
		/**
		 * The central stopped in order: what comes before was durable and answered. Alone
		 * in its group.
		 */
		STOPPED("STOP");

		private final int code;

		Kind(String code) {
			this.code = ByteBuffer.wrap(code.getBytes(StandardCharsets.US_ASCII)).getInt();
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
