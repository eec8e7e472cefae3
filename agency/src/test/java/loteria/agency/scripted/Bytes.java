package loteria.agency.scripted;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes written by hand.
 */
public final class Bytes {

	private Bytes() {
	}

	/**
	 * @param parts hexadecimal with blanks where they help, or text in quotes
	 */
	public static byte[] of(String... parts) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (String part : parts) {
			bytes
				.writeBytes(part.startsWith("'") ? part.substring(1, part.length() - 1).getBytes(StandardCharsets.UTF_8)
						: HexFormat.of().parseHex(part.replace(" ", "")));
		}
		return bytes.toByteArray();
	}

	/** Zero bytes. */
	public static String zeros(int count) {
		return "00".repeat(count);
	}

	public static String hex(byte[] bytes) {
		return HexFormat.of().withUpperCase().formatHex(bytes);
	}

}
