package loteria.agency.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import loteria.agency.ending.Failure;
import loteria.process.FileProblem;
import loteria.process.SettingsFile;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.resolver.Resolver;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * The course's {@code config.yaml}, which need not exist.
 */
public record ConfigFile(Path path) {

	private static final List<Tag> NUMBERS = List.of(Tag.INT, Tag.FLOAT);

	private static final String ALLOWED = "readable YAML with keys and values";

	public boolean exists() {
		return SettingsFile.exists(this.path);
	}

	/**
	 * @return what stands there, from top to bottom
	 */
	public List<Said> read() throws Failure {
		List<Said> said = new ArrayList<>();
		if (!exists()) {
			return said;
		}
		byte[] text = text();
		try {
			requirePlain(text);
			for (PropertySource<?> document : new YamlPropertySourceLoader().load(this.path.toString(),
					new FileSystemResource(this.path))) {
				if (document instanceof EnumerablePropertySource<?> properties) {
					for (String name : properties.getPropertyNames()) {
						said.add(new Said(name, String.valueOf(properties.getProperty(name)),
								String.valueOf(OriginLookup.getOrigin(properties, name))));
					}
				}
			}
			return said;
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() == null) ? 1 : ex.getProblemMark().getLine() + 1;
			throw refused(String.valueOf(ex.getProblem()), ALLOWED, "line " + line);
		}
		catch (IOException | YAMLException | IllegalStateException ex) {
			throw refused(String.valueOf(ex.getMessage()), ALLOWED, "the file");
		}
	}

	/** What YAML would take for something else than it shows. */
	private void requirePlain(byte[] text) throws Failure {
		Resolver resolver = new Resolver();
		for (Event event : new Yaml().parse(new UnicodeReader(new ByteArrayInputStream(text)))) {
			String from = "line " + (event.getStartMark().getLine() + 1);
			if (event instanceof AliasEvent alias) {
				throw refused("*" + alias.getAnchor(), SettingsFile.ALIAS, from);
			}
			if (event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getTag() == null
					&& NUMBERS.contains(resolver.resolve(NodeId.scalar, scalar.getValue(), true))
					&& SettingsFile.isMisread(scalar.getValue())) {
				throw refused(scalar.getValue(), SettingsFile.MISREAD, from);
			}
		}
	}

	/** What YAML would say in its own words otherwise, or not at all. */
	private byte[] text() throws Failure {
		if (Files.isDirectory(this.path)) {
			throw refused("a directory", "a file; Docker makes a directory of a mounted file that is not there",
					"the file system");
		}
		byte[] text = bytes();
		ByteBuffer bytes = ByteBuffer.wrap(text);
		try {
			StandardCharsets.UTF_8.newDecoder().decode(bytes);
			return text;
		}
		catch (CharacterCodingException ex) {
			// the decoder stops before the first byte that it can't read
			long line = line(bytes);
			throw refused("byte 0x" + HexFormat.of().toHexDigits(bytes.get()), "UTF-8", "line " + line);
		}
	}

	private byte[] bytes() throws Failure {
		try {
			return SettingsFile.read(this.path);
		}
		catch (IOException ex) {
			throw refused(FileProblem.of(ex),
					"a file of at most 1 MB that user " + System.getProperty("user.name") + " may read",
					"the file system");
		}
	}

	/** In which line the byte before the position stands. */
	private static long line(ByteBuffer bytes) {
		String before = StandardCharsets.ISO_8859_1.decode(bytes.duplicate().flip()).toString();
		return before.chars().filter((c) -> c == '\n').count() + 1;
	}

	private Failure refused(String what, String allowed, String from) {
		return Given.refused(this.path.toString(), what, allowed, from);
	}

}
