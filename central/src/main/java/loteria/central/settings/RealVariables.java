package loteria.central.settings;

import java.util.HashMap;
import java.util.Map;

import loteria.process.SystemText;
import loteria.process.Variables;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Has Spring read the variables of the environment as they were given: accented letters
 * in any locale, and an empty variable as none. One that is no text is refused, if it is
 * the central's own.
 */
final class RealVariables implements SettingsSource {

	private static final String PREFIX = "CENTRAL_";

	@Override
	public Runnable read(ConfigurableEnvironment environment) {
		Map<String, String> variables = Variables.given();
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(source, new SystemEnvironmentPropertySource(source, new HashMap<>(variables)));
		return variables.entrySet()
			.stream()
			.filter((variable) -> variable.getKey().startsWith(PREFIX) && !SystemText.isWhole(variable.getValue()))
			.findFirst()
			.map((variable) -> SettingsSource.refusal(variable.getKey(), variable.getValue(), Variables.RULE))
			.orElse(NOTHING_TO_SAY);
	}

}
