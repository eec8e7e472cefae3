package loteria.central.store.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import loteria.bet.BetRow;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * Checks a draw by making its record anew from {@code bets.csv} alone. The journal is
 * asked only where in the file a difference lies, if it is there.
 *
 * @param difference the first found, or null
 */
public record Verification(Path directory, @Nullable String difference, @Nullable DrawRecord recorded,
		@Nullable DrawRecord computed) {

	public boolean isVerified() {
		return this.difference == null;
	}

	/**
	 * @throws StoreFailure if there is no record to check, or none that can be read
	 */
	public static Verification of(Path directory) throws IOException, StoreFailure {
		DrawRecord recorded = new DrawFile(directory).read()
			.orElseThrow(() -> new StoreFailure(StoreFailure.Kind.UNUSABLE,
					"%s has no %s: no draw has happened there".formatted(directory, DrawFile.NAME)));
		Path bets = directory.resolve(FileBetStore.BETS);
		if (!Files.isReadable(bets)) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE, "%s can't be read".formatted(bets));
		}
		Books books = new Books();
		String badRow = read(bets, books, recorded.winningNumber());
		DrawRecord computed = DrawRecord.of(recorded.name(), recorded.winningNumber(), recorded.instant(),
				books.records());
		String difference = (badRow != null) ? badRow : recorded.difference(computed);
		if (difference != null) {
			difference += place(directory, recorded.winningNumber());
		}
		return new Verification(directory, difference, recorded, computed);
	}

	/**
	 * Reads all rows; returns what is wrong with the first that has no agency, or null.
	 */
	private static @Nullable String read(Path bets, Books books, int winningNumber) throws IOException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(bets), 1024 * 1024)) {
			ByteArrayOutputStream row = new ByteArrayOutputStream();
			long line = 0;
			for (int next = in.read(); next >= 0; next = in.read()) {
				row.write(next);
				if (next == '\n') {
					line++;
					byte[] bytes = row.toByteArray();
					int agency = BetRow.agency(bytes, 0, bytes.length);
					if (agency == 0) {
						return "line %d of bets.csv begins with no agency".formatted(line);
					}
					books.of(agency)
						.stored(bytes, bytes.length, 1,
								RowReader.documentsOfWinners(bytes, bytes.length, winningNumber));
					row.reset();
				}
			}
			return (row.size() == 0) ? null : "bets.csv ends in the middle of line %d".formatted(line + 1);
		}
	}

	/** Where the journal finds the first difference, as words to add, or nothing. */
	private static String place(Path directory, int winningNumber) throws IOException {
		Path journal = directory.resolve(FileBetStore.JOURNAL);
		if (!Files.isReadable(journal)) {
			return "";
		}
		try (FileChannel bets = FileChannel.open(directory.resolve(FileBetStore.BETS), StandardOpenOption.READ);
				FileChannel entries = FileChannel.open(journal, StandardOpenOption.READ)) {
			Recovery.run(bets, entries, winningNumber);
			return "";
		}
		catch (StoreFailure ex) {
			return " (" + ex.getMessage() + ")";
		}
	}

}
