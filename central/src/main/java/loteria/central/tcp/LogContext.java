package loteria.central.tcp;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log knows of the connection that a line is about, whichever thread writes it
 * and whatever class: an id that no other connection of any central has, the peer, and
 * the dialect. The course's lines do not show it, structured ones do.
 */
final class LogContext {

	private final Map<String, String> fields;

	/**
	 * @param peer address and port
	 */
	LogContext(String peer, String dialect) {
		String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
		this.fields = Map.of("connection", id, "peer", peer, "dialect", dialect);
	}

	/** What this thread logs until the scope is closed is about this connection. */
	Scope enter() {
		Map<String, String> before = MDC.getCopyOfContextMap();
		MDC.setContextMap(this.fields);
		return new Scope(before);
	}

	/**
	 * @param before what the thread goes back to
	 */
	record Scope(@Nullable Map<String, String> before) implements AutoCloseable {

		@Override
		public void close() {
			if (this.before == null) {
				MDC.clear();
			}
			else {
				MDC.setContextMap(this.before);
			}
		}

	}

}
