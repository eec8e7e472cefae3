package loteria.agency.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import loteria.agency.ending.Failure;
import loteria.bet.Texts;
import loteria.process.SystemText;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.logging.LogLevel;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes settings of what was given, or the failure that names the first key with an
 * impossible value.
 */
public final class SettingsReader {

	/** Of the agency's variables, before an underscore. */
	public static final String PREFIX = "CLI";

	private static final String NONE = "none";

	private final Sources sources;

	private SettingsReader(Sources sources) {
		this.sources = sources;
	}

	/**
	 * @param environment with the arguments in it
	 */
	public static Settings read(ApplicationArguments arguments, ConfigurableEnvironment environment,
			ConfigFile configFile, Interpreter interpreter) throws Failure {
		return new SettingsReader(Sources.of(arguments, environment, configFile, interpreter)).read();
	}

	/** Where the bets are unless told. */
	public static String standardFile(String id) {
		return Key.FILE.standard().replace("<id>", id);
	}

	private Settings read() throws Failure {
		Dialect dialect = given(Key.DIALECT, "lines")
			.as((name) -> Dialects.named(lower(name)).filter(Dialects.ofAgencies()::contains).orElse(null));
		int id = given(Key.ID, "").number(1, Integer.MAX_VALUE);
		if (id > dialect.maxAgency()) {
			throw Given.refused(Key.ID.toString(), Integer.toString(id),
					"at most " + dialect.maxAgency() + " in dialect " + dialect.name(), given(Key.ID, "").from());
		}
		Duration sleep = given(Key.RETRY_SLEEP, "50ms").as((text) -> notBelow(Duration.ofNanos(1), text));
		return new Settings(id,
				given(Key.SERVER_ADDRESS, "localhost").as((text) -> ServerAddresses.parse(text, dialect.port())),
				dialect, mode(dialect), given(Key.LOOP_AMOUNT, "5").number(0, Integer.MAX_VALUE),
				given(Key.LOOP_PERIOD, "5s").duration(), given(Key.LOG_LEVEL, "INFO").as(SettingsReader::logLevel),
				Math.min(given(Key.BATCH_MAX_AMOUNT, "100").number(1, Integer.MAX_VALUE), dialect.habits().maxBets()),
				file(given(Key.FILE, standardFile(Integer.toString(id)))), keepConnection(dialect), sleep,
				given(Key.RETRY_SLEEP_MAX, GoDuration.format(longer(sleep, Duration.ofSeconds(10))))
					.as((text) -> notBelow(sleep, text)),
				given(Key.WINDOW, "8").number(1, 1000), given(Key.RECONNECT_LIMIT, "60s").duration(),
				waitLimit(given(Key.WAIT_LIMIT, NONE)), given(Key.SKIPPED_MAX, "50").number(0, 100),
				given(Key.FINISH_EMPTY, "false").as(SettingsReader::truth), tls(id),
				SingleBet.of(this.sources.environment()), this.sources.withoutEffect());
	}

	private @Nullable Tls tls(int id) throws Failure {
		Optional<Given> authority = this.sources.find(Key.TLS_CA);
		Optional<Given> certificate = this.sources.find(Key.TLS_CERTIFICATE);
		Optional<Given> key = this.sources.find(Key.TLS_KEY);
		if (certificate.isPresent() != key.isPresent()) {
			Given alone = certificate.or(() -> key).orElseThrow();
			throw Given.refused(alone.key().toString(), alone.value(), "both tls.certificate and tls.key, or neither",
					alone.from());
		}
		if (authority.isEmpty()) {
			if (certificate.isPresent()) {
				throw Given.refused(Key.TLS_CERTIFICATE.toString(), certificate.get().value(),
						"together with tls.ca, without which no TLS is spoken", certificate.get().from());
			}
			return null;
		}
		return new TlsFiles(id).read(authority.get(), certificate.orElse(null), key.orElse(null));
	}

	private static @Nullable Duration waitLimit(Given given) throws Failure {
		return lower(given.value()).equals(NONE) ? null : given.as((text) -> notBelow(Duration.ofNanos(1), text));
	}

	private Given given(Key key, String standard) throws Failure {
		return this.sources.find(key).orElseGet(() -> new Given(key, standard, "default"));
	}

	private Mode mode(Dialect dialect) throws Failure {
		Given given = given(Key.MODE, "bets");
		Mode mode = given.as((text) -> switch (lower(text)) {
			case "bets" -> Mode.BETS;
			case "echo" -> Mode.ECHO;
			default -> null;
		});
		if (mode == Mode.ECHO && !dialect.echoes()) {
			throw Given.refused(Key.MODE.toString(), given.value(), "bets; dialect " + dialect.name() + " has no echo",
					given.from());
		}
		return mode;
	}

	/**
	 * A dialect of one conversation a connection has no other way: what it says later
	 * depends on what was said before.
	 */
	private boolean keepConnection(Dialect dialect) throws Failure {
		boolean perRequest = dialect.habits().connectionPerRequest();
		return given(Key.CONNECTION, perRequest ? "each" : "keep").as((text) -> switch (lower(text)) {
			case "keep" -> true;
			case "each" -> perRequest ? false : null;
			default -> null;
		});
	}

	private static @Nullable Boolean truth(String text) {
		return switch (lower(text)) {
			case "true" -> true;
			case "false" -> false;
			default -> null;
		};
	}

	private static @Nullable LogLevel logLevel(String text) {
		return switch (lower(text)) {
			case "trace" -> LogLevel.TRACE;
			case "debug" -> LogLevel.DEBUG;
			case "info" -> LogLevel.INFO;
			case "warning", "warn" -> LogLevel.WARN;
			case "error" -> LogLevel.ERROR;
			case "critical", "fatal" -> LogLevel.FATAL;
			case "off" -> LogLevel.OFF;
			default -> null;
		};
	}

	/** One that can be told in a line of the log, and to the system. */
	static Path file(Given given) throws Failure {
		String must = SystemText.refusal(given.value());
		if (must != null) {
			throw Given.refused(given.key().toString(), given.value(), must, given.from());
		}
		return given.as((text) -> Texts.isPlain(text) ? Path.of(text) : null);
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? other : one;
	}

	private static @Nullable Duration notBelow(Duration least, String text) {
		Duration duration = GoDuration.parse(text);
		return (duration == null || duration.compareTo(least) < 0) ? null : duration;
	}

	private static String lower(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

}
