package loteria.central.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import loteria.central.http.BoundedHttp.Cause;
import loteria.central.settings.CentralSettings;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * HTTP, on its own port or on that of the management too: {@link ManagementHttp} makes
 * the same of that.
 */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

	@Bean
	FilterRegistrationBean<ReadOnlyFilter> readOnlyFilter(CentralSettings settings) {
		return filter(settings);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedHttp(CentralSettings settings,
			MeterRegistry registry) {
		return bounded(settings, registry);
	}

	static FilterRegistrationBean<ReadOnlyFilter> filter(CentralSettings settings) {
		FilterRegistrationBean<ReadOnlyFilter> filter = new FilterRegistrationBean<>(
				new ReadOnlyFilter(settings.http()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		filter.setAsyncSupported(true);
		filter.setDispatcherTypes(DispatcherType.REQUEST);
		return filter;
	}

	static WebServerFactoryCustomizer<TomcatServletWebServerFactory> bounded(CentralSettings settings,
			MeterRegistry registry) {
		Map<Cause, Counter> cut = new EnumMap<>(Cause.class);
		for (Cause cause : Cause.values()) {
			cut.put(cause,
					Counter.builder("lottery.http.cut")
						.description("HTTP connections that were cut off")
						.baseUnit("connections")
						.tag("reason", cause.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
		TomcatProtocolHandlerCustomizer<BoundedHttp> limits = (http) -> http.limit(settings.http().perAddress(),
				settings.http().request(), (cause) -> Objects.requireNonNull(cut.get(cause)).increment());
		return (factory) -> {
			factory.setProtocol(BoundedHttp.class.getName());
			factory.addProtocolHandlerCustomizers(limits);
		};
	}

}
