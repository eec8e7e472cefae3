package loteria.central;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import loteria.central.store.disk.Export;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.FileWindow;
import loteria.central.store.disk.Purge;
import loteria.central.store.disk.RowScanner;
import loteria.central.store.disk.RowScanner.Flaw;
import loteria.central.store.disk.StoreDirectory;

/**
 * {@code export <file>}: writes the bets of a store as {@code bets.csv}, whatever it
 * keeps them in.
 */
final class ExportCommand {

	static final String NAME = "export";

	static final String USAGE = "java -jar central.jar export <file> [--safe] [--<setting>=<value>]...";

	private static final String SAFE = "--safe";

	private static final String HELP = """
			usage: <usage>

			Writes the bets of the store that the settings name into a new file, the rows byte for byte those of bets.csv;
			of a database each agency's together, in stored order. With --safe a name that a spreadsheet would take for a
			formula (=, +, -, @) gets an apostrophe in front: for people, not for 'verify'. Exit codes: 0 written; 1 the disk
			failed; 2 there is nothing to export, or the file is there already; 3 the store is damaged."""
		.replace("<usage>", USAGE);

	private ExportCommand() {
	}

	static int run(String[] args) {
		if (Help.isAskedFor(args)) {
			Help.answer(args, HELP, System.out);
			return Exit.SUCCESS;
		}
		CommandLine line = CommandLine.of(args, USAGE, 1, 1, SAFE).orElse(null);
		if (line == null) {
			return Exit.UNUSABLE;
		}
		return CommandSettings.run(NAME, () -> {
			CommandSettings settings = CommandSettings.read(line.settings());
			Path file = Path.of(line.words().getFirst());
			long rows = write(settings, file, line.flags().contains(SAFE));
			System.out.printf(Locale.ROOT, "exported: %d bets to %s%n", rows, file);
			return Exit.SUCCESS;
		});
	}

	private static long write(CommandSettings settings, Path file, boolean safe) throws StoreFailure, IOException {
		boolean done = false;
		try (Export export = new Export(file, safe)) {
			if (settings.isOfDatabase()) {
				settings.inDatabase((draw) -> {
					draw.read(export::row);
					return true;
				});
			}
			else {
				Path directory = settings.central().store().directory();
				Purge.requireBets(new StoreDirectory(directory, Disk.REAL));
				read(directory.resolve(StoreDirectory.BETS), export);
			}
			done = true;
			return export.rows();
		}
		catch (FileAlreadyExistsException ex) {
			done = true;
			throw new StoreFailure(Kind.UNUSABLE, file + " is there already; name a file that is not", ex);
		}
		finally {
			if (!done) {
				Files.deleteIfExists(file);
			}
		}
	}

	private static void read(Path bets, Export export) throws StoreFailure, IOException {
		if (!Files.isReadable(bets)) {
			throw new StoreFailure(Kind.UNUSABLE, bets + " can't be read; see central.store.directory");
		}
		try (FileChannel channel = FileChannel.open(bets, StandardOpenOption.READ)) {
			FileWindow rows = new FileWindow(channel);
			Flaw flaw = RowScanner.scan(rows, 0, rows.size(), export::row).flaw();
			if (flaw != Flaw.NONE) {
				throw new StoreFailure(Kind.CORRUPT, String.format(Locale.ROOT,
						"line %d of %s is no row of a bet, or is being written; a start of the central would mend it",
						export.rows() + 1, bets));
			}
		}
	}

}
