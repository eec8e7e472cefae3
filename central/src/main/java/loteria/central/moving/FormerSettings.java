package loteria.central.moving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.CourseLogLevel;
import loteria.central.settings.Listener;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * What one of the five centrals was told, as settings of ours. A variable wins over the
 * file, as it did there.
 *
 * @param values of their keys that are there, wherever they stand
 * @param fromFile which of them the file has, and no variable
 * @param file whatever else it has
 */
record FormerSettings(Map<String, String> values, Set<String> fromFile, Optional<ConfigIni> file) {

	static final String PORT = "SERVER_PORT";

	private static final String BACKLOG = "SERVER_LISTEN_BACKLOG";

	private static final String LEVEL = "LOGGING_LEVEL";

	/** Each of one system's; nobody sets two. */
	private static final List<String> AGENCIES = List.of("CLI_CLIENTS", "AGENCIES", "AGENCIES_AMOUNT");

	private static final List<String> WITHOUT_EFFECT = List.of("SERVER_IP", "MAX_BATCH_SIZE", "PACKET_SIZE",
			"ACK_SIZE");

	private static final Set<String> KEYS = Stream.of(List.of(PORT, BACKLOG, LEVEL), AGENCIES, WITHOUT_EFFECT)
		.flatMap(List::stream)
		.collect(Collectors.toSet());

	/** Where all five listen unless told otherwise. */
	private static final int USUAL_PORT = 12345;

	private static final int MAX_PORT = 65535;

	static FormerSettings of(Map<String, String> variables, Optional<ConfigIni> file) {
		Map<String, String> values = new TreeMap<>(file.map(ConfigIni::values).orElse(Map.of()));
		values.keySet().retainAll(KEYS);
		Set<String> fromFile = new TreeSet<>(values.keySet());
		for (String key : KEYS) {
			String value = variables.get(key);
			if (value != null) {
				values.put(key, value.strip());
				fromFile.remove(key);
			}
		}
		return new FormerSettings(values, fromFile, file);
	}

	/** That dialect alone, where they listened. */
	Map<String, Object> translated(Dialect dialect) {
		Map<String, Object> settings = new LinkedHashMap<>();
		for (Dialect other : Dialects.all()) {
			settings.put("central.listeners." + other.name() + ".enabled", other.name().equals(dialect.name()));
		}
		Listener listener = listener(dialect);
		settings.put("central.listeners." + dialect.name() + ".port", listener.port());
		settings.put("central.listeners." + dialect.name() + ".backlog", listener.backlog());
		AGENCIES.stream()
			.flatMap((key) -> whole(key, 1, Integer.MAX_VALUE).stream())
			.findFirst()
			.ifPresent((agencies) -> settings.put("central.agencies", agencies));
		String level = this.values.get(LEVEL);
		if (level != null) {
			settings.put(CourseLogLevel.PROPERTY, CourseLogLevel.translate(level)
				.orElseThrow(() -> new InvalidSettingException(place(LEVEL), level, CourseLogLevel.ALLOWED)));
		}
		return settings;
	}

	/** Where they listened. */
	Listener listener(Dialect dialect) {
		return new Listener(dialect.name(), whole(PORT, 1, MAX_PORT).orElse(USUAL_PORT), null, true,
				whole(BACKLOG, 1, Integer.MAX_VALUE).orElse(Listener.BACKLOG), List.of(), null);
	}

	private Optional<Integer> whole(String key, int least, int most) {
		String text = this.values.get(key);
		return (text == null) ? Optional.empty() : Optional.of(whole(place(key), text, least, most));
	}

	/** A key as a message names it. */
	private String place(String key) {
		return this.fromFile.contains(key) ? key + " in " + this.file.orElseThrow().file() : key;
	}

	static int whole(String key, String text, int least, int most) {
		try {
			int value = Integer.parseInt(text);
			if (value >= least && value <= most) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// refused below
		}
		throw new InvalidSettingException(key, text, "a whole number from " + least + " to " + most);
	}

	/** In a line for the log, behind what else it says. */
	String describe() {
		List<String> heeded = new ArrayList<>();
		List<String> without = new ArrayList<>(this.file.stream()
			.flatMap((ini) -> ini.values().keySet().stream())
			.filter((key) -> !this.values.containsKey(key))
			.toList());
		this.values.forEach((key, value) -> (WITHOUT_EFFECT.contains(key) ? without : heeded)
			.add(WITHOUT_EFFECT.contains(key) ? key : " | " + key.toLowerCase(Locale.ROOT) + ": " + value));
		return String.join("", heeded) + (without.isEmpty() ? "" : " | without_effect: " + String.join(",", without));
	}

}
