package loteria.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the lines of a file that have more in them than separators and blanks, whatever
 * its charset is; those of a file that is not there are none.
 */
final class Rows {

	private static final int CHUNK = 1 << 16;

	private static final String NOTHING = " \t\r,;\"";

	private Rows() {
	}

	static long count(Path file) throws IOException {
		if (Files.notExists(file)) {
			return 0;
		}
		long rows = 0;
		boolean something = false;
		byte[] chunk = new byte[CHUNK];
		try (InputStream bytes = Files.newInputStream(file)) {
			for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
				for (int i = 0; i < read; i++) {
					if (chunk[i] == '\n') {
						rows += something ? 1 : 0;
						something = false;
					}
					else if (!something) {
						something = NOTHING.indexOf(chunk[i]) < 0;
					}
				}
			}
		}
		return something ? rows + 1 : rows;
	}

}
