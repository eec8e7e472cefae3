package loteria.central.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import loteria.process.FileProblem;
import loteria.process.SettingsFile;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.resolver.Resolver;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Reads the files of settings before the framework does, which names neither the file nor
 * does it in a line. One that can't be read is kept from the framework until there is a
 * log to say so.
 */
public final class SettingsFiles implements SettingsSource {

	private static final String LOCATION = "spring.config.location";

	private static final List<String> LOCATIONS = List.of(LOCATION, "spring.config.additional-location",
			"spring.config.import");

	private static final List<Tag> NUMBERS = List.of(Tag.INT, Tag.FLOAT);

	private static final List<String> NAMES = List.of("application.yaml", "application.yml", "application.properties");

	/** Of a directory each of whose files is a setting, as secrets are mounted. */
	private static final String TREE = "configtree:";

	@Override
	public Runnable read(ConfigurableEnvironment environment) {
		for (Path file : files(environment)) {
			String fault = fault(file);
			if (fault != null) {
				environment.getPropertySources()
					.addFirst(new MapPropertySource("without files", Map.of(LOCATION, "classpath:/",
							"spring.config.additional-location", "", "spring.config.import", "")));
				return () -> {
					throw new UnusableFileException(file + fault);
				};
			}
		}
		return NOTHING_TO_SAY;
	}

	/** Those that are there, and those that are asked for by name. */
	private static List<Path> files(Environment environment) {
		List<Path> files = new ArrayList<>();
		if (!environment.containsProperty(LOCATION)) {
			addFrom(Path.of(""), files);
			addFrom(Path.of("config"), files);
			try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("config"), Files::isDirectory)) {
				directories.forEach((directory) -> addFrom(directory, files));
			}
			catch (NoSuchFileException | NotDirectoryException ex) {
				// there need not be any
			}
			catch (IOException ex) {
				files.add(Path.of("config"));
			}
		}
		for (String key : LOCATIONS) {
			for (String location : environment.getProperty(key, "").split("[,;]")) {
				addAsked(location.strip(), files);
			}
		}
		return files;
	}

	private static void addFrom(Path directory, List<Path> files) {
		NAMES.stream().map(directory::resolve).filter(SettingsFile::exists).forEach(files::add);
	}

	private static void addAsked(String location, List<Path> files) {
		boolean optional = location.startsWith("optional:");
		String place = location.substring(optional ? "optional:".length() : 0);
		if (place.startsWith(TREE)) {
			addTree(Path.of(place.substring(TREE.length()).replace("*/", "")), files);
			return;
		}
		Path path = Path.of(place.startsWith("file:") ? place.substring("file:".length()) : place);
		if (NAMES.stream().anyMatch((name) -> place.endsWith(name.substring(name.indexOf('.'))))) {
			if (!place.startsWith("classpath:") && !(optional && !SettingsFile.exists(path))) {
				files.add(path);
			}
		}
		else if (Files.isDirectory(path) && !place.isEmpty()) {
			addFrom(path, files);
		}
		else if (!optional && place.matches("(file:)?/[^*\\[]+") && !SettingsFile.exists(path)) {
			files.add(path);
		}
	}

	private static void addTree(Path tree, List<Path> files) {
		try (Stream<Path> found = Files.walk(tree, FileVisitOption.FOLLOW_LINKS)) {
			found.filter((path) -> !Files.isDirectory(path)).forEach(files::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// the framework says so, unless it need not be there
		}
	}

	/**
	 * @return what follows the file's name in a message, or null if nothing is wrong
	 */
	private static @Nullable String fault(Path file) {
		if (!SettingsFile.exists(file)) {
			return " is not there";
		}
		if (Files.isDirectory(file)) {
			return " is a directory where a file belongs; a container makes one of a file that it can't find to mount";
		}
		if (Files.isRegularFile(file) && !Files.isReadable(file)) {
			return " may not be read by this user";
		}
		try {
			byte[] bytes = SettingsFile.read(file);
			boolean yaml = file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
			return yaml ? fault(bytes) : null;
		}
		catch (MarkedYAMLException ex) {
			Mark mark = ex.getProblemMark();
			String problem = (ex.getContext() != null) ? ex.getContext() + ", " + ex.getProblem() : ex.getProblem();
			return (mark != null) ? at(mark.getLine() + 1, mark.getColumn() + 1, problem) : ": " + problem;
		}
		catch (ReaderException ex) {
			return at(before(file, ex.getPosition()),
					String.format(Locale.ROOT, "U+%04X does not belong in a file of settings", ex.getCodePoint()));
		}
		catch (YAMLException ex) {
			return at(before(file, Integer.MAX_VALUE), "this is not UTF-8");
		}
		catch (IOException ex) {
			return ": " + FileProblem.of(ex);
		}
		catch (RuntimeException ex) {
			return ": " + ex.getMessage();
		}
	}

	private static @Nullable String fault(byte[] bytes) throws IOException {
		Resolver resolver = new Resolver();
		for (Event event : new Yaml().parse(new UnicodeReader(new ByteArrayInputStream(bytes)))) {
			int line = event.getStartMark().getLine() + 1;
			int column = event.getStartMark().getColumn() + 1;
			if (event instanceof AliasEvent alias) {
				return at(line, column, "*" + alias.getAnchor() + ": " + SettingsFile.ALIAS);
			}
			if (event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getTag() == null
					&& NUMBERS.contains(resolver.resolve(NodeId.scalar, scalar.getValue(), true))
					&& SettingsFile.isMisread(scalar.getValue())) {
				return at(line, column, scalar.getValue() + ": " + SettingsFile.MISREAD);
			}
		}
		new YamlPropertySourceLoader().load("settings", new ByteArrayResource(bytes));
		return null;
	}

	private static String at(int line, int column, String problem) {
		return ", line " + line + ", column " + column + ": " + problem.replaceAll("\\s+", " ");
	}

	private static String at(String before, String problem) {
		return at((int) before.chars().filter((c) -> c == '\n').count() + 1, before.length() - before.lastIndexOf('\n'),
				problem);
	}

	/** What is good UTF-8 in the first {@code most} characters of a file. */
	private static String before(Path file, int most) {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
			CharBuffer good = CharBuffer.allocate(bytes.remaining());
			StandardCharsets.UTF_8.newDecoder().decode(bytes, good, true);
			String text = good.flip().toString();
			return text.substring(0, Math.min(most, text.length()));
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * A file of settings that can't be read.
	 */
	public static final class UnusableFileException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		private UnusableFileException(String message) {
			super(message);
		}

	}

}
