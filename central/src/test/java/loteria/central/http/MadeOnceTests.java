package loteria.central.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class MadeOnceTests {

	private final MadeOnce filter = new MadeOnce("/actuator");

	private final AtomicInteger made = new AtomicInteger();

	private int status = 200;

	private final FilterChain maker = (request, response) -> {
		HttpServletResponse http = (HttpServletResponse) response;
		http.setStatus(this.status);
		http.setContentType("text/plain");
		http.addHeader("X-One", "1");
		http.addHeader("X-One", "2");
		http.getOutputStream().write(("answer " + this.made.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
	};

	private MockHttpServletResponse ask(String path, String query, FilterChain chain) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setQueryString(query);
		MockHttpServletResponse response = new MockHttpServletResponse();
		try {
			this.filter.doFilter(request, response, chain);
			return response;
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private String body(String path) throws IOException {
		return ask(path, null, this.maker).getContentAsString();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 503 })
	void makesAnAnswerOnceASecondForAll(int kept) throws Exception {
		this.status = kept;
		for (int i = 0; i < 100; i++) {
			MockHttpServletResponse answer = ask("/actuator/health", null, this.maker);
			assertThat(answer.getStatus()).isEqualTo(kept);
			assertThat(answer.getContentAsString()).startsWith("answer ");
			assertThat(answer.getContentType()).isEqualTo("text/plain");
			assertThat(answer.getHeaders("X-One")).containsExactly("1", "2");
		}
		assertThat(this.made).hasValueLessThan(20);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !body("/actuator/health").equals("answer 1"));
	}

	@Test
	void keepsAnswersApartByWhatTheyDependOn() throws Exception {
		String first = body("/actuator/health");
		assertThat(body("/actuator/draw")).isNotEqualTo(first);
		MockHttpServletRequest insider = new MockHttpServletRequest("GET", "/actuator/health");
		insider.setUserPrincipal(() -> "insider");
		MockHttpServletResponse details = new MockHttpServletResponse();
		this.filter.doFilter(insider, details, this.maker);
		assertThat(details.getContentAsString()).isNotEqualTo(first);
	}

	@Test
	void keepsNothingThatDependsOnParametersOrIsAnError() {
		FilterChain error = (request, response) -> {
			this.made.incrementAndGet();
			((HttpServletResponse) response).sendError(404);
		};
		for (int i = 0; i < 3; i++) {
			ask("/actuator/prometheus", "includedNames=x" + i, this.maker);
			assertThat(ask("/actuator/nothing", null, error).getStatus()).isEqualTo(404);
		}
		assertThat(this.made).hasValue(6);
	}

	@Test
	void leavesPageAndEventsAlone() {
		for (String path : new String[] { "/", "/page/page.js", "/live" }) {
			ask(path, null, this.maker);
			ask(path, null, this.maker);
		}
		assertThat(this.made).hasValue(6);
	}

	@Test
	void rememberedAnswersAreBounded() {
		for (int i = 0; i < 1000; i++) {
			assertThat(ask("/actuator/health/" + i, null, this.maker).getStatus()).isEqualTo(200);
		}
		assertThat(ask("/actuator/draw", null, this.maker).getStatus()).isEqualTo(200);
	}

	@Test
	void tellsTheLastAnswerWhileTheNextTakesLong() throws Exception {
		String first = body("/actuator/health");
		CountDownLatch making = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		FilterChain slow = (request, response) -> {
			making.countDown();
			try {
				assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
			this.maker.doFilter(request, response);
		};
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
			while (making.getCount() > 0) {
				ask("/actuator/health", null, slow);
			}
		});
		assertThat(making.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(body("/actuator/health")).isEqualTo(first);
		done.countDown();
		other.get(30, TimeUnit.SECONDS);
		assertThat(body("/actuator/health")).isNotEqualTo(first);
	}

}
