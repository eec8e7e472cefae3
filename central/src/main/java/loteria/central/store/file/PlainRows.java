package loteria.central.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import loteria.bet.BetRow;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code bets.csv} as anybody can who has nothing else: line by line.
 */
final class PlainRows {

	private static final int BUFFER = 1024 * 1024;

	private final Books books;

	private final int winningNumber;

	private long line;

	private PlainRows(Books books, int winningNumber) {
		this.books = books;
		this.winningNumber = winningNumber;
	}

	/**
	 * Takes note of all rows in {@code books}.
	 * @return what is wrong with the first line that is no row, or null
	 */
	static @Nullable String read(Path bets, Books books, int winningNumber) throws IOException {
		try (InputStream in = Files.newInputStream(bets)) {
			return new PlainRows(books, winningNumber).read(in);
		}
	}

	private @Nullable String read(InputStream in) throws IOException {
		byte[] buffer = new byte[BUFFER];
		int held = 0;
		int read = in.read(buffer);
		while (read > 0) {
			int end = held + read;
			int rest = takeNote(buffer, end);
			if (rest < 0) {
				return "line " + this.line + " of bets.csv begins with no agency";
			}
			held = end - rest;
			System.arraycopy(buffer, rest, buffer, 0, held);
			read = in.read(buffer, held, BUFFER - held);
		}
		return (held == 0) ? null : "bets.csv ends in the middle of line " + (this.line + 1);
	}

	/** Returns where the whole lines end, or -1 if one has no agency. */
	private int takeNote(byte[] buffer, int end) {
		int from = 0;
		for (int i = 0; i < end; i++) {
			if (buffer[i] == '\n') {
				this.line++;
				int agency = BetRow.agency(buffer, from, i);
				if (agency == 0) {
					return -1;
				}
				this.books.of(agency)
					.stored(buffer, from, i + 1, 1,
							RowReader.documentsOfWinners(buffer, from, i + 1, this.winningNumber));
				from = i + 1;
			}
		}
		return from;
	}

}
