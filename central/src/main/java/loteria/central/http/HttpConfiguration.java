package loteria.central.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import loteria.central.http.BoundedHttp.Cause;
import loteria.central.settings.CentralSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * HTTP: on its own port, and the same on that of the management, where
 * {@code management.server.port} gives it a server of its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class HttpConfiguration {

	/** Where the endpoints of the management are; without a server there are none. */
	private static final String ENDPOINTS = "${management.endpoints.web.base-path:/actuator}";

	@Bean
	Visitors visitors(CentralSettings settings) {
		return new Visitors(settings.http().requestRate(), System::nanoTime);
	}

	/**
	 * What each server has. A file of the framework's names it too: for the context of
	 * the management, if that has a server of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	static class Server {

		@Bean
		FilterRegistrationBean<ReadOnlyFilter> readOnlyFilter(CentralSettings settings,
				@Value(ENDPOINTS) String endpoints, Visitors visitors) {
			return first(new ReadOnlyFilter(settings.http(), endpoints + "/health", visitors::may), 0);
		}

		@Bean
		FilterRegistrationBean<MadeOnce> madeOnce(@Value(ENDPOINTS) String endpoints) {
			return first(new MadeOnce(endpoints), 1);
		}

		private static <T extends Filter> FilterRegistrationBean<T> first(T filter, int place) {
			FilterRegistrationBean<T> bean = new FilterRegistrationBean<>(filter);
			bean.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
			bean.setAsyncSupported(true);
			bean.setDispatcherTypes(DispatcherType.REQUEST);
			return bean;
		}

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedHttp(CentralSettings settings,
				Visitors visitors, MeterRegistry registry) {
			Map<Cause, Counter> cut = new EnumMap<>(Cause.class);
			for (Cause cause : Cause.values()) {
				cut.put(cause,
						Counter.builder("lottery.http.cut")
							.description("HTTP connections that were cut off")
							.baseUnit("connections")
							.tag("reason", cause.name().toLowerCase(Locale.ROOT))
							.register(registry));
			}
			TomcatProtocolHandlerCustomizer<BoundedHttp> limits = (http) -> {
				// those of virtual threads, which the framework has given it by now
				http.setExecutor(null);
				http.limit(settings.http().perAddress(), settings.http().request(), visitors::may,
						(cause) -> Objects.requireNonNull(cut.get(cause)).increment());
			};
			return (factory) -> {
				factory.setProtocol(BoundedHttp.class.getName());
				factory.addProtocolHandlerCustomizers(limits);
			};
		}

	}

}
