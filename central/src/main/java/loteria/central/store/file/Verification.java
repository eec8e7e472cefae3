package loteria.central.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * Checks a draw by making its record anew from {@code bets.csv} alone. The journal, if it
 * is there, is asked only when the draw was and which number won, and where in the file a
 * difference lies.
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
		DrawRecord recorded = new DrawFile(directory).read().orElse(null);
		JournalEntry draw = draw(directory);
		if (recorded == null) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE, nothingToVerify(directory, draw != null));
		}
		Path bets = directory.resolve(FileBetStore.BETS);
		if (!Files.isReadable(bets)) {
			throw new StoreFailure(StoreFailure.Kind.UNUSABLE, bets + " can't be read");
		}
		Books books = new Books();
		String badRow = PlainRows.read(bets, books, recorded.winningNumber());
		DrawRecord computed = (draw != null) ? draw.drawRecord(recorded.name(), books)
				: DrawRecord.of(recorded.name(), recorded.winningNumber(), recorded.instant(), books.records());
		String difference = (badRow != null) ? badRow : recorded.difference(computed);
		if (difference != null) {
			difference += place(directory, recorded.winningNumber());
		}
		return new Verification(directory, difference, recorded, computed);
	}

	private static String nothingToVerify(Path directory, boolean drawn) {
		if (!Files.isDirectory(directory)) {
			return directory + " is no directory";
		}
		return drawn
				? directory + " has no " + DrawFile.NAME
						+ ", although the draw has happened: a central that is started there makes it anew"
				: directory + " has no " + DrawFile.NAME + ": no draw has happened there";
	}

	/** The draw as the journal has it, if it is there and has it. */
	private static @Nullable JournalEntry draw(Path directory) throws IOException {
		Path journal = directory.resolve(FileBetStore.JOURNAL);
		if (!Files.isReadable(journal)) {
			return null;
		}
		try (FileChannel file = FileChannel.open(journal, StandardOpenOption.READ)) {
			return Survey.of(new JournalReader(file)).draw();
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
