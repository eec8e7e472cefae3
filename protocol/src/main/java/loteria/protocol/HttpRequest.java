package loteria.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a browser begins with, on whichever port a page sends it to. Line by line its
 * request could hold messages of a dialect that the page has chosen, on behalf of
 * somebody who knows nothing of it. No dialect has a message that begins so, nor one
 * whose first line ends so.
 */
public final class HttpRequest {

	private static final List<byte[]> BEGINNINGS = Stream
		.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI")
		.map((method) -> (method + " ").getBytes(StandardCharsets.US_ASCII))
		.toList();

	/** Digits stand for any, as in {@code HTTP/1.1}. */
	private static final byte[] VERSION = "HTTP/0.0".getBytes(StandardCharsets.US_ASCII);

	static final Refusal REFUSAL = new Refusal(Reason.HTTP, "a request of HTTP, which is spoken on server.port");

	private HttpRequest() {
	}

	/**
	 * Looks at the first bytes of a connection.
	 * @return a refusal if they are a method of HTTP, else null
	 */
	public static @Nullable Refusal refusal(Inbound in) {
		return BEGINNINGS.stream().anyMatch((beginning) -> begins(in, beginning)) ? REFUSAL : null;
	}

	/**
	 * Whether a line of any method ends with a version of HTTP.
	 * @param lineEnd index of its line end
	 */
	static boolean endsAt(int lineEnd, Inbound in) {
		int end = (lineEnd > 0 && in.at(lineEnd - 1) == '\r') ? lineEnd - 1 : lineEnd;
		int from = end - VERSION.length;
		for (int i = 0; i < VERSION.length && from >= 0; i++) {
			byte there = in.at(from + i);
			if ((VERSION[i] == '0') ? (there < '0' || there > '9') : there != VERSION[i]) {
				return false;
			}
		}
		return from >= 0;
	}

	private static boolean begins(Inbound in, byte[] beginning) {
		if (in.available() < beginning.length) {
			return false;
		}
		for (int i = 0; i < beginning.length; i++) {
			if (in.at(i) != beginning[i]) {
				return false;
			}
		}
		return true;
	}

}
