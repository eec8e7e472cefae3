package loteria.central.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes variables out of the environment that bear the name of a setting and are none:
 * Kubernetes tells where each service is in variables that begin with its name, and a
 * service named {@code server} makes {@code SERVER_PORT=tcp://10.0.0.7:12345}.
 */
final class ServiceVariables implements SettingsSource {

	private static final Logger log = LoggerFactory.getLogger(ServiceVariables.class);

	private static final Pattern SERVICE = Pattern.compile("(tcp|udp|sctp)://.+:\\d+");

	private static final Pattern SETTING = Pattern.compile("(MANAGEMENT_)?SERVER_PORT|CENTRAL_LISTENERS_\\w+_PORT");

	@Override
	public Runnable read(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		if (!(sources.get(name) instanceof SystemEnvironmentPropertySource system)) {
			return NOTHING_TO_SAY;
		}
		Map<String, Object> rest = new LinkedHashMap<>(system.getSource());
		Map<String, Object> services = new TreeMap<>(rest);
		services.entrySet().removeIf((entry) -> !isService(entry.getKey(), entry.getValue().toString()));
		rest.keySet().removeAll(services.keySet());
		sources.replace(name, new SystemEnvironmentPropertySource(name, rest));
		services.keySet().removeIf((key) -> !SETTING.matcher(key).matches());
		return () -> services.forEach((key, value) -> log.warn(
				"action: config | result: in_progress | key: {} | reason: ignored, {} is what Kubernetes says of a service of that name",
				key, value));
	}

	private static boolean isService(String name, String value) {
		return name.endsWith("_PORT") && SERVICE.matcher(value).matches();
	}

}
