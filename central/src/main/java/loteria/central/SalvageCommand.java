package loteria.central;

import java.io.IOException;
import java.nio.file.Path;

import loteria.central.store.StoreFailure;
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.salvage.Salvage;
import loteria.process.FileProblem;

/**
 * {@code salvage <directory>}: sets aside what of a damaged store can't be kept, so that
 * a central starts with the rest. Ends with 0 if one would now, 1 if the disk failed, 2
 * if there is no store, a central runs on it, or it is of another format version, 3 if
 * none can be made of what is there.
 */
final class SalvageCommand {

	static final String NAME = "salvage";

	static final String USAGE = "java -jar central.jar salvage <store directory>";

	private static final String HELP = """
			usage: <usage>

			Sets aside what of a damaged store can't be kept, so that a central starts with the rest, and says what that
			is. No central may run on it. Exit codes: 0 a central would start now; 1 the disk failed; 2 there is no store,
			a central runs on it, or it is of another format version; 3 no store can be made of what is there, which is as
			it was."""
		.replace("<usage>", USAGE);

	private SalvageCommand() {
	}

	static int run(String[] args) {
		if (Help.isAskedFor(args)) {
			Help.answer(args, HELP, System.out);
			return Exit.SUCCESS;
		}
		CommandLine line = CommandLine.of(args, USAGE, 1, 1).orElse(null);
		if (line == null) {
			return Exit.UNUSABLE;
		}
		if (!line.settings().isEmpty()) {
			return CommandLine.refuse(NAME, "it takes no settings, as " + line.settings().getFirst(), USAGE);
		}
		try {
			new Salvage(new StoreDirectory(Path.of(line.words().getFirst()), Disk.REAL), System.out::println).run();
			return Exit.SUCCESS;
		}
		catch (StoreFailure ex) {
			System.err.println("salvage: " + ex.getMessage());
			return Exit.of(ex);
		}
		catch (IOException ex) {
			System.err.println(
					"salvage: " + FileProblem.withFile(ex) + "; the store is as it was, but for files that were added");
			return Exit.FAILURE;
		}
	}

}
