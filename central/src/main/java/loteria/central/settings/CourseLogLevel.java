package loteria.central.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code LOGGING_LEVEL=DEBUG} as the course means it: the level of the central's
 * own log lines. Spring takes the name for a map of levels and stumbles over the value,
 * so it is taken out of its sight.
 */
public final class CourseLogLevel implements SettingsSource {

	private static final String NAME = "LOGGING_LEVEL";

	/** What the framework calls it. */
	public static final String PROPERTY = "logging.level.loteria";

	public static final String ALLOWED = "one of DEBUG, INFO, WARNING, ERROR, CRITICAL";

	@Override
	public Runnable read(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		if (!(sources.get(source) instanceof SystemEnvironmentPropertySource system)
				|| !(system.getSource().get(NAME) instanceof String level)) {
			return NOTHING_TO_SAY;
		}
		Map<String, Object> rest = new HashMap<>(system.getSource());
		rest.remove(NAME);
		sources.replace(source, new SystemEnvironmentPropertySource(source, rest));
		Optional<String> translated = translate(level);
		if (translated.isEmpty()) {
			return SettingsSource.refusal(NAME, level, ALLOWED);
		}
		sources.addBefore(source, new MapPropertySource(NAME, Map.of(PROPERTY, translated.get())));
		return NOTHING_TO_SAY;
	}

	/** As the framework says it; empty for a level that there is not. */
	public static Optional<String> translate(String level) {
		return Optional.ofNullable(switch (level.strip().toUpperCase(Locale.ROOT)) {
			case "DEBUG" -> "DEBUG";
			case "INFO" -> "INFO";
			case "WARN", "WARNING" -> "WARN";
			case "ERROR", "CRITICAL" -> "ERROR";
			default -> null;
		});
	}

}
