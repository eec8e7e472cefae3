package loteria.central;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.sun.management.UnixOperatingSystemMXBean;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.IgnoredVariables;
import loteria.central.settings.KnownSettings;
import loteria.central.settings.Listener;
import loteria.central.store.StoreFailure;
import loteria.central.tcp.Capacity;
import loteria.central.tcp.Capacity.Machine;
import loteria.process.FileProblem;
import loteria.process.SettingsFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Looks at the settings before anything is made of them: whether there are such, whether
 * they can be true at the same time, and whether the process has room for what they say.
 */
final class Preflight implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final String HTTP_PORT = "server.port";

	private static final String MANAGEMENT_PORT = "management.server.port";

	private static final String HTTP_CONNECTIONS = "server.tomcat.max-connections";

	private static final String BUNDLES = "spring.ssl.bundle";

	private static final List<String> PATHS = List.of("server.servlet.context-path", "spring.mvc.servlet.path",
			"management.server.base-path", "management.endpoints.web.base-path");

	private static final String LOWERED = "lowered";

	private static final Logger log = LoggerFactory.getLogger(Preflight.class);

	private final Claim claim;

	Preflight(Claim claim) {
		this.claim = claim;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		requireKnown(environment);
		IgnoredVariables.in(environment)
			.forEach((name) -> log.warn(
					"action: config | result: in_progress | key: {} | reason: ignored, there is no such setting",
					name));
		requireFiles(environment);
		PATHS.forEach((key) -> requirePath(key, environment.getProperty(key, "")));
		CentralSettings settings = Binder.get(environment)
			.bind("central", Bindable.of(CentralSettings.class),
					new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
			.get();
		List<Listener> listeners = settings.listeners().values().stream().filter(Listener::enabled).toList();
		int httpPorts = requireDistinctPorts(settings, environment);
		Capacity capacity = Capacity.of(settings.connections(), whole(environment, HTTP_CONNECTIONS, 1), httpPorts,
				listeners.size(), listeners.stream().anyMatch((listener) -> listener.ssl() != null), machine());
		capacity.lowered().forEach((line) -> log.warn("action: config | result: in_progress | {}", line));
		environment.getPropertySources()
			.addFirst(new MapPropertySource(LOWERED, Map.of(HTTP_CONNECTIONS, capacity.http())));
		context.getBeanFactory().registerSingleton("capacity", capacity);
		context.getBeanFactory().registerSingleton("ports", this.claim.ports());
		context.getBeanFactory().registerSingleton("claim", this.claim);
		((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean("claim", this.claim::close);
		// certificates are settings, too, and not looked at yet: what they are for is
		// claimed when they are known to be right
		if (listeners.stream().allMatch((listener) -> listener.ssl() == null)) {
			claim(settings);
		}
	}

	private void claim(CentralSettings settings) {
		try {
			this.claim.settle(settings);
		}
		catch (StoreFailure ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Arguments and files; the environment has variables that are meant for others. */
	private static boolean isOfUser(PropertySource<?> source) {
		return source instanceof CommandLinePropertySource || source instanceof OriginTrackedMapPropertySource
				&& !source.getName().contains("class path resource");
	}

	/** Refuses the first setting that was given and does not exist. */
	static void requireKnown(ConfigurableEnvironment environment) {
		environment.getPropertySources()
			.stream()
			.filter(Preflight::isOfUser)
			.forEach((source) -> requireKnown((EnumerablePropertySource<?>) source));
	}

	private static void requireKnown(EnumerablePropertySource<?> source) {
		for (String name : KnownSettings.unknown(Arrays.asList(source.getPropertyNames()))) {
			throw new UnknownSettingException(name, source.getProperty(name));
		}
	}

	/**
	 * Of certificates and keys: what is no file would be waited for, or fill the heap.
	 */
	private static void requireFiles(ConfigurableEnvironment environment) {
		Binder.get(environment)
			.bind(BUNDLES, Bindable.mapOf(String.class, String.class))
			.orElse(Map.of())
			.forEach((key, value) -> {
				String place = value.startsWith("file:") ? value.substring("file:".length()) : value;
				Path file = place.matches("[^:\\n]+") ? Path.of(place) : null;
				if (file != null && Files.exists(file)) {
					try {
						SettingsFile.read(file);
					}
					catch (IOException ex) {
						throw new InvalidSettingException(BUNDLES + "." + key, value,
								"a file of at most 1 MB: " + FileProblem.of(ex));
					}
				}
			});
	}

	private static void requirePath(String key, String path) {
		if (!path.isEmpty() && !path.startsWith("/")) {
			throw new InvalidSettingException(key, path, "a path that begins with a slash");
		}
	}

	/** Returns how many of the ports are for HTTP. */
	private static int requireDistinctPorts(CentralSettings settings, ConfigurableEnvironment environment) {
		Map<String, Listener> listening = new LinkedHashMap<>();
		new TreeMap<>(settings.listeners()).entrySet()
			.stream()
			.filter((entry) -> entry.getValue().enabled())
			.forEach((entry) -> requireFree("central.listeners." + entry.getKey(), entry.getValue(), listening, ""));
		Integer http = whole(environment, HTTP_PORT, 0);
		requireFree(HTTP_PORT, http(http), listening,
				"; SERVER_PORT is for HTTP here, unless CENTRAL_DIALECT=<name> makes it the agencies' port and CENTRAL_HTTP_PORT that of HTTP");
		if (!environment.containsProperty(MANAGEMENT_PORT)) {
			return 1;
		}
		int management = whole(environment, MANAGEMENT_PORT, -1);
		if (management <= 0 || management == http) {
			return (management == 0) ? 2 : 1;
		}
		requireFree(MANAGEMENT_PORT, http(management), listening, "");
		return 2;
	}

	private static Listener http(int port) {
		return new Listener(null, port, null, true, 1, List.of(), null);
	}

	private static void requireFree(String key, Listener listener, Map<String, Listener> listening, String advice) {
		listening.forEach((other, there) -> {
			if (listener.port() != 0 && listener.port() == there.port()
					&& mayBeSame(listener.address(), there.address())) {
				throw new InvalidSettingException(key.endsWith("port") ? key : key + ".port", listener.port(),
						"another port than that of " + other + advice);
			}
		});
		listening.put(key, listener);
	}

	private static boolean mayBeSame(@Nullable String address, @Nullable String other) {
		return address == null || other == null || address.equals(other);
	}

	/** A port, or a number of connections: what the framework would stumble over. */
	private static int whole(ConfigurableEnvironment environment, String key, int least) {
		Integer value = Binder.get(environment).bind(key, Integer.class).orElse(null);
		if (value == null || value < least || value > CentralSettings.MAX_PORT) {
			throw new InvalidSettingException(key, String.valueOf(environment.getProperty(key)),
					"a whole number from " + Math.max(least, 0) + " to " + CentralSettings.MAX_PORT);
		}
		return value;
	}

	private static Machine machine() {
		long heap = Runtime.getRuntime().maxMemory();
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? new Machine(heap, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
				: new Machine(heap, Integer.MAX_VALUE, 0);
	}

	/**
	 * A setting that there is not.
	 */
	static final class UnknownSettingException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		UnknownSettingException(String name, @Nullable Object value) {
			super("there is no setting " + name + "=" + value + "; "
					+ KnownSettings.nearest(name)
						.map((nearest) -> "is it " + nearest + " that you mean?")
						.orElse("java -jar central.jar --help lists those there are"));
		}

	}

}
