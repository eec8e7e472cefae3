package loteria.central.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes each answer of the management at most once a second, by one thread, for all that
 * ask: metrics, health and draw cost far more than to send them. An answer that takes
 * long to make, as where a database is away, holds only those up that have none yet.
 */
final class MadeOnce extends OncePerRequestFilter {

	/** How old an answer may be. */
	private static final long PERIOD = Duration.ofSeconds(1).toNanos();

	/** How old while the next is being made. */
	private static final long MEANWHILE = Duration.ofSeconds(10).toNanos();

	/** Answers that are kept: more than those that monitors and pages ask for. */
	private static final int MOST = 32;

	private static final List<Integer> KEPT = List.of(HttpServletResponse.SC_OK,
			HttpServletResponse.SC_SERVICE_UNAVAILABLE);

	private final Map<Question, Place> places = new ConcurrentHashMap<>();

	/** All others are made here, one after the other. */
	private final Place elsewhere = new Place();

	private final String path;

	/**
	 * @param path what the addresses begin with whose answers are expensive
	 */
	MadeOnce(String path) {
		this.path = path.equals("/") ? "" : path;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String asked = request.getRequestURI().substring(request.getContextPath().length());
		return !asked.startsWith(this.path) || asked.equals("/live");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Place place = place(Question.of(request));
		Answer answer = place.notOlder(PERIOD);
		if (answer == null && !place.making.tryLock()) {
			answer = place.notOlder(MEANWHILE);
			if (answer == null) {
				place.making.lock();
			}
		}
		if (answer != null) {
			answer.sendTo(response);
			return;
		}
		Made made = null;
		try {
			answer = place.notOlder(PERIOD);
			if (answer == null) {
				made = make(place, request, response, chain);
			}
		}
		finally {
			place.making.unlock();
		}
		// one that takes its answer slowly holds up no other
		if (made != null) {
			made.copyBodyToResponse();
		}
		else if (answer != null) {
			answer.sendTo(response);
		}
	}

	/** A question with parameters may have any answer. */
	private Place place(Question question) {
		Place place = this.places.get(question);
		if (place != null) {
			return place;
		}
		if (!question.query().isEmpty()) {
			return this.elsewhere;
		}
		if (this.places.size() >= MOST) {
			this.places.values().removeIf((known) -> known.notOlder(PERIOD) == null && !known.making.isLocked());
		}
		return (this.places.size() < MOST) ? this.places.computeIfAbsent(question, (missing) -> new Place())
				: this.elsewhere;
	}

	private Made make(Place place, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Made made = new Made(response);
		long now = System.nanoTime();
		chain.doFilter(request, made);
		if (place != this.elsewhere && !made.failed && KEPT.contains(made.getStatus())) {
			place.answer = Answer.of(made, now);
		}
		return made;
	}

	/**
	 * What an answer depends on.
	 *
	 * @param insider whether it may have details
	 */
	private record Question(String method, String uri, String query, String accepted, boolean insider) {

		static Question of(HttpServletRequest request) {
			String query = request.getQueryString();
			String accepted = request.getHeader(HttpHeaders.ACCEPT);
			return new Question(request.getMethod(), request.getRequestURI(), (query != null) ? query : "",
					(accepted != null) ? accepted : "", request.getUserPrincipal() != null);
		}

	}

	/**
	 * Of one question.
	 */
	private static final class Place {

		private final ReentrantLock making = new ReentrantLock();

		private volatile @Nullable Answer answer;

		@Nullable Answer notOlder(long nanos) {
			Answer there = this.answer;
			return (there != null && System.nanoTime() - there.made < nanos) ? there : null;
		}

	}

	private record Answer(int status, Map<String, Collection<String>> headers, byte[] body, long made) {

		static Answer of(Made made, long now) {
			Map<String, Collection<String>> headers = new LinkedHashMap<>();
			made.getHeaderNames().forEach((name) -> headers.put(name, List.copyOf(made.getHeaders(name))));
			return new Answer(made.getStatus(), headers, made.getContentAsByteArray(), now);
		}

		void sendTo(HttpServletResponse response) throws IOException {
			response.setStatus(this.status);
			this.headers.forEach((name, values) -> {
				boolean first = true;
				for (String value : values) {
					if (first) {
						response.setHeader(name, value);
					}
					else {
						response.addHeader(name, value);
					}
					first = false;
				}
			});
			response.setContentLength(this.body.length);
			response.getOutputStream().write(this.body);
		}

	}

	/**
	 * Keeps what is written.
	 */
	private static final class Made extends ContentCachingResponseWrapper {

		private boolean failed;

		Made(HttpServletResponse response) {
			super(response);
		}

		@Override
		public void sendError(int status) throws IOException {
			this.failed = true;
			super.sendError(status);
		}

		@Override
		@SuppressWarnings("deprecation")
		public void sendError(int status, String message) throws IOException {
			this.failed = true;
			super.sendError(status, message);
		}

	}

}
