package loteria.agency.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import loteria.agency.ending.Failure;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Settings as the program would read them, from an environment of the test's own.
 */
public final class GivenSettings {

	private static final Path NO_FILE = Path.of("target", "there-is-no-config.yaml");

	private GivenSettings() {
	}

	public static Settings of(String... arguments) throws Failure {
		return of(Map.of(), NO_FILE, arguments);
	}

	public static Settings of(Map<String, Object> variables, String... arguments) throws Failure {
		return of(variables, NO_FILE, arguments);
	}

	public static Settings of(Map<String, Object> variables, Path configFile, String... arguments) throws Failure {
		return new SettingsReader(Sources.of(new DefaultApplicationArguments(arguments),
				environment(variables, arguments), new ConfigFile(configFile)))
			.read();
	}

	private static ConfigurableEnvironment environment(Map<String, Object> variables, String... arguments) {
		StandardEnvironment environment = new StandardEnvironment() {

			@Override
			public Map<String, Object> getSystemEnvironment() {
				return variables;
			}

		};
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		ConfigurationPropertySources.attach(environment);
		SpringApplication application = new SpringApplication(GivenSettings.class);
		application.setEnvironmentPrefix(Sources.PREFIX.toLowerCase(Locale.ROOT));
		new SystemEnvironmentPropertySourceEnvironmentPostProcessor().postProcessEnvironment(environment, application);
		return environment;
	}

}
