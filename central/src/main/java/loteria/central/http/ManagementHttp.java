package loteria.central.http;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.settings.CentralSettings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * The same for the management, where {@code management.server.port} gives it a port, and
 * with it a server, of its own. Named in a file of the framework's, and no component:
 * what is found in this package is of the central's own server.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
public class ManagementHttp {

	@Bean
	FilterRegistrationBean<ReadOnlyFilter> managementReadOnlyFilter(CentralSettings settings,
			@Value(HttpConfiguration.ENDPOINTS) String endpoints, Visitors visitors) {
		return HttpConfiguration.filter(settings, endpoints, visitors);
	}

	@Bean
	FilterRegistrationBean<MadeOnce> managementMadeOnce(@Value(HttpConfiguration.ENDPOINTS) String endpoints) {
		return HttpConfiguration.once(endpoints);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedManagementHttp(CentralSettings settings,
			Visitors visitors, MeterRegistry registry) {
		return HttpConfiguration.bounded(settings, visitors, registry);
	}

}
