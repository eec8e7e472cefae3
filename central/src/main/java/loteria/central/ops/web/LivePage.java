package loteria.central.ops.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * The page, and its events. Each viewer has a thread of its own, which waits most of the
 * time; one that takes nothing is cut off by the server's own time limit.
 */
@Controller
class LivePage {

	/** The first is for browsers that want none of them. */
	static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));

	private static final String EVENTS = "text/event-stream";

	/** How soon a browser tries again, in milliseconds. */
	private static final int RETRY = 1000;

	private static final int RETRY_WHEN_FULL = 10_000;

	private final LiveFeed feed;

	private final Map<Locale, byte[]> pages = new LinkedHashMap<>();

	LivePage(LiveFeed feed, JsonMapper json) {
		this.feed = feed;
		LANGUAGES.forEach((language) -> this.pages.put(language, PageTexts.page(language, json)));
	}

	@GetMapping("/")
	ResponseEntity<byte[]> page(
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String accepted) {
		Locale language = language(accepted);
		return ResponseEntity.ok()
			.contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
			.cacheControl(CacheControl.noCache())
			.header(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
			.body(this.pages.get(language));
	}

	static Locale language(@Nullable String accepted) {
		Locale found = null;
		if (accepted != null && !accepted.isBlank()) {
			try {
				found = Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
			}
			catch (IllegalArgumentException ex) {
				// not a list of languages: as if there were none
			}
		}
		return (found != null) ? found : LANGUAGES.getFirst();
	}

	@GetMapping(path = "/live", produces = EVENTS)
	void live(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setContentType(EVENTS);
		response.setCharacterEncoding(StandardCharsets.UTF_8);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		// nginx, and what follows it, would keep events until it has a few kB of them
		response.setHeader("X-Accel-Buffering", "no");
		if (request.getMethod().equals("HEAD")) {
			// without a body, nothing would tell that the viewer has gone
			return;
		}
		if (!this.feed.enter()) {
			response.getOutputStream()
				.write(text("retry: " + RETRY_WHEN_FULL + "\nevent: full\ndata: " + this.feed.most() + "\n\n"));
			return;
		}
		// else the server takes a viewer that is served for long for one that hangs
		AsyncContext viewer = request.startAsync();
		viewer.setTimeout(0);
		viewer.addListener(new Departure());
		// a virtual thread would take turns with those that store bets
		Thread.ofPlatform().daemon().name("live-page").start(() -> serve(viewer));
	}

	private void serve(AsyncContext viewer) {
		try {
			OutputStream out = viewer.getResponse().getOutputStream();
			out.write(text("retry: " + RETRY + "\n\n"));
			LiveFeed.Frame seen = null;
			for (LiveFeed.Frame next = this.feed.after(null); next != null; next = this.feed.after(seen)) {
				out.write(next.since(seen));
				out.flush();
				seen = next;
			}
			viewer.complete();
		}
		catch (IOException ex) {
			// the viewer has gone: the server tells its Departure
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.feed.leave();
		}
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Ends what is left of a viewer that has gone. The server takes that for a fault: it
	 * would write an error page to the closed connection, and log that it can't.
	 */
	private static final class Departure implements AsyncListener {

		@Override
		public void onError(AsyncEvent event) {
			event.getAsyncContext().complete();
		}

		@Override
		public void onComplete(AsyncEvent event) {
		}

		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
		}

	}

}
