package loteria.central.http;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import loteria.central.settings.CentralSettings.Http;
import loteria.central.settings.CentralSettings.Http.Details;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlyFilterTests {

	@ParameterizedTest
	@CsvSource({ "LOOPBACK, 127.0.0.1, true", "LOOPBACK, 127.8.0.1, true", "LOOPBACK, 0:0:0:0:0:0:0:1, true",
			"LOOPBACK, 10.0.0.1, false", "LOOPBACK, fe80:0:0:0:1:2:3:4%eth0, false", "ALL, 10.0.0.1, true",
			"NONE, 127.0.0.1, false" })
	void detailsAreForThoseTheyAreMeantFor(Details details, String address, boolean seen) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/health");
		request.setRemoteAddr(address);
		MockFilterChain chain = new MockFilterChain();
		new ReadOnlyFilter(new Http(1, Duration.ofSeconds(1), details)).doFilter(request, new MockHttpServletResponse(),
				chain);
		HttpServletRequest passed = (HttpServletRequest) chain.getRequest();
		assertThat(passed).isNotNull();
		assertThat(passed.getUserPrincipal() != null).isEqualTo(seen);
	}

}
