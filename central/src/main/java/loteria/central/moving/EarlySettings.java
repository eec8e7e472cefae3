package loteria.central.moving;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.Listener;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * The port and the store of a central that stands in for another, read without the
 * framework: for its own settings that takes longer than its peers wait. Only where
 * nothing but the former central's variables and {@code config.ini} can have a word in
 * them, and how they are told to the user; else the framework's answer is waited for.
 *
 * @param dialect the name of the only listener, too
 */
public record EarlySettings(String dialect, Listener listener, Path store) {

	/** Of all that begins so, the framework or this central may make another setting. */
	private static final List<String> OTHER_SOURCES = List.of("CENTRAL_LISTENERS", "CENTRAL_STORE", "SPRING_",
			"LOGGING_");

	/** The course's own name of the level. */
	private static final String LEVEL = "LOGGING_LEVEL";

	private static final Path HERE = Path.of("");

	private static final Path CONFIG = Path.of("config");

	/**
	 * @param arguments of the program
	 * @return nothing if something else may have a word, or something is wrong with the
	 * settings
	 */
	public static Optional<EarlySettings> of(String[] arguments, Map<String, String> variables) {
		String name = variables.get(MovingIn.DIALECT);
		if (name == null) {
			return Optional.empty();
		}
		try {
			Optional<EarlySettings> read = Dialects.named(name.strip())
				.map((dialect) -> of(dialect, variables, Path.of("/")));
			// asked in any case: the run that the cache of classes is made of has
			// arguments
			boolean others = haveOtherSources(variables.keySet())
					| haveOtherSources(System.getProperties().stringPropertyNames()) | hasFiles(HERE)
					| hasFiles(CONFIG);
			return (others || arguments.length > 0) ? Optional.empty() : read;
		}
		catch (InvalidSettingException | IOException ex) {
			// said when there is a log
			return Optional.empty();
		}
	}

	static EarlySettings of(Dialect dialect, Map<String, String> variables, Path root) {
		FormerCentral former = FormerCentral.of(dialect, variables, root);
		return new EarlySettings(dialect.name(), former.listener(), former.store().orElse(Path.of("store")));
	}

	private static boolean haveOtherSources(Set<String> names) {
		return names.stream()
			.map((name) -> name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", ""))
			.anyMatch((name) -> !name.equals(LEVEL) && OTHER_SOURCES.stream().anyMatch(name::startsWith));
	}

	/** Whether there are files of settings where the framework looks for them. */
	static boolean hasFiles(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			return false;
		}
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				if (file.getFileName().toString().startsWith("application")
						|| directory.equals(CONFIG) && Files.isDirectory(file)) {
					return true;
				}
			}
		}
		return false;
	}

}
