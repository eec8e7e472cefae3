package loteria.central.moving;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
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
				|| !(system.getSource().get(DIALECT) instanceof String named)) {
			return;
		}
		Map<String, Object> rest = new HashMap<>(system.getSource());
		List.of(DIALECT, HTTP_PORT, FormerCentral.PORT).forEach(rest::remove);
		sources.replace(name, new SystemEnvironmentPropertySource(name, rest));
		Map<String, String> variables = new HashMap<>();
		system.getSource().forEach((key, value) -> variables.put(key, value.toString()));
		try {
			FormerCentral former = FormerCentral.of(dialect(named), variables, this.root);
			Map<String, Object> settings = former.settings();
			if (variables.containsKey(HTTP_PORT)) {
				settings.put("server.port", FormerCentral.whole(HTTP_PORT, variables.get(HTTP_PORT), 65535));
			}
			sources.addAfter(name, new MapPropertySource(DIALECT, settings));
			// a command has settings too, but copies nothing
			if (application.getWebApplicationType() != WebApplicationType.NONE) {
				application.addInitializers(new Later((context) -> begin(context, former)));
			}
		}
		catch (InvalidSettingException ex) {
			application.addInitializers(new Later((_) -> {
				throw ex;
			}));
		}
	}

	private static Dialect dialect(String name) {
		return Dialects.named(name.strip())
			.orElseThrow(() -> new InvalidSettingException(DIALECT, name,
					"one of " + Dialects.all().stream().map(Dialect::name).collect(Collectors.joining(", "))));
	}

	private static void begin(ConfigurableApplicationContext context, FormerCentral former) {
		log.info("action: config | result: success | {}", former.describe());
		// only files can be followed; bets of a database are exported
		if (FILES.equalsIgnoreCase(context.getEnvironment().getProperty("central.store.type"))) {
			context.getBeanFactory()
				.registerSingleton("betsCopy", new BetsCopy(context.getEnvironment(), former.bets()));
		}
	}

	/**
	 * What is done, or told, when there is a log.
	 */
	private record Later(Consumer<ConfigurableApplicationContext> work)
			implements
				ApplicationContextInitializer<ConfigurableApplicationContext>,
				Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			this.work.accept(context);
		}

	}

}
