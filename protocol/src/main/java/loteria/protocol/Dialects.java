package loteria.protocol;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The dialects there are: those of the class path, and those of the jars in
 * {@value #DIRECTORY} beside the program's own jar. Each is named in
 * {@code META-INF/services/loteria.protocol.Dialect}, a line each.
 */
public final class Dialects {

	static final String DIRECTORY = "dialects";

	/** What a name of settings, variables of the environment and metrics can have. */
	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

	private static final Dialects FOUND = find(directory());

	private final List<Dialect> all;

	private final @Nullable String problem;

	private Dialects(List<Dialect> all, @Nullable String problem) {
		this.all = all.stream().sorted(Comparator.comparingInt(Dialect::port)).toList();
		this.problem = problem;
	}

	/** In the order of their ports. */
	public static List<Dialect> all() {
		return FOUND.all;
	}

	/** Those that the agency speaks. */
	public static List<Dialect> ofAgencies() {
		return all().stream().filter((dialect) -> dialect.client(1, 1).isPresent()).toList();
	}

	public static Optional<Dialect> named(String name) {
		return all().stream().filter((dialect) -> dialect.name().equals(name)).findFirst();
	}

	/**
	 * What is wrong with a jar of {@value #DIRECTORY}, in one line. A program asks before
	 * all else, and does not start: an agency might wait for a port that is not opened.
	 */
	public static Optional<String> problem() {
		return Optional.ofNullable(FOUND.problem);
	}

	/** Of a program that was started with {@code java -jar}. */
	private static Path directory() {
		String program = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
		return Path.of(program).toAbsolutePath().resolveSibling(DIRECTORY);
	}

	private static Dialects find(Path directory) {
		List<Dialect> all = new ArrayList<>();
		ServiceLoader.load(Dialect.class, Dialects.class.getClassLoader()).forEach(all::add);
		if (!Files.isDirectory(directory)) {
			return new Dialects(all, null);
		}
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
			for (Path jar : jars) {
				String problem = add(jar, all);
				if (problem != null) {
					return new Dialects(all, "the dialect in " + jar + " can't be used: " + problem);
				}
			}
			return new Dialects(all, null);
		}
		catch (IOException ex) {
			return new Dialects(all, "the dialects in " + directory + " can't be read: " + ex);
		}
	}

	/** Returns what is wrong with the jar. */
	private static @Nullable String add(Path jar, List<Dialect> all) throws IOException {
		// open as long as the program runs: classes are read when they are needed
		ClassLoader loader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, Dialects.class.getClassLoader());
		List<Dialect> added;
		try {
			added = ServiceLoader.load(Dialect.class, loader)
				.stream()
				.filter((provider) -> provider.type().getClassLoader() == loader)
				.map(ServiceLoader.Provider::get)
				.toList();
		}
		catch (ServiceConfigurationError | LinkageError ex) {
			return ((ex.getCause() != null) ? ex.getCause() : ex).toString().replace('\n', ' ');
		}
		if (added.isEmpty()) {
			return "it names none in META-INF/services/" + Dialect.class.getName();
		}
		for (Dialect dialect : added) {
			if (!NAME.matcher(dialect.name()).matches()) {
				return "it is called '" + dialect.name() + "'; a name has small letters and digits";
			}
			if (all.stream().anyMatch((other) -> other.name().equals(dialect.name()))) {
				return "another one is called " + dialect.name() + ", too";
			}
			all.add(dialect);
		}
		return null;
	}

}
