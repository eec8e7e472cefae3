package loteria.agency.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The settings there are. Each can stand in {@code config.yaml}, in the environment (with
 * {@value Sources#PREFIX} and underscores) and among the arguments, of which the last
 * wins.
 */
enum Key {

	ID("id", "a whole number from 1 to 2147483647", "required"),

	SERVER_ADDRESS("server.address", "host or host:port, the port from 1 to 65535", "localhost, the dialect's port"),

	LOOP_AMOUNT("loop.amount", "a whole number from 0 to 2147483647", "5"),

	LOOP_PERIOD("loop.period", Key.DURATION, "5s"),

	LOG_LEVEL("log.level", "DEBUG, INFO, WARNING, ERROR or CRITICAL", "INFO"),

	BATCH_MAX_AMOUNT("batch.maxAmount", "a whole number from 1 to 2147483647", "100"),

	FILE("file", "the path of a file", ".data/agency-<id>.csv"),

	MODE("mode", "bets or echo", "bets"),

	DIALECT("dialect", Dialects.all().stream().map(Dialect::name).collect(Collectors.joining(", ")), "lines"),

	CONNECTION("connection", "keep or each; each only in dialects that open a connection for each request",
			"the dialect's habit"),

	RETRY_SLEEP("retry.sleep", "a duration above zero such as 50ms", "50ms"),

	RETRY_SLEEP_MAX("retry.sleepMax", "a duration not below retry.sleep, such as 10s", "10s"),

	WINDOW("window", "a whole number from 1 to 1000", "8"),

	RECONNECT_LIMIT("reconnect.limit", Key.DURATION, "60s"),

	SKIPPED_MAX("skipped.max", "a whole number from 0 to 100, in percent of the rows", "50"),

	/** True where it stands among the arguments without a value. */
	FINISH_EMPTY("finish-empty", "true or false", "false");

	private static final String DURATION = "a duration such as 500ms, 5s or 1m30s";

	private final String key;

	private final String allowed;

	private final String standard;

	private final ConfigurationPropertyName property;

	Key(String key, String allowed, String standard) {
		this.key = key;
		this.allowed = allowed;
		this.standard = standard;
		this.property = property(key);
	}

	/**
	 * @param text in any of the forms that Spring knows: {@code batch.maxAmount},
	 * {@code batch.max-amount}
	 */
	static Optional<Key> named(String text) {
		ConfigurationPropertyName name = property(text);
		return Stream.of(values()).filter((key) -> key.property.equals(name)).findFirst();
	}

	private static ConfigurationPropertyName property(String text) {
		return ConfigurationPropertyName.adapt(text, '.');
	}

	/** All of them, for the line that refuses another. */
	static String all() {
		return Stream.of(values()).map(Key::toString).collect(Collectors.joining(", "));
	}

	ConfigurationPropertyName property() {
		return this.property;
	}

	String variable() {
		return Sources.PREFIX + "_" + this.key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
	}

	/** What a value may be, in words. */
	String allowed() {
		return this.allowed;
	}

	/** What it is unless told, in words. */
	String standard() {
		return this.standard;
	}

	@Override
	public String toString() {
		return this.key;
	}

}
