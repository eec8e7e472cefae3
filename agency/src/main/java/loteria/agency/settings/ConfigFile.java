package loteria.agency.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import loteria.agency.ending.Failure;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The course's {@code config.yaml}, which need not exist.
 */
public record ConfigFile(Path path) {

	private static final String ALLOWED = "readable YAML with keys and values";

	/**
	 * @return its properties, with where they stand
	 */
	List<EnumerablePropertySource<?>> read() throws Failure {
		List<EnumerablePropertySource<?>> documents = new ArrayList<>();
		if (Files.notExists(this.path)) {
			return documents;
		}
		try {
			for (PropertySource<?> document : new YamlPropertySourceLoader().load(this.path.toString(),
					new FileSystemResource(this.path))) {
				if (document instanceof EnumerablePropertySource<?> properties) {
					documents.add(properties);
				}
			}
			return documents;
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() == null) ? 1 : ex.getProblemMark().getLine() + 1;
			throw Given.refused(this.path.toString(), String.valueOf(ex.getProblem()), ALLOWED, "line " + line);
		}
		catch (IOException | YAMLException | IllegalStateException ex) {
			throw Given.refused(this.path.toString(), String.valueOf(ex.getMessage()), ALLOWED, "the file");
		}
	}

}
