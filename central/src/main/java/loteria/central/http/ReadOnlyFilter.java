package loteria.central.http;

import java.io.IOException;
import java.net.InetAddress;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import loteria.central.settings.CentralSettings.Http;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In front of everything: lets through what reads and nothing else, and tells browsers to
 * run and to show nothing but what comes from here. Whoever may see the details of the
 * health gets a name for that, which is all that the framework asks for.
 */
final class ReadOnlyFilter extends OncePerRequestFilter {

	private static final Set<String> READING = Set.of("GET", "HEAD");

	private static final Map<String, String> HEADERS = headers();

	private final Http settings;

	ReadOnlyFilter(Http settings) {
		this.settings = settings;
	}

	private static Map<String, String> headers() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Security-Policy",
				"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
						+ "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		headers.put("X-Content-Type-Options", "nosniff");
		headers.put("X-Frame-Options", "DENY");
		headers.put("Referrer-Policy", "no-referrer");
		headers.put("Cross-Origin-Opener-Policy", "same-origin");
		headers.put("Cross-Origin-Resource-Policy", "same-origin");
		headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
		return headers;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HEADERS.forEach(response::setHeader);
		if (!READING.contains(request.getMethod())) {
			response.setHeader("Allow", String.join(", ", READING.stream().sorted().toList()));
			response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
			return;
		}
		if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
			// what comes behind such an answer is not waited for
			response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
			return;
		}
		chain.doFilter(maySeeDetails(request) ? new Insider(request) : request, response);
	}

	private boolean maySeeDetails(HttpServletRequest request) {
		return switch (this.settings.details()) {
			case ALL -> true;
			case NONE -> false;
			case LOOPBACK -> isLoopback(request.getRemoteAddr());
		};
	}

	private static boolean isLoopback(String address) {
		// what stands behind % names an interface of this machine
		return InetAddress.ofLiteral(address.split("%", 2)[0]).isLoopbackAddress();
	}

	/**
	 * Of somebody who may see more.
	 */
	private static final class Insider extends HttpServletRequestWrapper {

		private static final Principal NAME = () -> "insider";

		Insider(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Principal getUserPrincipal() {
			return NAME;
		}

	}

}
