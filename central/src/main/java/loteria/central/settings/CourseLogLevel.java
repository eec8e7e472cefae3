package loteria.central.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code LOGGING_LEVEL=DEBUG} as the course means it: the level of the central's
 * own log lines. Spring takes the name for a map of levels and stumbles over the value,
 * so it is taken out of its sight.
 */
public final class CourseLogLevel implements ApplicationListener<ApplicationEnvironmentPreparedEvent>,
		ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	private static final String NAME = "LOGGING_LEVEL";

	/** What the framework calls it. */
	public static final String PROPERTY = "logging.level.loteria";

	public static final String ALLOWED = "one of DEBUG, INFO, WARNING, ERROR, CRITICAL";

	private @Nullable String impossible;

	/** Before the listener that sets logging up. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		MutablePropertySources sources = event.getEnvironment().getPropertySources();
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		if (!(sources.get(source) instanceof SystemEnvironmentPropertySource system)
				|| !(system.getSource().get(NAME) instanceof String level)) {
			return;
		}
		Map<String, Object> rest = new HashMap<>(system.getSource());
		rest.remove(NAME);
		sources.replace(source, new SystemEnvironmentPropertySource(source, rest));
		translate(level).ifPresentOrElse(
				(translated) -> sources.addBefore(source, new MapPropertySource(NAME, Map.of(PROPERTY, translated))),
				() -> this.impossible = level);
	}

	/** Says so if the level was impossible; by now there is a log to say it in. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (this.impossible != null) {
			throw new InvalidSettingException(NAME, this.impossible, ALLOWED);
		}
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
