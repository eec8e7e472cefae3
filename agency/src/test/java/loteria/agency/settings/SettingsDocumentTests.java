package loteria.agency.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings of the agency in docs/settings.md are those that there are.
 */
class SettingsDocumentTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| ([^|]*) \\| ", Pattern.MULTILINE);

	@Test
	void eachSettingStandsThereWithItsDefaultAndNothingElse() throws IOException {
		String document = Files.readString(Path.of("../docs/settings.md"));
		String agency = document.substring(document.indexOf("\n## Settings of the agency"));
		assertThat(ROW.matcher(agency).results().map((row) -> row.group(1) + " = " + row.group(2).replace("\\", "")))
			.containsExactlyInAnyOrderElementsOf(
					Stream.of(Key.values()).map((key) -> key + " = " + key.standard()).toList());
	}

}
