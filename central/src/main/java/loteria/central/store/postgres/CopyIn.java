package loteria.central.store.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

import loteria.bet.Rows;
import loteria.bytes.Scan;
import org.postgresql.PGConnection;

/**
 * Rows on their way into the table of bets, by COPY: each as it is, behind its draw and
 * its place among the bets of its agency.
 */
final class CopyIn implements AutoCloseable {

	private static final String COPY = "COPY bets (draw, seq, agency, first_name, last_name, document, birthdate, number) FROM STDIN (FORMAT csv)";

	private static final int CHUNK = 64 * 1024;

	private static final int MOST_DIGITS = 20;

	private final org.postgresql.copy.CopyIn copy;

	/** The draw as a field, with the comma behind it. */
	private final byte[] draw;

	private byte[] chunk = new byte[CHUNK];

	private int end;

	private long added;

	private CopyIn(org.postgresql.copy.CopyIn copy, String draw) {
		this.copy = copy;
		this.draw = ('"' + draw.replace("\"", "\"\"") + "\",").getBytes(StandardCharsets.UTF_8);
	}

	static CopyIn begin(Connection connection, String draw) throws SQLException {
		return new CopyIn(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY), draw);
	}

	/**
	 * @param seq of the first of them
	 */
	void add(long seq, Rows rows) throws SQLException {
		byte[] bytes = new byte[rows.length()];
		rows.putInto(ByteBuffer.wrap(bytes));
		long next = seq;
		int row = 0;
		while (row < bytes.length) {
			int behind = Scan.indexOf((byte) '\n', bytes, row, bytes.length) + 1;
			add(next++, bytes, row, behind);
			row = behind;
		}
	}

	/** One row, its line end included. */
	void add(long seq, byte[] bytes, int from, int rowEnd) throws SQLException {
		int length = this.draw.length + MOST_DIGITS + 1 + rowEnd - from;
		if (this.chunk.length - this.end < length) {
			flush();
			this.chunk = (this.chunk.length < length) ? new byte[length] : this.chunk;
		}
		put(this.draw, 0, this.draw.length);
		putNumber(seq);
		this.chunk[this.end++] = ',';
		put(bytes, from, rowEnd);
		this.added++;
	}

	private void put(byte[] bytes, int from, int behind) {
		System.arraycopy(bytes, from, this.chunk, this.end, behind - from);
		this.end += behind - from;
	}

	private void putNumber(long value) {
		byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
		put(digits, 0, digits.length);
	}

	private void flush() throws SQLException {
		this.copy.writeToCopy(this.chunk, 0, this.end);
		this.end = 0;
	}

	/**
	 * All rows are there.
	 * @throws SQLException if the table has not taken all of them, as a trigger may have
	 * it
	 */
	void finish() throws SQLException {
		flush();
		long taken = this.copy.endCopy();
		if (taken != this.added) {
			throw new SQLException("the table bets took " + taken + " of " + this.added
					+ " rows; nothing is stored as long as a trigger of it keeps rows out");
		}
	}

	/** Takes back what is not finished. */
	@Override
	public void close() throws SQLException {
		if (this.copy.isActive()) {
			this.copy.cancelCopy();
		}
	}

}
