package loteria.central.http;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import loteria.central.settings.CentralSettings.Http;
import loteria.central.settings.CentralSettings.Http.Details;
import org.junit.jupiter.api.Test;
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
		filter(details, true).doFilter(request, new MockHttpServletResponse(), chain);
		HttpServletRequest passed = (HttpServletRequest) chain.getRequest();
		assertThat(passed).isNotNull();
		assertThat(passed.getUserPrincipal() != null).isEqualTo(seen);
	}

	@ParameterizedTest
	@CsvSource({ "localhost, true", "localhost:8080, true", "127.0.0.1:8080, true", "'[::1]:8080', true",
			"10.1.2.3, true", "server:8080, true", "central.localhost, true", "lottery.example.org, true",
			"LOTTERY.example.org:8080, true", "a.inside.example.org, true", "evil.example, false",
			"evil.example:8080, false", "xlottery.example.org, false", "inside.example.org, false",
			"127.0.0.1.evil.example, false", "'[::1].evil.example', false", "evil.example., false", "'', true" })
	void tellsOnlyTheStatusOfTheHealthToAHostThatIsNotKnown(String host, boolean known) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/draw");
		request.addHeader("Host", host);
		MockHttpServletResponse response = new MockHttpServletResponse();
		MockFilterChain chain = new MockFilterChain();
		filter(Details.ALL, true).doFilter(request, response, chain);
		assertThat(chain.getRequest() != null).isEqualTo(known);
		assertThat(response.getStatus()).isEqualTo(known ? 200 : 421);
		assertThat(response.getContentAsString().contains("central.http.hosts")).isEqualTo(!known);
		for (String path : List.of("/actuator/health", "/actuator/health/readiness")) {
			MockHttpServletRequest health = new MockHttpServletRequest("GET", path);
			health.addHeader("Host", host);
			MockFilterChain through = new MockFilterChain();
			filter(Details.ALL, true).doFilter(health, new MockHttpServletResponse(), through);
			HttpServletRequest passed = (HttpServletRequest) through.getRequest();
			assertThat(passed).isNotNull();
			assertThat(passed.getUserPrincipal() != null).isEqualTo(known);
		}
	}

	@Test
	void closesOnAnAddressThatAsksTooOften() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		MockFilterChain chain = new MockFilterChain();
		filter(Details.ALL, false).doFilter(new MockHttpServletRequest("GET", "/"), response, chain);
		assertThat(chain.getRequest()).isNull();
		assertThat(response.getStatus()).isEqualTo(429);
		assertThat(response.getHeader("Connection")).isEqualTo("close");
		assertThat(response.getContentAsString()).contains("central.http.request-rate=7");
	}

	private static ReadOnlyFilter filter(Details details, boolean may) {
		return new ReadOnlyFilter(
				new Http(1, Duration.ofSeconds(1), 7, details, List.of("lottery.example.org", "*.inside.example.org")),
				"/actuator/health", (address) -> may);
	}

}
