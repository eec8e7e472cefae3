package loteria.agency.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import loteria.agency.ending.Failure;
import loteria.agency.settings.Interpreter.Interpretation;
import loteria.bet.InvalidBet;
import loteria.process.SystemText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Where settings come from, in this order: arguments, variables of the environment,
 * {@code config.yaml}. What no setting is called is refused, except in the environment,
 * which is not the agency's alone.
 */
final class Sources {

	private static final Logger log = LoggerFactory.getLogger(Sources.class);

	private final ConfigurableEnvironment environment;

	private final List<Said> said;

	private final List<String> withoutEffect;

	private Sources(ConfigurableEnvironment environment, Interpretation interpretation) {
		this.environment = environment;
		this.said = new ArrayList<>(interpretation.said());
		this.withoutEffect = interpretation.withoutEffect();
	}

	/**
	 * @param environment with the arguments in it
	 */
	static Sources of(ApplicationArguments arguments, ConfigurableEnvironment environment, ConfigFile configFile,
			Interpreter interpreter) throws Failure {
		refuseUnknown(arguments);
		Interpretation interpretation = interpreter.interpret(configFile, environment.getSystemEnvironment());
		for (Said said : interpretation.said()) {
			refuseUnknown(said);
		}
		Sources sources = new Sources(environment, interpretation);
		sources.warnOfUnknownVariables(interpretation);
		sources.said.addAll(interpretation
			.concluded((key) -> Key.named(key).flatMap((named) -> sources.first(named).map(Given::value))));
		return sources;
	}

	private static void refuseUnknown(ApplicationArguments arguments) throws Failure {
		Optional<String> unreadable = SystemText.refusal(List.of(arguments.getSourceArgs()));
		if (unreadable.isPresent()) {
			throw Failure.unusable("config", "reason: " + InvalidBet.printable(unreadable.get(), Integer.MAX_VALUE));
		}
		for (String option : arguments.getOptionNames()) {
			List<String> values = Objects.requireNonNullElse(arguments.getOptionValues(option), List.of());
			refuseUnknown(new Said(option, String.join(",", values), "arguments"));
			if (values.size() > 1) {
				throw Given.refused(option, String.join(",", values), "one value", "arguments");
			}
		}
		for (String argument : arguments.getNonOptionArgs()) {
			throw Given.refused(argument, "", "arguments of the form --key=value", "arguments",
					Usage.nearest(argument));
		}
	}

	private static void refuseUnknown(Said said) throws Failure {
		if (Key.named(said.name()).isEmpty()) {
			throw Given.refused(said.name(), said.value(), "one of the keys " + Key.all(), said.from(),
					Usage.nearest(said.name()));
		}
	}

	private void warnOfUnknownVariables(Interpretation interpretation) {
		String prefix = SettingsReader.PREFIX + "_";
		List<String> known = Stream.of(Key.values()).map(Key::variable).toList();
		for (String variable : environment().keySet()) {
			if (variable.startsWith(prefix) && !known.contains(variable) && !interpretation.isKnown(variable)) {
				log.warn("action: config | result: in_progress | key: {} | reason: ignored, there is no such setting{}",
						InvalidBet.printable(variable), Given.nearest(Key.nearestVariable(variable)));
			}
		}
	}

	/** Variables and their values. */
	Map<String, Object> environment() {
		return this.environment.getSystemEnvironment();
	}

	/** What was said and has no effect. */
	List<String> withoutEffect() {
		return this.withoutEffect;
	}

	/**
	 * What stands first for {@code key}; nothing at all, or a blank, is as if absent.
	 */
	Optional<Given> find(Key key) throws Failure {
		Optional<Given> given = first(key);
		if (given.isPresent()) {
			given.get().requireFilledIn();
		}
		return given;
	}

	private Optional<Given> first(Key key) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(key.property());
			String value = (property == null) ? "" : value(key, property, source);
			if (property != null && !value.isBlank()) {
				String from = (property.getOrigin() == null) ? "arguments" : property.getOrigin().toString();
				return Optional.of(new Given(key, value.strip(), from));
			}
		}
		return this.said.stream()
			.filter((one) -> Key.named(one.name()).equals(Optional.of(key)) && !one.value().isBlank())
			.findFirst()
			.map((one) -> new Given(key, one.value().strip(), one.from()));
	}

	private static String value(Key key, ConfigurationProperty property, ConfigurationPropertySource source) {
		String value = property.getValue().toString();
		boolean bare = value.isEmpty() && source.getUnderlyingSource() instanceof CommandLinePropertySource<?>;
		return (bare && key == Key.FINISH_EMPTY) ? "true" : value;
	}

}
