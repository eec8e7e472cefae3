package loteria.bet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Checksum;

/**
 * The bets of one batch as the rows that {@code bets.csv} has of them, line ends
 * included. Every row obeys the rules and is of the same agency. Immutable: the bytes go
 * out by copy only. Says nothing of whose bets they are but the agency, so that it may
 * stand in a log.
 */
public final class Rows {

	private static final byte[] NO_BYTES = {};

	private final int agency;

	private final int count;

	private final byte[] bytes;

	private final int from;

	private final int end;

	/**
	 * Takes {@code bytes} over without a copy: they must not change any more.
	 * @param agency of every row; 0 where there are none and nothing has said whose they
	 * would be
	 * @param count of the rows between {@code from} and {@code end}
	 */
	public Rows(int agency, int count, byte[] bytes, int from, int end) {
		this.agency = agency;
		this.count = count;
		this.bytes = bytes;
		this.from = from;
		this.end = end;
	}

	/** No rows. */
	public static Rows none(int agency) {
		return new Rows(agency, 0, NO_BYTES, 0, 0);
	}

	/** The rows of {@code bets}, which are all of {@code agency}. */
	public static Rows of(int agency, List<Bet> bets) {
		byte[] rows = BetRow.encode(bets);
		return new Rows(agency, bets.size(), rows, 0, rows.length);
	}

	public int agency() {
		return this.agency;
	}

	/** How many bets. */
	public int count() {
		return this.count;
	}

	/** In bytes. */
	public int length() {
		return this.end - this.from;
	}

	public boolean isEmpty() {
		return this.count == 0;
	}

	/** Appends all bytes to {@code target}, which has room for them. */
	public void putInto(ByteBuffer target) {
		target.put(this.bytes, this.from, length());
	}

	public void update(Checksum checksum) {
		checksum.update(this.bytes, this.from, length());
	}

	public void update(MessageDigest digest) {
		digest.update(this.bytes, this.from, length());
	}

	public byte[] toByteArray() {
		return Arrays.copyOfRange(this.bytes, this.from, this.end);
	}

	/** The documents of the rows that bet on {@code number}, in their order. */
	public DocumentList documentsBetOn(int number) {
		return BetRow.documentsBetOn(number, this.bytes, this.from, this.end);
	}

	/** What the log says of a bet that comes alone. */
	public Single single() {
		if (this.count != 1) {
			throw new IllegalStateException(this + ", not one");
		}
		int numberComma = BetRow.lastComma(this.bytes, this.from, this.end);
		int dateComma = BetRow.lastComma(this.bytes, this.from, numberComma);
		int documentComma = BetRow.lastComma(this.bytes, this.from, dateComma);
		return new Single(ascii(documentComma + 1, dateComma), ascii(numberComma + 1, this.end - "\r\n".length()));
	}

	private String ascii(int first, int behind) {
		return new String(this.bytes, first, behind - first, StandardCharsets.US_ASCII);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Rows rows && this.agency == rows.agency && this.count == rows.count
				&& Arrays.equals(this.bytes, this.from, this.end, rows.bytes, rows.from, rows.end);
	}

	@Override
	public int hashCode() {
		return ByteBuffer.wrap(this.bytes, this.from, length()).hashCode();
	}

	@Override
	public String toString() {
		return this.count + " rows of agency " + this.agency + " in " + length() + " bytes";
	}

	/**
	 * Of the only row.
	 */
	public record Single(String document, String number) {
	}

}
