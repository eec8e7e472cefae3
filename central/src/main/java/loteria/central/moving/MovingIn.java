package loteria.central.moving;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * With {@code CENTRAL_DIALECT=<name>} this central stands in for the one of the system
 * that speaks that dialect: its variables and its {@code config.ini} are heeded,
 * {@code SERVER_PORT} is the agencies' port, HTTP has {@code CENTRAL_HTTP_PORT}, and the
 * bets also appear where that central had them. What is said in our own words wins.
 */
public final class MovingIn implements EnvironmentPostProcessor {

	static final String DIALECT = "CENTRAL_DIALECT";

	private static final String HTTP_PORT = "CENTRAL_HTTP_PORT";

	private static final String FILES = "file";

	private static final Logger log = LoggerFactory.getLogger(MovingIn.class);

	private final Path root;

	public MovingIn() {
		this(Path.of("/"));
	}

	/**
	 * @param root of the places that are absolute
	 */
	MovingIn(Path root) {
		this.root = root;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		MutablePropertySources sources = environment.getPropertySources();
		if (!(sources.get(name) instanceof SystemEnvironmentPropertySource system)
				|| !(system.getSource().get(DIALECT) instanceof String dialect)) {
			return;
		}
		Map<String, Object> rest = new HashMap<>(system.getSource());
		List.of(DIALECT, HTTP_PORT, FormerSettings.PORT).forEach(rest::remove);
		sources.replace(name, new SystemEnvironmentPropertySource(name, rest));
		Map<String, String> variables = new HashMap<>();
		system.getSource().forEach((key, value) -> variables.put(key, value.toString()));
		Outcome outcome = outcome(dialect, variables);
		sources.addAfter(name, new MapPropertySource(DIALECT, outcome.settings));
		// a command has settings too, but copies nothing
		boolean isCentral = application.getWebApplicationType() != WebApplicationType.NONE;
		application
			.addInitializers(isCentral ? outcome : new Outcome(outcome.settings, outcome.line, null, outcome.fault));
	}

	private Outcome outcome(String name, Map<String, String> variables) {
		try {
			Dialect dialect = Dialects.named(name.strip())
				.orElseThrow(() -> new InvalidSettingException(DIALECT, name,
						"one of " + Dialects.all().stream().map(Dialect::name).collect(Collectors.joining(", "))));
			FormerPlaces places = FormerPlaces.of(dialect, this.root);
			Optional<ConfigIni> file = ConfigIni.find(places.configIni());
			FormerSettings settings = FormerSettings.of(variables, file);
			Map<String, Object> translated = settings.translated(dialect);
			Optional.ofNullable(variables.get(HTTP_PORT))
				.ifPresent((port) -> translated.put("server.port", FormerSettings.whole(HTTP_PORT, port, 1, 65535)));
			places.store().ifPresent((directory) -> translated.put("central.store.directory", directory.toString()));
			String line = "dialect: " + dialect.name() + " | config_ini: "
					+ file.map((ini) -> ini.file().toString()).orElse("none") + " | bets_csv: "
					+ places.bets().toAbsolutePath() + settings.describe();
			return new Outcome(translated, line, places, null);
		}
		catch (InvalidSettingException ex) {
			return new Outcome(Map.of(), "", null, ex);
		}
	}

	/** Told when there is a log to tell it. */
	private record Outcome(Map<String, Object> settings, String line, @Nullable FormerPlaces places,
			@Nullable InvalidSettingException fault)
			implements
				ApplicationContextInitializer<ConfigurableApplicationContext>,
				Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			if (this.fault != null) {
				throw this.fault;
			}
			if (this.places == null) {
				return;
			}
			log.info("action: config | result: success | {}", this.line);
			// only files can be followed; bets of a database are exported
			if (FILES.equalsIgnoreCase(context.getEnvironment().getProperty("central.store.type"))) {
				context.getBeanFactory()
					.registerSingleton("betsCopy", new BetsCopy(context.getEnvironment(), this.places.bets()));
			}
		}

	}

}
