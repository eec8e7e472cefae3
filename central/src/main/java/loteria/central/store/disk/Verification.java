package loteria.central.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.books.Books;
import loteria.central.store.disk.RowScanner.Scanned;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of checking a draw. That of a directory is checked by making its record
 * anew from {@code bets.csv} alone. The journal, if it is there, has to be one that a
 * central would start with, and says where a difference lies.
 *
 * @param difference the first found, or null
 */
public record Verification(@Nullable String difference, @Nullable DrawRecord recorded, @Nullable DrawRecord computed) {

	public boolean isVerified() {
		return this.difference == null;
	}

	/**
	 * @throws StoreFailure if there is no record to check, or none that can be read
	 */
	public static Verification of(Path path) throws IOException, StoreFailure {
		StoreDirectory directory = new StoreDirectory(path, Disk.REAL);
		DrawRecord recorded = new DrawFile(directory).read().orElse(null);
		Purge.requireBets(directory);
		Path bets = directory.file(StoreDirectory.BETS);
		if (recorded == null) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE, nothingToVerify(directory));
		}
		if (!Files.isReadable(bets)) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE, String.format(Locale.ROOT, "%s can't be read", bets));
		}
		Judgement judgement = Judgement.of(directory, recorded.winningNumber());
		Frame draw = judgement.draw();
		Books books = new Books();
		String badRow = read(bets, books, recorded.winningNumber());
		DrawRecord computed = (draw != null) ? draw.drawRecord(recorded.name(), books)
				: DrawRecord.of(recorded.name(), recorded.winningNumber(), recorded.instant(), books.records());
		String difference = (badRow != null) ? badRow
				: recorded.difference(computed, (agency) -> books.winners(agency).kept());
		if (difference == null) {
			difference = judgement.refusal(recorded);
		}
		else if (judgement.place() != null) {
			difference += " (" + judgement.place() + ")";
		}
		return new Verification(difference, recorded, computed);
	}

	/** Whether a record is of all rows of a {@code bets.csv}, and of no other bets. */
	public static boolean isOfBets(Path bets, DrawRecord recorded) throws IOException {
		Books books = new Books();
		boolean rows = read(bets, books, recorded.winningNumber()) == null;
		DrawRecord computed = DrawRecord.of(recorded.name(), recorded.winningNumber(), recorded.instant(),
				books.records());
		return rows && recorded.difference(computed, (agency) -> books.winners(agency).kept()) == null;
	}

	private static @Nullable String read(Path bets, Books books, int winningNumber) throws IOException {
		try (FileChannel file = FileChannel.open(bets, StandardOpenOption.READ)) {
			FileWindow rows = new FileWindow(file);
			Scanned scanned = RowScanner.scan(rows, 0, rows.size(),
					(agency, bytes, from, end) -> books.store(agency, 1, bytes, from, end, winningNumber));
			long line = scanned.rows() + 1;
			return switch (scanned.flaw()) {
				case NONE -> null;
				case NO_AGENCY -> String.format(Locale.ROOT, "line %d of bets.csv begins with no agency", line);
				case NO_ROW -> String.format(Locale.ROOT, "line %d of bets.csv is no row of a bet", line);
				case NO_END -> String.format(Locale.ROOT, "bets.csv ends in the middle of line %d", line);
			};
		}
	}

	private static String nothingToVerify(StoreDirectory directory) throws IOException, StoreFailure {
		if (!Files.isDirectory(directory.path())) {
			return directory.path() + " is no directory";
		}
		return (Judgement.of(directory, 0).draw() != null)
				? String.format(Locale.ROOT,
						"%s has no %s, although the draw has happened: a central that is started there makes it anew",
						directory.path(), DrawFile.NAME)
				: String.format(Locale.ROOT, "%s has no %s: no draw has happened there", directory.path(),
						DrawFile.NAME);
	}

	/**
	 * What a central would make of the journal and the bets.
	 *
	 * @param draw the draw as the journal has it, if it is there and has it
	 * @param name of the draw, as the journal has it; empty where it does not know
	 * @param refusal why it would not start, or null
	 * @param place where the files differ, or null
	 */
	private record Judgement(@Nullable Frame draw, String name, @Nullable String refusal, @Nullable String place) {

		@Nullable String refusal(DrawRecord recorded) {
			boolean another = !this.name.isEmpty() && !this.name.equals(recorded.name());
			return (this.refusal == null && another)
					? String.format(Locale.ROOT, "the draw is \"%s\", not \"%s\"", this.name, recorded.name())
					: this.refusal;
		}

		static Judgement of(StoreDirectory directory, int winningNumber) throws IOException, StoreFailure {
			Path journal = directory.file(StoreDirectory.JOURNAL);
			if (!Files.isReadable(journal)) {
				boolean hadOne = Files.exists(directory.file(StoreDirectory.STORE));
				return new Judgement(null, "", hadOne ? String.format(Locale.ROOT, "%s is there, but %s is missing",
						StoreDirectory.STORE, StoreDirectory.JOURNAL) : null, null);
			}
			try (FileChannel bets = FileChannel.open(directory.file(StoreDirectory.BETS), StandardOpenOption.READ);
					FileChannel entries = FileChannel.open(journal, StandardOpenOption.READ)) {
				Recovered recovered = Recovery.run(entries, bets, directory.file(StoreDirectory.STORE), winningNumber);
				String refusal = (recovered.draw() == null) ? DrawCheck.UNKNOWN_TO_JOURNAL : null;
				return new Judgement(recovered.draw(), recovered.name(), refusal, recovered.place());
			}
			catch (StoreFailure ex) {
				if (ex.kind() == StoreFailure.Kind.UNUSABLE) {
					// of another format version, about which nothing can be said
					throw ex;
				}
				return new Judgement(null, "", ex.getMessage(), ex.getMessage());
			}
		}

	}

}
