package loteria.central;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.file.FileBetStore;

/**
 * {@code import <directory>}: takes the store in a directory over into the database.
 */
final class ImportCommand {

	static final String NAME = "import";

	static final String USAGE = "java -jar central.jar import <store directory> [--<setting>=<value>]...";

	private static final String HELP = """
			usage: <usage>

			Takes over the store of one central into the database that the settings name, whole or not at all: bets, agencies
			that have finished, and the draw if it has happened. No central may run on the directory, which stays as it is; the
			draw must have the same name and winning number, and be new to the database. An agency in the middle of its bets
			goes on where it was. Exit codes: 0 taken over; 1 the disk failed, or bets were not the same; 2 a setting, the
			directory or the database is unusable; 3 the store is damaged."""
		.replace("<usage>", USAGE);

	private ImportCommand() {
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
		return CommandSettings.run(NAME, () -> {
			CommandSettings settings = CommandSettings.read(line.settings());
			Path directory = Path.of(line.words().getFirst());
			if (!settings.isOfDatabase()) {
				throw new StoreFailure(Kind.UNUSABLE,
						"central.store.type=file, but bets are imported into a database; set it to postgres, and spring.datasource.url");
			}
			if (!Files.exists(directory.resolve(StoreDirectory.JOURNAL))) {
				throw new StoreFailure(Kind.UNUSABLE, directory + " is no store: it has no " + StoreDirectory.JOURNAL);
			}
			FileBetStore.Options options = new FileBetStore.Options(directory, settings.central().draw().name(),
					settings.central().draw().winningNumber(), 0);
			try (FileBetStore store = FileBetStore.open(options, new SimpleMeterRegistry(), (ex) -> {
			})) {
				long bets = settings.intoDatabase((draw) -> draw.run(store, directory.resolve(StoreDirectory.BETS)));
				System.out.printf(Locale.ROOT, "imported: %d bets of draw \"%s\" from %s, %d agencies finished, %s%n",
						bets, options.drawName(), directory, store.closedAgencies().size(),
						store.drawn().isPresent() ? "drawn" : "not drawn");
				return Exit.SUCCESS;
			}
		});
	}

}
