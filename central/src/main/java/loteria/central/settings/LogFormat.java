package loteria.central.settings;

import java.util.Locale;
import java.util.Map;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads {@code LOGGING_FORMAT}: {@code text} for the course's lines, {@code json} for an
 * object a line, as ECS has it.
 */
public final class LogFormat implements ApplicationListener<ApplicationEnvironmentPreparedEvent>,
		ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	static final String NAME = "LOGGING_FORMAT";

	public static final String ALLOWED = "text or json";

	private @Nullable String impossible;

	/** Before the listener that sets logging up. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		ConfigurableEnvironment environment = event.getEnvironment();
		String format = environment.getProperty(NAME, "");
		switch (format.strip().toLowerCase(Locale.ROOT)) {
			case "", "text" -> {
			}
			case "json" -> environment.getPropertySources()
				.addLast(new MapPropertySource(NAME, Map.of("logging.structured.format.console", "ecs")));
			default -> this.impossible = format;
		}
	}

	/** Says so if the format was impossible; by now there is a log to say it in. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (this.impossible != null) {
			throw new InvalidSettingException(NAME, this.impossible, ALLOWED);
		}
	}

}
