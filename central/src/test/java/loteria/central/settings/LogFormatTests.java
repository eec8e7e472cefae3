package loteria.central.settings;

import java.util.Map;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LogFormatTests {

	private static final String PROPERTY = "logging.structured.format.console";

	@Test
	void jsonIsThatOfEcs() {
		assertThat(read("JSON").getProperty(PROPERTY)).isEqualTo("ecs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "", " " })
	void theCoursesLinesAreTheDefault(String format) {
		assertThat(read(format).getProperty(PROPERTY)).isNull();
	}

	@Test
	void refusesAFormatThatThereIsNot() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> read("xml"))
			.withMessage("LOGGING_FORMAT=xml must be text or json");
	}

	private static StandardEnvironment read(String format) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(LogFormat.NAME, format)));
		new LogFormat().read(environment).run();
		return environment;
	}

}
