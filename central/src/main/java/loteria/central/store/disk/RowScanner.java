package loteria.central.store.disk;

import java.io.IOException;

import loteria.bet.BetRow;

/**
 * Reads {@code bets.csv} as anybody can who has nothing else: row by row.
 */
public final class RowScanner {

	private static final int FIELDS = 6;

	private RowScanner() {
	}

	/**
	 * Reads rows up to {@code to} or to the first that is none.
	 */
	public static Scanned scan(FileWindow bets, long from, long to, RowListener listener) throws IOException {
		return scan(bets, from, to, (bytes, rowFrom, rowEnd) -> true, listener);
	}

	/**
	 * Reads rows that obey a rule up to {@code to} or to the first that is none.
	 */
	public static Scanned scan(FileWindow bets, long from, long to, Rule rule, RowListener listener)
			throws IOException {
		FileWindow window = bets.another();
		long at = from;
		long rows = 0;
		Flaw flaw = Flaw.NONE;
		while (at < to && flaw == Flaw.NONE) {
			int length = (int) Math.min(FileWindow.CHUNK, to - at);
			int start = window.load(at, length);
			int row = start;
			for (int i = start; i < start + length && flaw == Flaw.NONE; i++) {
				if (window.bytes()[i] == '\n') {
					int agency = BetRow.agency(window.bytes(), row, i);
					flaw = flaw(window.bytes(), row, i, agency);
					flaw = (flaw == Flaw.NONE && !rule.admits(window.bytes(), row, i + 1)) ? Flaw.NO_ROW : flaw;
					if (flaw == Flaw.NONE) {
						listener.row(agency, window.bytes(), row, i + 1);
						rows++;
						row = i + 1;
					}
				}
			}
			flaw = (flaw == Flaw.NONE && row == start) ? Flaw.NO_END : flaw;
			at += row - start;
		}
		return new Scanned(at, rows, flaw);
	}

	/** Whether any line from {@code from} on is a row. */
	public static boolean hasRow(FileWindow bets, long from) throws IOException {
		boolean[] found = { false };
		long at = from;
		while (at >= 0 && at < bets.size() && !found[0]) {
			at = scan(bets, at, bets.size(), (agency, bytes, rowFrom, rowEnd) -> found[0] = true).end();
			at = bets.behind((byte) '\n', at);
		}
		return found[0];
	}

	private static Flaw flaw(byte[] bytes, int from, int lineEnd, int agency) {
		if (agency == 0) {
			return Flaw.NO_AGENCY;
		}
		int commas = 0;
		for (int i = from; i < lineEnd; i++) {
			commas += (bytes[i] == ',') ? 1 : 0;
		}
		return (commas >= FIELDS - 1 && bytes[lineEnd - 1] == '\r') ? Flaw.NONE : Flaw.NO_ROW;
	}

	/** Says more of what is a row than that it looks like one. */
	@FunctionalInterface
	public interface Rule {

		boolean admits(byte[] bytes, int from, int end);

	}

	@FunctionalInterface
	public interface RowListener {

		/** The row stands between {@code from} and {@code end}, its line end included. */
		void row(int agency, byte[] bytes, int from, int end) throws IOException;

	}

	public enum Flaw {

		NONE, NO_AGENCY, NO_ROW, NO_END

	}

	/**
	 * @param end behind the last row
	 */
	public record Scanned(long end, long rows, Flaw flaw) {
	}

}
