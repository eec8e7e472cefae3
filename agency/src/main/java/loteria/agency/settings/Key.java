package loteria.agency.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.process.Spelling;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The settings there are. Each can stand in {@code config.yaml}, in the environment (with
 * {@value SettingsReader#PREFIX} and underscores) and among the arguments, of which the
 * last wins.
 */
enum Key {

	ID("id", "the agency", Key.NUMBER + "1 to 2147483647", "nothing, it must be told"),

	SERVER_ADDRESS("server.address", "where the central is",
			"host or host:port, the port from 1 to 65535; an IPv6 address in brackets, such as [::1]:12345; several"
					+ " centrals of one draw with commas between them, such as a:12345,b:12345",
			"localhost, the dialect's port"),

	DIALECT("dialect", "what to speak",
			"one of " + Dialects.ofAgencies().stream().map(Dialect::name).collect(Collectors.joining(", ")), "lines"),

	FILE("file", "the bets", "the path of a file", ".data/agency-<id>.csv"),

	BATCH_MAX_AMOUNT("batch.maxAmount", "bets of a batch at most, also never over 8 kB on the wire (tlv: 1 MiB)",
			Key.NUMBER + "1 to 2147483647", "100"),

	WINDOW("window", "batches under way before an answer is waited for, where the central knows the greeting",
			Key.NUMBER + "1 to 1000", "8"),

	RECONNECT_LIMIT("reconnect.limit", "how long the work may stand still for want of the central; 0: a single attempt",
			Key.DURATION, "60s"),

	WAIT_LIMIT("wait.limit", "how long to wait for the draw; with exit code 5 behind it",
			"none, or a duration above zero such as 30m", "none"),

	CONNECTION("connection", "keep: one for all requests; each: one for each",
			"keep or each; each only in dialects that open a connection for each request", "the dialect's habit"),

	RETRY_SLEEP("retry.sleep", "the first pause between questions for the winners; it grows",
			"a duration above zero such as 50ms", "50ms"),

	RETRY_SLEEP_MAX("retry.sleepMax", "the longest of these pauses", "a duration not below retry.sleep, such as 10s",
			"10s"),

	SKIPPED_MAX("skipped.max", "how many rows may be skipped before the agency does not finish",
			Key.NUMBER + "0 to 100, in percent of the rows", "50"),

	FINISH_EMPTY("finish-empty", "finishes even though every row was skipped; needs no value as an argument",
			"true or false", "false"),

	TLS_CA("tls.ca", "speaks TLS, with a central whose certificate is by this authority and for its name", Key.PEM,
			"no TLS"),

	TLS_CERTIFICATE("tls.certificate", "of the agency, for a central that demands one", Key.PEM, "none"),

	TLS_KEY("tls.key", "the private key of tls.certificate, not encrypted", Key.PEM, "none"),

	MODE("mode", "echo: only checks that the central says again what it is told",
			"bets or echo; echo only in dialect lines", "bets"),

	LOOP_AMOUNT("loop.amount", "how many messages an echo check sends", Key.NUMBER + "0 to 2147483647", "5"),

	LOOP_PERIOD("loop.period", "the pause between two of them", Key.DURATION, "5s"),

	LOG_LEVEL("log.level", "what is logged", "DEBUG, INFO, WARNING, ERROR or CRITICAL", "INFO");

	private static final String PEM = "the path of a file of PEM";

	private static final String NUMBER = "a whole number from ";

	private static final String DURATION = "a duration such as 500ms, 5s or 1m30s";

	private final String key;

	private final String meaning;

	private final String allowed;

	private final String standard;

	private final ConfigurationPropertyName property;

	Key(String key, String meaning, String allowed, String standard) {
		this.key = key;
		this.meaning = meaning;
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
		return SettingsReader.PREFIX + "_" + this.key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
	}

	/** The variable that was probably meant. */
	static Optional<String> nearestVariable(String text) {
		// their beginning makes them all too similar
		int prefix = SettingsReader.PREFIX.length();
		return Spelling
			.nearest(text.substring(prefix),
					Stream.of(values()).map((key) -> key.variable().substring(prefix)).toList())
			.map(SettingsReader.PREFIX::concat);
	}

	/** What it decides, in words. */
	String meaning() {
		return this.meaning;
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
