package loteria.agency.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import loteria.process.Spelling;

/**
 * What the program says about itself.
 */
public final class Usage {

	private static final List<String> HELP = List.of("--help", "-h");

	private static final List<String> VERSION = List.of("--version", "-V");

	private static final String HEAD = """
			usage: java -jar agency.jar [--<key>=<value>]...
			       java -jar agency.jar --help | --version

			Sends the bets of a file (firstName,lastName,document,birthdate,number a row) to the central and
			tells the winners. Where NOMBRE, APELLIDO, DOCUMENTO, NACIMIENTO and NUMERO are set, it sends that
			one bet instead. Settings come from arguments, from the environment and from ./config.yaml, of
			which the first counts; an empty variable is none.

			""";

	private static final String TAIL = """

			Durations are written as in Go: 500ms, 5s, 1m30s.

			Exit codes:
			  0  all done, or stopped when told to with no bets under way
			  1  the central could not be reached, or refused; or stopped with bets in doubt
			  2  configuration or file can't be used
			  3  all done, but rows were skipped
			  4  what the central has stored for this agency are not the bets of its file
			  5  the draw did not happen within wait.limit
			""";

	private Usage() {
	}

	/**
	 * The answer to a program whose arguments ask for help or for its version, whatever
	 * they say besides.
	 */
	public static Optional<String> answer(List<String> arguments) {
		if (arguments.stream().anyMatch(HELP::contains)) {
			return Optional.of(text());
		}
		return arguments.stream().anyMatch(VERSION::contains) ? Optional.of(version()) : Optional.empty();
	}

	private static String text() {
		StringBuilder text = new StringBuilder(HEAD);
		for (Key key : Key.values()) {
			text.append("  --").append(key).append("  ").append(key.variable()).append('\n');
			text.append("      ").append(key.meaning()).append('\n');
			text.append("      ").append(key.allowed()).append("; unless told: ").append(key.standard()).append('\n');
		}
		return text.append(TAIL).toString();
	}

	/** What the jar says; outside of one there is none. */
	private static String version() {
		return "agency " + Objects.requireNonNullElse(Usage.class.getPackage().getImplementationVersion(), "unpacked")
				+ "\n";
	}

	/** The argument that was probably meant by {@code argument}, which does not exist. */
	static Optional<String> nearest(String argument) {
		String name = argument.replaceFirst("^-+", "").replaceFirst("=.*", "");
		return Spelling.nearest(name,
				Stream.concat(Stream.of(Key.values()).map(Key::toString), Stream.of("help", "version")).toList());
	}

}
