package loteria.central.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes variables out of the environment that bear the name of a setting and are none:
 * Kubernetes tells where each service is in variables that begin with its name, and a
 * service named {@code server} makes {@code SERVER_PORT=tcp://10.0.0.7:12345}.
 */
final class ServiceVariables implements ApplicationListener<ApplicationEnvironmentPreparedEvent>,
		ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	private static final Logger log = LoggerFactory.getLogger(ServiceVariables.class);

	private static final Pattern SERVICE = Pattern.compile("(tcp|udp|sctp)://.+:\\d+");

	private static final Pattern SETTING = Pattern.compile("(MANAGEMENT_)?SERVER_PORT|CENTRAL_LISTENERS_\\w+_PORT");

	private final Map<String, String> services = new TreeMap<>();

	/** Of equals, the first added comes first: this after the real variables. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		MutablePropertySources sources = event.getEnvironment().getPropertySources();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		if (sources.get(name) instanceof SystemEnvironmentPropertySource system) {
			Map<String, Object> rest = new LinkedHashMap<>(system.getSource());
			rest.entrySet().removeIf((entry) -> isService(entry.getKey(), entry.getValue().toString()));
			sources.replace(name, new SystemEnvironmentPropertySource(name, rest));
		}
	}

	private boolean isService(String name, String value) {
		boolean service = name.endsWith("_PORT") && SERVICE.matcher(value).matches();
		if (service && SETTING.matcher(name).matches()) {
			this.services.put(name, value);
		}
		return service;
	}

	/** By now there is a log to say it in. */
	@Override
	public void initialize(ConfigurableApplicationContext context) {
		this.services.forEach((name, value) -> log.warn(
				"action: config | result: in_progress | key: {} | reason: ignored, {} is what Kubernetes says of a service of that name",
				name, value));
	}

}
