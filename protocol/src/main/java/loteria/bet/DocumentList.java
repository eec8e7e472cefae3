package loteria.bet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import loteria.bytes.Digits;

/**
 * Documents in memory, in eight bytes each: a digit 1 and then theirs, so that zeros in
 * front stay. Grows at its end; by one thread.
 */
public final class DocumentList implements Documents {

	private static final long[] NONE = {};

	private long[] packed = NONE;

	private int size;

	private long digits;

	/**
	 * Of documents that obey the rules.
	 * @throws IllegalArgumentException if one does not
	 */
	public static DocumentList of(List<String> documents) {
		DocumentList list = new DocumentList();
		for (String document : documents) {
			byte[] text = document.getBytes(StandardCharsets.US_ASCII);
			if (!list.add(text, 0, text.length)) {
				throw new IllegalArgumentException("a document that is none");
			}
		}
		return list;
	}

	/**
	 * Adds the document between {@code from} and {@code end}.
	 * @return false if none stands there, and nothing was added
	 */
	public boolean add(byte[] bytes, int from, int end) {
		long value = Digits.value(bytes, from, end, BetRules.MAX_DOCUMENT_DIGITS);
		if (value < 0) {
			return false;
		}
		long first = 1;
		for (int at = from; at < end; at++) {
			first *= 10;
		}
		ensure(1);
		this.packed[this.size++] = first + value;
		this.digits += end - from;
		return true;
	}

	public void addAll(DocumentList others) {
		ensure(others.size);
		System.arraycopy(others.packed, 0, this.packed, this.size, others.size);
		this.size += others.size;
		this.digits += others.digits;
	}

	private void ensure(int more) {
		if (this.size + more > this.packed.length) {
			this.packed = Arrays.copyOf(this.packed, Math.max(this.size + more, this.size * 3 / 2));
		}
	}

	/** Leaves nothing in it, but room for as many. */
	public void clear() {
		this.size = 0;
		this.digits = 0;
	}

	/** What is in it now, whatever is added later; not after {@link #clear()}. */
	public DocumentList snapshot() {
		DocumentList snapshot = new DocumentList();
		snapshot.packed = this.packed;
		snapshot.size = this.size;
		snapshot.digits = this.digits;
		return snapshot;
	}

	public int size() {
		return this.size;
	}

	@Override
	public long count() {
		return this.size;
	}

	@Override
	public long digits() {
		return this.digits;
	}

	@Override
	public void forEach(Taker taker) throws IOException {
		taker.take(this);
	}

	/** Writes the digits of one. Returns where they end. */
	public int put(int index, byte[] to, int at) {
		long rest = this.packed[index];
		int end = at + length(rest);
		for (int i = end - 1; i >= at; i--) {
			to[i] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		return end;
	}

	/**
	 * The value of one, or &minus;1 if it has zeros in front that a number would lose.
	 */
	public long number(int index) {
		long all = this.packed[index];
		long first = 1;
		for (int i = length(all); i > 0; i--) {
			first *= 10;
		}
		long number = all - first;
		return (number >= first / 10 || first == 10) ? number : -1;
	}

	public String text(int index) {
		return Long.toString(this.packed[index]).substring(1);
	}

	private static int length(long packed) {
		int length = 0;
		for (long rest = packed; rest > 9; rest /= 10) {
			length++;
		}
		return length;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DocumentList list
				&& Arrays.equals(this.packed, 0, this.size, list.packed, 0, list.size);
	}

	@Override
	public int hashCode() {
		int hash = 1;
		for (int i = 0; i < this.size; i++) {
			hash = 31 * hash + Long.hashCode(this.packed[i]);
		}
		return hash;
	}

	@Override
	public String toString() {
		return this.size + " documents";
	}

}
