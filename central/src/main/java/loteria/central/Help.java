package loteria.central;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

import loteria.central.settings.CourseLogLevel;
import loteria.central.settings.KnownSettings;
import loteria.central.settings.LogFormat;
import org.springframework.core.io.ClassPathResource;

/**
 * What {@code --help} and {@code --version} answer, and what a wrong command line is
 * answered.
 */
final class Help {

	static final String USAGE = """
			usage: java -jar central.jar [--<setting>=<value>]...
			       <verify>
			       <salvage>
			       <export>
			       <import>
			       <purge>
			       java -jar central.jar --help | --version""".replace("<verify>", VerifyCommand.USAGE)
		.replace("<salvage>", SalvageCommand.USAGE)
		.replace("<export>", ExportCommand.USAGE)
		.replace("<import>", ImportCommand.USAGE)
		.replace("<purge>", PurgeCommand.USAGE);

	private static final List<String> HELP = List.of("--help", "-h");

	private static final List<String> VERSION = List.of("--version", "-V");

	private Help() {
	}

	static boolean isAskedFor(String[] args) {
		return Arrays.stream(args).anyMatch((arg) -> HELP.contains(arg) || VERSION.contains(arg));
	}

	/**
	 * @param help what to say if it is help that is asked for
	 */
	static void answer(String[] args, String help, PrintStream out) {
		out.println(Arrays.stream(args).anyMatch(HELP::contains) ? help : "central " + version());
	}

	/** For a word among the arguments that is not a setting. */
	static String noSuchWord(String[] args, int at) {
		String before = (at > 0) ? args[at - 1] : "";
		return (before.startsWith("--") && !before.contains("="))
				? "'" + args[at] + "' has no place: write " + before + "=" + args[at] + "\n" + USAGE
				: "there is no '" + args[at] + "'\n" + USAGE;
	}

	/** How to start it, and every setting with its default. */
	static String ofCentral() {
		return """
				<usage>

				Starts the central, or does something to its store: each command explains itself with --help. Settings and
				their defaults:

				<settings>

				Those that have none:

				  --central.listeners.<name>.address=<address>
				      where it listens; on all of the machine's addresses unless told
				  --central.listeners.<name>.peers=<address>|<network>,...
				      from where who may speak, for which agencies; anybody unless told
				  --central.listeners.<name>.backlog=<number>
				      how many may wait to be accepted; 511 unless told
				  --central.listeners.<name>.ssl.bundle=<name>
				      TLS with that bundle (spring.ssl.bundle.pem.<name>); none unless told
				  --central.listeners.<name>.ssl.client-auth=none|want|need
				      whether an agency shows its certificate; need unless told
				  --central.listeners.<name>.ssl.handshake=<time>
				      how long the beginning of TLS may take; 10s unless told
				  --management.server.port=<port>
				      health, metrics and the like on a port of their own; on server.port unless told
				  --spring.datasource.password=<password>
				      of the database; better as a variable, which no list of processes shows

				Each also as an environment variable (CENTRAL_DRAW_TIMEOUT=60s) or in config/application.yaml. docs/settings.md
				says what each means. Variables of the environment alone:

				  LOGGING_LEVEL=<level>
				      <levels>; INFO unless told
				  LOGGING_FORMAT=<format>
				      <formats>: a line for people, or an object a line as ECS has it; text unless told
				  CENTRAL_DIALECT=<name>
				      stand in for the central of another system: that dialect alone, on its port, with its config.ini

				Exit codes: <codes>."""
			.replace("<usage>", USAGE)
			.replace("<settings>", settings())
			.replace("<levels>", CourseLogLevel.ALLOWED)
			.replace("<formats>", LogFormat.ALLOWED)
			.replace("<codes>", Exit.CODES);
	}

	private static String settings() {
		return KnownSettings.defaults()
			.entrySet()
			.stream()
			.map((setting) -> "  --" + setting.getKey() + "=" + setting.getValue())
			.collect(Collectors.joining("\n"));
	}

	private static String version() {
		try (InputStream in = new ClassPathResource("META-INF/build-info.properties").getInputStream()) {
			Properties build = new Properties();
			build.load(in);
			return build.getProperty("build.version");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the jar is not complete", ex);
		}
	}

}
