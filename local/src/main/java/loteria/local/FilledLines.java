package loteria.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the lines of a file that have more in them than separators and blanks, whatever
 * its charset is; those of a file that is not there are none.
 */
final class FilledLines {

	private static final String NOTHING = " \t\r,;\"";

	private FilledLines() {
	}

	static long count(Path file) throws IOException {
		if (Files.notExists(file)) {
			return 0;
		}
		long rows = 0;
		// each byte is a character: those of separators mean the same in all charsets
		try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				rows += line.chars().allMatch((letter) -> NOTHING.indexOf(letter) >= 0) ? 0 : 1;
			}
		}
		return rows;
	}

}
