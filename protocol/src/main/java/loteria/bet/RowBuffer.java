package loteria.bet;

import java.util.Arrays;

import loteria.bytes.Digits;

/**
 * Where the rows of a batch are written. Grows with the rows, never with what a message
 * says of itself.
 */
final class RowBuffer {

	/**
	 * The most bytes of a row: agency, two names all of quotes and in quotes, document,
	 * birthdate, number, commas, line end.
	 */
	private static final int MOST = 10 + 2 * (2 + 2 * BetRules.MAX_NAME_BYTES) + BetRules.MAX_DOCUMENT_DIGITS + 10 + 4
			+ 5 + 2;

	private static final byte[] NO_BYTES = {};

	private byte[] bytes = NO_BYTES;

	private int end;

	private int expected;

	/**
	 * Begins a batch in a buffer of its own, made with the first row.
	 * @param likely bytes of all rows
	 */
	void begin(int likely) {
		this.bytes = NO_BYTES;
		this.end = 0;
		this.expected = likely;
	}

	/** Makes room for one more row. */
	void beginRow() {
		if (this.bytes.length - this.end < MOST) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.expected, this.end + this.end / 2) + MOST);
		}
	}

	void put(char ascii) {
		this.bytes[this.end++] = (byte) ascii;
	}

	void putNumber(int value) {
		this.end = Digits.put(value, this.bytes, this.end);
	}

	void put(byte[] field, int from, int fieldEnd) {
		System.arraycopy(field, from, this.bytes, this.end, fieldEnd - from);
		this.end += fieldEnd - from;
	}

	/** Writes over what was put already. */
	void replace(int back, char ascii) {
		this.bytes[this.end - back] = (byte) ascii;
	}

	/** In quotes, those in the field doubled. */
	void putQuoted(byte[] field, int from, int fieldEnd) {
		put('"');
		for (int at = from; at < fieldEnd; at++) {
			if (field[at] == '"') {
				put('"');
			}
			this.bytes[this.end++] = field[at];
		}
		put('"');
	}

	/** Ends the batch: the buffer belongs to the rows from now on. */
	Rows handOut(int agency, int count) {
		Rows rows = new Rows(agency, count, this.bytes, 0, this.end);
		begin(0);
		return rows;
	}

}
