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
import java.util.Optional;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.process.FileProblem;
import loteria.process.SettingsFile;

/**
 * The section {@code [DEFAULT]} of a {@code config.ini}, as Python reads it: {@code key =
 * value} or {@code key: value}, keys in any case, comments on lines of their own.
 *
 * @param values by key, in upper case; none is empty
 */
record ConfigIni(Path file, Map<String, String> values) {

	private static final String SECTION = "[DEFAULT]";

	/** The first of {@code places} where there is one. */
	static Optional<ConfigIni> find(List<Path> places) {
		return places.stream().filter(SettingsFile::exists).findFirst().map(ConfigIni::read);
	}

	private static ConfigIni read(Path file) {
		Map<String, String> values = new LinkedHashMap<>();
		List<String> lines = lines(file);
		boolean ours = false;
		boolean any = false;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
				continue;
			}
			if (line.startsWith("[") && line.endsWith("]")) {
				any = true;
				ours = line.equals(SECTION);
				continue;
			}
			int end = end(line);
			if (!any || end < 1) {
				throw new InvalidSettingException(file + ", line " + (i + 1), line,
						any ? "KEY = value" : "in the section " + SECTION);
			}
			String value = line.substring(end + 1).strip();
			if (ours && !value.isEmpty()) {
				values.put(line.substring(0, end).strip().toUpperCase(Locale.ROOT), value);
			}
		}
		return new ConfigIni(file, values);
	}

	/** Of the key. */
	private static int end(String line) {
		int end = 0;
		while (end < line.length() && line.charAt(end) != '=' && line.charAt(end) != ':') {
			end++;
		}
		return (end < line.length()) ? end : -1;
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
