package loteria.central;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind the name of a command.
 *
 * @param words what is neither of the others
 * @param flags of those that the command knows
 * @param settings of the central, {@code --<setting>=<value>} each
 */
record CommandLine(List<String> words, Set<String> flags, List<String> settings) {

	/**
	 * @param usage said on standard error behind what is wrong
	 * @param least how many words there must be
	 * @param most how many there may be
	 * @return empty where something is wrong, which is said then
	 */
	static Optional<CommandLine> of(String[] args, String usage, int least, int most, String... known) {
		CommandLine line = new CommandLine(new ArrayList<>(), new HashSet<>(), new ArrayList<>());
		for (String arg : Arrays.asList(args).subList(1, args.length)) {
			if (Arrays.asList(known).contains(arg)) {
				line.flags.add(arg);
			}
			else if (arg.startsWith("--") && arg.contains("=")) {
				line.settings.add(arg);
			}
			else if (arg.startsWith("--") || line.words.size() == most) {
				refuse(args[0], arg.startsWith("--") ? "there is no " + arg : "'" + arg + "' is one too many", usage);
				return Optional.empty();
			}
			else {
				line.words.add(arg);
			}
		}
		if (line.words.size() < least) {
			refuse(args[0], "say of what", usage);
			return Optional.empty();
		}
		return Optional.of(line);
	}

	static int refuse(String name, String reason, String usage) {
		System.err.println(name + ": " + reason + "\nusage: " + usage);
		return Exit.UNUSABLE;
	}

}
