package loteria.agency.settings;

import org.springframework.boot.ApplicationArguments;

/**
 * What {@code --help} prints.
 */
public final class Usage {

	private static final String HEAD = """
			java -jar agency.jar [--key=value …]

			Sends the bets of a file (firstName,lastName,document,birthdate,number) to the central and
			tells the winners. Where NOMBRE, APELLIDO, DOCUMENTO, NACIMIENTO and NUMERO are set, it sends
			that one bet. Settings come from ./config.yaml, from the environment, and from arguments:

			""";

	private static final String TAIL = """

			Exit code: 0 done, 1 the central failed or refused, or bets were under way when it was stopped,
			2 configuration or file can't be used, 3 done but rows were skipped, 4 what the central has
			stored for this agency is not what its file has.
			""";

	private Usage() {
	}

	public static boolean isAskedFor(ApplicationArguments arguments) {
		return arguments.containsOption("help") || arguments.getNonOptionArgs().contains("-h");
	}

	public static String text() {
		StringBuilder text = new StringBuilder(HEAD);
		for (Key key : Key.values()) {
			text.append("  --%-17s %-22s %s%n".formatted(key, key.variable(), key.allowed()));
			text.append("  %42s unless told: %s%n".formatted("", key.standard()));
		}
		return text.append(TAIL).toString();
	}

}
