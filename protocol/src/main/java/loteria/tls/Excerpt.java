package loteria.tls;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import loteria.bet.InvalidBet;

/**
 * The beginning of what a peer sent, for one line of a log.
 */
final class Excerpt {

	private static final int SHOWN = 16;

	private Excerpt() {
	}

	/** The first line where it is text, else bytes in hexadecimal. */
	static String of(byte[] bytes, int count) {
		int shown = Math.min(count, SHOWN);
		String line = new String(bytes, 0, shown, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
		boolean isText = !line.isBlank() && line.indexOf('\uFFFD') < 0 && InvalidBet.printable(line).equals(line);
		String excerpt = isText ? "\"" + line + "\"" : HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
		return excerpt + ((isText ? line.length() < count : shown < count) ? " …" : "");
	}

}
