package loteria.bet;

import loteria.bytes.Slice;

/**
 * Where the fields of one bet lie in a buffer, each followed by a separator or the end.
 * Used again for the next bet.
 */
public final class BetFields {

	/** The most that a bet has, its agency included. */
	static final int MOST = 6;

	private static final byte[] NO_BYTES = {};

	private byte[] bytes = NO_BYTES;

	private int from;

	/** Where each field ends; the next begins one byte behind. */
	private final int[] ends = new int[MOST];

	private int end;

	private int count;

	private byte separator;

	/**
	 * Takes the fields up to the first {@code betEnd}, or to {@code limit}.
	 * @return where the bet ends
	 */
	public int read(byte[] buffer, int start, int limit, byte fieldSeparator, byte betEnd) {
		begin(buffer, start, fieldSeparator);
		int separators = 0;
		int at = start;
		for (; at < limit; at++) {
			byte b = buffer[at];
			if (b == fieldSeparator) {
				if (separators < MOST) {
					this.ends[separators] = at;
				}
				separators++;
			}
			else if (b == betEnd) {
				break;
			}
		}
		this.count = separators;
		add(at);
		return at;
	}

	/**
	 * Takes fields up to {@code limit}, but no more than a bet has.
	 * @return where the last one ends
	 */
	public int readSome(byte[] buffer, int start, int limit, byte fieldSeparator) {
		begin(buffer, start, fieldSeparator);
		int at = start;
		while (true) {
			while (at < limit && buffer[at] != fieldSeparator) {
				at++;
			}
			add(at);
			if (at == limit || this.count == MOST) {
				return at;
			}
			at++;
		}
	}

	/**
	 * What {@link #readSome} returns of the fields behind {@code before}, without taking
	 * them.
	 */
	public static int skip(byte[] buffer, int before, int limit, byte fieldSeparator) {
		int fields = 0;
		int at = before;
		while (at < limit && fields < MOST) {
			at++;
			while (at < limit && buffer[at] != fieldSeparator) {
				at++;
			}
			fields++;
		}
		return at;
	}

	/** Lets go of the buffer, which may be large and of no use to anybody else. */
	public void forget() {
		begin(NO_BYTES, 0, (byte) 0);
	}

	/** Starts a bet without fields, to which {@link #add} gives some. */
	public void begin(byte[] buffer, int start, byte fieldSeparator) {
		this.bytes = buffer;
		this.from = start;
		this.count = 0;
		this.separator = fieldSeparator;
	}

	/** Ends a field; what follows the byte there is the next. */
	public void add(int fieldEnd) {
		if (this.count < MOST) {
			this.ends[this.count] = fieldEnd;
		}
		this.end = fieldEnd;
		this.count++;
	}

	/** All of them, those too that no bet has. */
	int count() {
		return this.count;
	}

	byte[] bytes() {
		return this.bytes;
	}

	int from(int field) {
		return (field == 0) ? this.from : this.ends[field - 1] + 1;
	}

	int end(int field) {
		return this.ends[field];
	}

	/** The beginning of a field, for a log. */
	String excerpt(int field) {
		return new Slice(this.bytes, from(field), end(field)).excerpt();
	}

	/** The beginning of the bet with blanks between its fields, for a log. */
	String excerpt() {
		return (this.count == 0) ? ""
				: new Slice(this.bytes, this.from, this.end).excerpt().replace((char) this.separator, ' ');
	}

}
