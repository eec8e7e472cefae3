package loteria.central;

import java.util.Locale;

import loteria.central.store.disk.Disk;
import loteria.central.store.disk.Purge;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.postgres.DrawArchive;

/**
 * {@code purge <draw> --keep-record}: removes the bets of a draw that is over, and with
 * them all that names people; its record stays.
 */
final class PurgeCommand {

	static final String NAME = "purge";

	static final String USAGE = "java -jar central.jar purge <draw> --keep-record [--<setting>=<value>]...";

	private static final String DRAW_NAME = "--central.draw.name=";

	private static final String KEEP_RECORD = "--keep-record";

	private static final String HELP = """
			usage: <usage>

			Removes the bets and the winners' documents of a draw that is over from the store that the settings name, for good,
			and keeps its record with its hashes. Agencies are not told their winners any more, and the draw can't be verified
			any more but with bets that were exported before. No central may run on a store of files. The name of the draw must
			be the one it has. Exit codes: 0 removed; 1 the disk failed; 2 the draw is not there, has not happened, or a setting
			is unusable; 3 the store is damaged."""
		.replace("<usage>", USAGE);

	private PurgeCommand() {
	}

	static int run(String[] args) {
		if (Help.isAskedFor(args)) {
			Help.answer(args, HELP, System.out);
			return Exit.SUCCESS;
		}
		CommandLine line = CommandLine.of(args, USAGE, 1, 1, KEEP_RECORD).orElse(null);
		if (line == null) {
			return Exit.UNUSABLE;
		}
		if (!line.flags().contains(KEEP_RECORD)) {
			return CommandLine.refuse(NAME, "say " + KEEP_RECORD
					+ ": the bets are removed, for ever; the record of the draw and its hashes stay", USAGE);
		}
		return CommandSettings.run(NAME, () -> {
			String draw = line.words().getFirst();
			// the one that is named, whatever a central would draw next; twice would be a
			// list
			line.settings().removeIf((setting) -> setting.startsWith(DRAW_NAME));
			line.settings().add(DRAW_NAME + draw);
			CommandSettings settings = CommandSettings.read(line.settings());
			long bets = settings.isOfDatabase() ? settings.inDatabase(DrawArchive::purge)
					: new Purge(new StoreDirectory(settings.central().store().directory(), Disk.REAL)).run(draw);
			System.out.printf(Locale.ROOT, "purged: %d bets of draw \"%s\"; its record stays%n", bets, draw);
			return Exit.SUCCESS;
		});
	}

}
