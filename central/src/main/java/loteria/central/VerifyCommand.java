package loteria.central;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.disk.Verification;
import loteria.central.store.postgres.DrawArchive;
import loteria.process.FileProblem;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code verify [<directory>] [--json]}: checks a draw without starting a central. Ends
 * with 0 if it is verified, 1 if not, 2 if there is nothing to verify.
 */
final class VerifyCommand {

	static final String NAME = "verify";

	static final String USAGE = "java -jar central.jar verify [<store directory>|--<setting>=<value>...] [--json]";

	private static final String JSON = "--json";

	private static final String HELP = """
			usage: <usage>

			Makes the record of a draw anew from what is stored and compares it with draw.json, or with the record in the
			database; without a directory, of the store that the settings name. Changes nothing; needs no central. With --json the result is for programs. Exit codes: 0 verified; 1 not verified, the first
			difference is named; 2 there is nothing to verify, or it can't be read."""
		.replace("<usage>", USAGE);

	private VerifyCommand() {
	}

	static int run(String[] args) {
		if (Help.isAskedFor(args)) {
			Help.answer(args, HELP, System.out);
			return Exit.SUCCESS;
		}
		CommandLine line = CommandLine.of(args, USAGE, 0, 1, JSON).orElse(null);
		if (line == null) {
			return Exit.UNUSABLE;
		}
		if (!line.words().isEmpty() && !line.settings().isEmpty()) {
			return CommandLine.refuse(NAME,
					"a store directory is named, so " + line.settings().getFirst() + " would mean nothing", USAGE);
		}
		return CommandSettings.run(NAME, () -> run(line));
	}

	/** Whatever is in the way of a verification, it is not one that failed. */
	private static int run(CommandLine line) {
		try {
			Verification verification = verify(line);
			print(verification, line.flags().contains(JSON), System.out);
			return verification.isVerified() ? Exit.SUCCESS : Exit.FAILURE;
		}
		catch (IOException ex) {
			System.err.println("verify: " + FileProblem.withFile(ex));
			return Exit.UNUSABLE;
		}
		catch (StoreFailure ex) {
			System.err.println("verify: " + ex.getMessage());
			return Exit.UNUSABLE;
		}
	}

	private static Verification verify(CommandLine line) throws IOException, StoreFailure {
		if (!line.words().isEmpty()) {
			return Verification.of(Path.of(line.words().getFirst()));
		}
		CommandSettings settings = CommandSettings.read(line.settings());
		return settings.isOfDatabase() ? settings.inDatabase(DrawArchive::verify)
				: Verification.of(settings.central().store().directory());
	}

	private static void print(Verification verification, boolean json, PrintStream out) {
		DrawRecord computed = verification.computed();
		if (json) {
			Map<String, Object> result = new LinkedHashMap<>();
			result.put("verified", verification.isVerified());
			result.put("difference", verification.difference());
			result.put("recorded", verification.recorded());
			result.put("computed", verification.computed());
			out.println(
					JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(result));
		}
		else if (computed != null && verification.isVerified()) {
			out.printf(Locale.ROOT, "verified: draw \"%s\" over %d bets, sha256 %s%n", computed.name(), computed.bets(),
					computed.sha256());
		}
		else {
			out.println("not verified: " + verification.difference());
		}
	}

}
