package loteria.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts the documents of winners on the wire one after the other. There may be millions,
 * and many who are told of them and read slowly: no reply is in memory as a whole.
 */
public final class Documents {

	private Documents() {
	}

	/**
	 * @param between stands between any two
	 */
	public static void write(List<String> documents, String between, OutputStream out) throws IOException {
		byte[] separator = bytes(between);
		for (int i = 0; i < documents.size(); i++) {
			if (i > 0) {
				out.write(separator);
			}
			out.write(bytes(documents.get(i)));
		}
	}

	/** How many bytes that is. */
	public static long length(List<String> documents, String between) {
		long length = (long) between.length() * Math.max(documents.size() - 1, 0);
		for (String document : documents) {
			length += document.length();
		}
		return length;
	}

	private static byte[] bytes(String ascii) {
		return ascii.getBytes(StandardCharsets.US_ASCII);
	}

}
