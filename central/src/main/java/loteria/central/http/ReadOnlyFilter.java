package loteria.central.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import loteria.bet.InvalidBet;
import loteria.central.settings.CentralSettings.Http;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In front of everything: lets through what reads and nothing else, so often, and tells
 * browsers to run and to show nothing but what comes from here. A request that may have
 * the details of the health gets a name for that, which is all that the framework asks
 * for.
 * <p>
 * A page of another site can have its own name lead to this central, and then read it
 * from within a browser that reaches it. It can't choose the name that the browser says:
 * names that are not known are told the status of the health, and nothing else.
 */
final class ReadOnlyFilter extends OncePerRequestFilter {

	private static final Set<String> READING = Set.of("GET", "HEAD");

	private static final Map<String, String> HEADERS = headers();

	/** Not in the servlet's interface. */
	private static final int TOO_MANY_REQUESTS = 429;

	private static final int MISDIRECTED_REQUEST = 421;

	private final Http settings;

	private final String health;

	private final Predicate<InetAddress> mayAsk;

	/**
	 * @param health where its status is, which is said to any host
	 * @param mayAsk whether an address may ask once more now
	 */
	ReadOnlyFilter(Http settings, String health, Predicate<InetAddress> mayAsk) {
		this.settings = settings;
		this.health = health;
		this.mayAsk = mayAsk;
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
		InetAddress address = address(request);
		if (!this.mayAsk.test(address)) {
			response.setHeader("Connection", "close");
			say(response, TOO_MANY_REQUESTS, "More requests a second than central.http.request-rate="
					+ this.settings.requestRate() + " of one address, or four times that of all.");
			return;
		}
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
		String host = request.getHeader("Host");
		boolean known = host == null || this.settings.isKnown(host);
		if (!known && !isHealth(request)) {
			say(response, MISDIRECTED_REQUEST,
					"This central is not known by the name '" + InvalidBet.printable(host)
							+ "'. Ask by its address, or name the host in central.http.hosts (CENTRAL_HTTP_HOSTS="
							+ InvalidBet.printable(Http.name(host)) + ").");
			return;
		}
		chain.doFilter((known && maySeeDetails(address)) ? new Insider(request) : request, response);
	}

	private static void say(HttpServletResponse response, int status, String text) throws IOException {
		response.setStatus(status);
		response.setContentType("text/plain;charset=UTF-8");
		response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private boolean isHealth(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return path.equals(this.health) || path.startsWith(this.health + "/");
	}

	private boolean maySeeDetails(InetAddress address) {
		return switch (this.settings.details()) {
			case ALL -> true;
			case NONE -> false;
			case LOOPBACK -> address.isLoopbackAddress();
		};
	}

	private static InetAddress address(HttpServletRequest request) {
		// what stands behind % names an interface of this machine
		return InetAddress.ofLiteral(request.getRemoteAddr().split("%", 2)[0]);
	}

	/**
	 * A request whose sender may see the details.
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
