package loteria.central.settings;

import java.util.Locale;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads {@code LOGGING_FORMAT}: {@code text} for the course's lines, {@code json} for an
 * object a line, as ECS has it.
 */
public final class LogFormat implements SettingsSource {

	static final String NAME = "LOGGING_FORMAT";

	public static final String ALLOWED = "text or json";

	@Override
	public Runnable read(ConfigurableEnvironment environment) {
		String format = environment.getProperty(NAME, "");
		switch (format.strip().toLowerCase(Locale.ROOT)) {
			case "", "text" -> {
			}
			case "json" -> environment.getPropertySources()
				.addLast(new MapPropertySource(NAME, Map.of("logging.structured.format.console", "ecs")));
			default -> {
				return SettingsSource.refusal(NAME, format, ALLOWED);
			}
		}
		return NOTHING_TO_SAY;
	}

}
