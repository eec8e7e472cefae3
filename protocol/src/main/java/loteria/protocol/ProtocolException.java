package loteria.protocol;

import java.io.IOException;
import java.util.Locale;

/**
 * The other side sent what its dialect does not have.
 */
public class ProtocolException extends IOException {

	private static final long serialVersionUID = 1L;

	public ProtocolException(String message) {
		super(message);
	}

	/**
	 * @param expected in words, such as "a count and a line end"
	 * @param in what came instead; quoted in the message, in part
	 */
	public ProtocolException(String dialect, String expected, Inbound in) {
		super(String.format(Locale.ROOT, "%s: expected %s, got %d bytes: %s", dialect, expected, in.available(),
				in.hexDump()));
	}

}
