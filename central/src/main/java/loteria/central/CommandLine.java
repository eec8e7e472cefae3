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
	 * @return empty where there is something else among it
	 */
	static Optional<CommandLine> of(String[] args, String... known) {
		CommandLine line = new CommandLine(new ArrayList<>(), new HashSet<>(), new ArrayList<>());
		for (String arg : Arrays.asList(args).subList(1, args.length)) {
			if (Arrays.asList(known).contains(arg)) {
				line.flags.add(arg);
			}
			else if (!arg.startsWith("--")) {
				line.words.add(arg);
			}
			else if (arg.contains("=")) {
				line.settings.add(arg);
			}
			else {
				return Optional.empty();
			}
		}
		return Optional.of(line);
	}

}
