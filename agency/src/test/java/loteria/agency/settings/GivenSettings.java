package loteria.agency.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import loteria.agency.ending.Failure;
import loteria.agency.moving.MovedIn;
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

	private static final Path NOWHERE = Path.of("target", "there-is-no-directory");

	private GivenSettings() {
	}

	public static Settings of(String... arguments) throws Failure {
		return of(Map.of(), NO_FILE, arguments);
	}

	public static Settings of(Map<String, Object> variables, String... arguments) throws Failure {
		return of(variables, NO_FILE, arguments);
	}

	static Settings of(Map<String, Object> variables, Path configFile, String... arguments) throws Failure {
		return of(variables, configFile, NOWHERE, NOWHERE, arguments);
	}

	/**
	 * @param here in the place of the working directory
	 * @param root in the place of the file system's
	 */
	public static Settings of(Map<String, Object> variables, Path here, Path root) throws Failure {
		return of(variables, here.resolve("config.yaml"), here, root);
	}

	private static Settings of(Map<String, Object> variables, Path configFile, Path here, Path root,
			String... arguments) throws Failure {
		return SettingsReader.read(new DefaultApplicationArguments(arguments), environment(variables, arguments),
				new ConfigFile(configFile), new MovedIn(here, root));
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
		application.setEnvironmentPrefix(SettingsReader.PREFIX.toLowerCase(Locale.ROOT));
		new SystemEnvironmentPropertySourceEnvironmentPostProcessor().postProcessEnvironment(environment, application);
		return environment;
	}

}
