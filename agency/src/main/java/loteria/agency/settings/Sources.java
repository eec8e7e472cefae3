package loteria.agency.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.agency.ending.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Where settings come from, in this order: arguments, variables of the environment,
 * {@code config.yaml}. What no setting is called is refused, except in the environment,
 * which is not the agency's alone.
 */
public final class Sources {

	private static final Logger log = LoggerFactory.getLogger(Sources.class);

	/** Of the agency's variables, before an underscore. */
	public static final String PREFIX = "CLI";

	private final ConfigurableEnvironment environment;

	private Sources(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * @param environment with the arguments in it; gets the course's file added
	 */
	public static Sources of(ApplicationArguments arguments, ConfigurableEnvironment environment, ConfigFile configFile)
			throws Failure {
		for (String option : arguments.getOptionNames()) {
			refuseUnknown(option, String.join(",", arguments.getOptionValues(option)), "arguments");
		}
		for (String argument : arguments.getNonOptionArgs()) {
			throw Given.refused(argument, "", "arguments of the form --key=value", "arguments");
		}
		for (EnumerablePropertySource<?> file : configFile.read()) {
			for (String name : file.getPropertyNames()) {
				refuseUnknown(name, String.valueOf(file.getProperty(name)), file.getName());
			}
			environment.getPropertySources().addLast(file);
		}
		Sources sources = new Sources(environment);
		sources.warnOfUnknownVariables();
		return sources;
	}

	private static void refuseUnknown(String name, String value, String from) throws Failure {
		if (Key.named(name).isEmpty()) {
			throw Given.refused(name, value, "one of the keys " + Key.all(), from);
		}
	}

	private void warnOfUnknownVariables() {
		Set<String> known = Stream.of(Key.values()).map(Key::variable).collect(Collectors.toSet());
		for (String variable : environment().keySet()) {
			if (variable.startsWith(PREFIX + "_") && !known.contains(variable)) {
				log.warn("action: config | result: in_progress | key: {} | reason: ignored, there is no such setting",
						variable);
			}
		}
	}

	/** Variables and their values. */
	Map<String, Object> environment() {
		return this.environment.getSystemEnvironment();
	}

	/** What stands first for {@code key}; nothing at all, or a blank, is as if absent. */
	Optional<Given> find(Key key) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(key.property());
			String value = (property == null) ? "" : value(key, property, source);
			if (property != null && !value.isBlank()) {
				String from = (property.getOrigin() == null) ? "arguments" : property.getOrigin().toString();
				return Optional.of(new Given(key, value.strip(), from));
			}
		}
		return Optional.empty();
	}

	private static String value(Key key, ConfigurationProperty property, ConfigurationPropertySource source) {
		String value = property.getValue().toString();
		boolean bare = value.isEmpty() && source.getUnderlyingSource() instanceof CommandLinePropertySource<?>;
		return (bare && key == Key.FINISH_EMPTY) ? "true" : value;
	}

}
