package loteria.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The variables of the environment as they were given. Java reads them by the charset of
 * the locale, and {@code C}, or an empty environment, has none for an accented letter: it
 * comes as U+FFFD, and what it was can't be told any more. Where the system shows the
 * bytes, they are read as UTF-8; bytes that are not, as the locale has them.
 */
public final class Variables {

	/** On Linux; elsewhere there is no such locale. */
	private static final Path BYTES = Path.of("/proc/self/environ");

	/** What a variable that is not {@linkplain SystemText#isWhole whole} must be. */
	public static final String RULE = "text in UTF-8";

	private Variables() {
	}

	/**
	 * All that have a value; an empty or blank one is as if it were not there. What can't
	 * be read at all has U+FFFD in it.
	 */
	public static Map<String, String> given() {
		Map<String, String> given = System.getenv();
		boolean safe = given.values().stream().allMatch(SystemText::isAscii);
		return exact(given, safe ? new byte[0] : bytes(),
				Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
	}

	private static byte[] bytes() {
		try {
			return Files.readAllBytes(BYTES);
		}
		catch (IOException ex) {
			// not shown here; what Java makes of them has to do
			return new byte[0];
		}
	}

	/**
	 * @param bytes {@code name=value}, each with a zero behind it; of two with the same
	 * name the first counts, as for Java
	 */
	static Map<String, String> exact(Map<String, String> given, byte[] bytes, Charset charset) {
		Map<String, String> read = new HashMap<>();
		int from = 0;
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] == 0) {
				String entry = decode(ByteBuffer.wrap(bytes, from, i - from), charset);
				int equals = (entry == null) ? -1 : entry.indexOf('=', 1);
				if (entry != null && equals > 0) {
					read.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
				}
				from = i + 1;
			}
		}
		Map<String, String> exact = new HashMap<>(given);
		exact.replaceAll((name, value) -> read.getOrDefault(name, value));
		exact.values().removeIf(String::isBlank);
		return exact;
	}

	private static @Nullable String decode(ByteBuffer bytes, Charset charset) {
		for (Charset candidate : new Charset[] { StandardCharsets.UTF_8, charset }) {
			try {
				return candidate.newDecoder().decode(bytes.duplicate()).toString();
			}
			catch (CharacterCodingException ex) {
				// not in this one
			}
		}
		return null;
	}

}
