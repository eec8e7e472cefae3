package loteria.central.settings;

import java.util.HashMap;
import java.util.Map;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.process.SystemText;
import loteria.process.Variables;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Has Spring read the variables of the environment as they were given: accented letters
 * in any locale, and an empty variable as none. One that nobody can read is refused, if
 * it is the central's own.
 */
final class RealVariables implements ApplicationListener<ApplicationEnvironmentPreparedEvent>,
		ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	private static final String PREFIX = "CENTRAL_";

	private final Map<String, String> variables = Variables.given();

	/** Before everybody who reads a variable; of equals, the first added comes first. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		event.getEnvironment()
			.getPropertySources()
			.replace(source, new SystemEnvironmentPropertySource(source, new HashMap<>(this.variables)));
	}

	/** By now there is a log to say it in. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		this.variables.forEach((name, value) -> {
			if (name.startsWith(PREFIX) && !SystemText.isWhole(value)) {
				throw new InvalidSettingException(name, value, Variables.RULE);
			}
		});
	}

}
