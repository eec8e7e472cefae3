package loteria.central.moving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.process.FileProblem;
import loteria.process.SettingsFile;

/**
 * The section {@code [DEFAULT]} of a {@code config.ini}, as Python reads it: {@code key =
 * value} or {@code key: value}, keys in any case, comments on lines of their own.
 */
final class ConfigIni {

	static final String NAME = "config.ini";

	private static final String SECTION = "[DEFAULT]";

	private ConfigIni() {
	}

	/** By key, in upper case; what is empty is left out. */
	static Map<String, String> read(Path file) {
		Map<String, String> values = new LinkedHashMap<>();
		String section = "";
		int number = 0;
		for (String whole : lines(file)) {
			number++;
			String line = whole.strip();
			if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
				continue;
			}
			if (line.startsWith("[") && line.endsWith("]")) {
				section = line;
				continue;
			}
			String[] pair = line.split("[=:]", 2);
			if (section.isEmpty() || pair.length < 2 || pair[0].isEmpty()) {
				throw new InvalidSettingException(file + ", line " + number, line,
						section.isEmpty() ? "in the section " + SECTION : "KEY = value");
			}
			String value = pair[1].strip();
			if (section.equals(SECTION) && !value.isEmpty()) {
				values.put(pair[0].strip().toUpperCase(Locale.ROOT), value);
			}
		}
		return values;
	}

	private static List<String> lines(Path file) {
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(SettingsFile.read(file)))
				.toString()
				.lines()
				.toList();
		}
		catch (CharacterCodingException ex) {
			throw new InvalidSettingException(file.toString(), "not UTF-8", "a text in UTF-8");
		}
		catch (IOException ex) {
			throw new InvalidSettingException(file.toString(),
					Files.isDirectory(file) ? "a directory" : FileProblem.of(ex), "a file that this user may read");
		}
	}

}
