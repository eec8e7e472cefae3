package loteria.central.settings;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings of the central in docs/settings.md are those that there are.
 */
class SettingsDocumentTests {

	private static final Pattern ROW = Pattern
		.compile("^\\| `((?:central|server|management|spring)\\.[^`]+)` \\| ([^|]*) \\| ", Pattern.MULTILINE);

	private static final String LISTENER = "central.listeners.";

	private static final String ANY_LISTENER = LISTENER + "<name>.";

	private static final String NONE = "–";

	private static Map<String, String> document = Map.of();

	@BeforeAll
	static void read() throws IOException {
		document = new LinkedHashMap<>();
		ROW.matcher(Files.readString(Path.of("../docs/settings.md")))
			.results()
			.forEach((row) -> assertThat(document.put(row.group(1), row.group(2))).as(row.group(1)).isNull());
	}

	@Test
	void eachSettingStandsThereWithItsDefault() {
		Map<String, String> expected = new LinkedHashMap<>();
		KnownSettings.defaults()
			.forEach((key, value) -> expected.put(key, value.toString().isEmpty() ? NONE : value.toString()));
		expected.keySet().removeIf((key) -> key.startsWith(LISTENER));
		assertThat(document).containsAllEntriesOf(expected);
	}

	@Test
	void eachSettingOfAListenerStandsThereWithItsDefault() {
		assertThat(document.keySet().stream().filter((key) -> key.startsWith(ANY_LISTENER)))
			.containsExactlyInAnyOrderElementsOf(
					Stream.concat(keys(Listener.class, ANY_LISTENER), keys(Listener.Ssl.class, ANY_LISTENER + "ssl."))
						.filter((key) -> !key.equals(ANY_LISTENER + "ssl"))
						.toList());
		Stream.of(Listener.class, Listener.Ssl.class)
			.flatMap((type) -> Stream.of(type.getRecordComponents()))
			.forEach(SettingsDocumentTests::requireDefault);
	}

	private static void requireDefault(RecordComponent component) {
		DefaultValue standard = component.getAnnotation(DefaultValue.class);
		if (standard != null) {
			String value = String.join("", standard.value());
			String prefix = (component.getDeclaringRecord() == Listener.class) ? ANY_LISTENER : ANY_LISTENER + "ssl.";
			assertThat(document).containsEntry(prefix + DataObjectPropertyName.toDashedForm(component.getName()),
					value.isEmpty() ? NONE : value);
		}
	}

	private static Stream<String> keys(Class<?> type, String prefix) {
		return Stream.of(Objects.requireNonNull(type.getRecordComponents()))
			.map((component) -> prefix + DataObjectPropertyName.toDashedForm(component.getName()));
	}

	@Test
	void nothingElseStandsThere() {
		List<String> keys = document.keySet().stream().map((key) -> key.replace("<name>", "lines")).toList();
		assertThat(KnownSettings.unknown(keys)).isEmpty();
	}

}
