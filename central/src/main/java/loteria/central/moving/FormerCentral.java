package loteria.central.moving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.settings.CourseLogLevel;
import loteria.central.settings.Listener;
import loteria.process.SettingsFile;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;

/**
 * What the central of one of the five systems was told, as settings of ours, and where it
 * had its files. A variable wins over its {@code config.ini}, as it did there.
 *
 * @param file its {@code config.ini}, or null if there is none
 * @param bets where a copy of the bets is expected
 * @param store where this central's store is to be, if that matters: several centrals
 * that share a volume must find the same one, so that one of them works and the others
 * are refused
 */
record FormerCentral(Dialect dialect, Map<String, String> variables, @Nullable Path file, Map<String, String> inFile,
		Path bets, Optional<Path> store) {

	static final String PORT = "SERVER_PORT";

	private static final String BACKLOG = "SERVER_LISTEN_BACKLOG";

	private static final String LEVEL = "LOGGING_LEVEL";

	/** How many there are, as each of three systems calls it. */
	private static final List<String> AGENCIES = List.of("CLI_CLIENTS", "AGENCIES", "AGENCIES_AMOUNT");

	private static final List<String> HEEDED = Stream.concat(AGENCIES.stream(), Stream.of(PORT, BACKLOG, LEVEL))
		.sorted()
		.toList();

	private static final List<String> WITHOUT_EFFECT = List.of("ACK_SIZE", "MAX_BATCH_SIZE", "PACKET_SIZE",
			"SERVER_IP");

	/** Where all five listen unless told otherwise. */
	private static final int USUAL_PORT = 12345;

	private static final int MAX_PORT = 65535;

	private static final String BETS = "bets.csv";

	/**
	 * @param root of the places that are absolute
	 */
	static FormerCentral of(Dialect dialect, Map<String, String> variables, Path root) {
		Path app = root.resolve("app");
		List<Path> homes = dialect.name().equals("tlv") ? List.of(app, root) : List.of(root, app);
		Path file = homes.stream()
			.map((home) -> home.resolve(ConfigIni.NAME))
			.filter(SettingsFile::exists)
			.findFirst()
			.orElse(null);
		Map<String, String> inFile = (file == null) ? Map.of() : ConfigIni.read(file);
		Path shared = root.resolve("shared-volume");
		if (dialect.name().equals("packets") && Files.isDirectory(shared)) {
			return new FormerCentral(dialect, variables, file, inFile, shared.resolve(BETS),
					Optional.of(shared.resolve("store")));
		}
		// in a container theirs was there, for which ours has made it; else where it ran
		Path bets = homes.getFirst().resolve(BETS);
		return new FormerCentral(dialect, variables, file, inFile,
				Files.isRegularFile(bets) && Files.isWritable(bets) ? bets : Path.of(BETS), Optional.empty());
	}

	/** Where it listened. */
	Listener listener() {
		return new Listener(this.dialect.name(), whole(PORT, MAX_PORT).orElse(USUAL_PORT), null, true,
				whole(BACKLOG, Integer.MAX_VALUE).orElse(Listener.BACKLOG), List.of(), null);
	}

	/** That dialect alone, where it listened. */
	Map<String, Object> settings() {
		Map<String, Object> settings = new LinkedHashMap<>();
		for (Dialect other : Dialects.all()) {
			settings.put("central.listeners." + other.name() + ".enabled", other.name().equals(this.dialect.name()));
		}
		Listener listener = listener();
		settings.put("central.listeners." + this.dialect.name() + ".port", listener.port());
		settings.put("central.listeners." + this.dialect.name() + ".backlog", listener.backlog());
		for (String key : AGENCIES) {
			if (!settings.containsKey("central.agencies")) {
				whole(key, Integer.MAX_VALUE).ifPresent((agencies) -> settings.put("central.agencies", agencies));
			}
		}
		String level = value(LEVEL);
		if (level != null) {
			settings.put(CourseLogLevel.PROPERTY, CourseLogLevel.translate(level)
				.orElseThrow(() -> new InvalidSettingException(place(LEVEL), level, CourseLogLevel.ALLOWED)));
		}
		this.store.ifPresent((directory) -> settings.put("central.store.directory", directory.toString()));
		return settings;
	}

	private OptionalInt whole(String key, int most) {
		String text = value(key);
		return (text == null) ? OptionalInt.empty() : OptionalInt.of(whole(place(key), text, most));
	}

	private @Nullable String value(String key) {
		String variable = this.variables.get(key);
		return (variable != null) ? variable.strip() : this.inFile.get(key);
	}

	/** A key as a message names it. */
	private String place(String key) {
		return this.variables.containsKey(key) ? key : key + " in " + this.file;
	}

	static int whole(String key, String text, int most) {
		try {
			int value = Integer.parseInt(text);
			if (value >= 1 && value <= most) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// refused below
		}
		throw new InvalidSettingException(key, text, "a whole number from 1 to " + most);
	}

	/** What it was told, as keys and values for the log. */
	String describe() {
		StringBuilder line = new StringBuilder("dialect: " + this.dialect.name() + " | config_ini: "
				+ ((this.file == null) ? "none" : this.file) + " | bets_csv: " + this.bets.toAbsolutePath());
		for (String key : HEEDED) {
			String value = value(key);
			if (value != null) {
				line.append(" | ").append(key.toLowerCase(Locale.ROOT)).append(": ").append(value);
			}
		}
		String without = Stream.concat(
				this.inFile.keySet().stream().filter((key) -> !HEEDED.contains(key) && !WITHOUT_EFFECT.contains(key)),
				WITHOUT_EFFECT.stream().filter((key) -> value(key) != null))
			.collect(Collectors.joining(","));
		return line + (without.isEmpty() ? "" : " | without_effect: " + without);
	}

}
