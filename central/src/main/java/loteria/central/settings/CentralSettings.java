package loteria.central.settings;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import loteria.bet.InvalidBet;
import loteria.bet.Texts;
import loteria.central.lottery.ExpectedAgencies;
import loteria.central.lottery.Unnamed;
import loteria.process.SystemText;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the central. Their defaults are in {@code application.yaml}.
 *
 * @param agencies how many must finish before the draw, or which
 */
@ConfigurationProperties(prefix = "central", ignoreUnknownFields = false)
public record CentralSettings(String agencies, Draw draw, Store store, Connections connections, Http http, Page page,
		Metrics metrics, Log log, Map<String, Listener> listeners) {

	public static final int MAX_PORT = 65535;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

	/** A hundred years: those who add times to each other need not think of overflows. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

	public CentralSettings {
		require(ExpectedAgencies.parse(agencies).isPresent(), "central.agencies", agencies, ExpectedAgencies.FORM);
		listeners.forEach((name, listener) -> {
			require(NAME.matcher(name).matches(), "central.listeners", name, "named with letters, digits, - and _");
			listener.requireValid("central.listeners." + name);
		});
		require(listeners.values().stream().anyMatch(Listener::enabled), "central.listeners", listeners.keySet(),
				"at least one that is enabled");
	}

	public ExpectedAgencies expectedAgencies() {
		return ExpectedAgencies.parse(this.agencies).orElseThrow();
	}

	/**
	 * All of them, for the log.
	 * @param given what connections really get
	 */
	public String describe(Connections given) {
		String ports = this.listeners.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().enabled())
			.map((entry) -> entry.getValue().describe(entry.getKey()))
			.sorted()
			.collect(Collectors.joining(" "));
		return String.format(Locale.ROOT,
				"agencies: %s | draw_name: %s | draw_timeout: %ds | winning_number: %d | unnamed: %s | max_agencies: %d | %s | connections: %d | per_address: %d | first_message: %ds | idle: %ds | message: %ds | answer: %ds | max_message: %s | memory: %s | batch_rate: %d | without_bets: %s | page_viewers: %d | listeners: %s",
				expectedAgencies(), this.draw.name, this.draw.timeout.toSeconds(), this.draw.winningNumber,
				this.draw.unnamed.name().toLowerCase(Locale.ROOT), this.draw.maxAgencies, this.store.describe(),
				given.max(), given.ofOneAddress(), given.firstMessage().toSeconds(), given.idle().toSeconds(),
				given.message().toSeconds(), given.answer().toSeconds(), size(given.maxMessage()), given.memory(),
				given.batchRate(), given.withoutBets(), this.page.viewers, ports);
	}

	/**
	 * Listeners that other machines can reach, by name.
	 * @param named whether those that let only some addresses speak, or the others
	 */
	public String openToOthers(boolean named) {
		return this.listeners.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().enabled() && entry.getValue().isOpenToOthers()
					&& !entry.getValue().demandsCertificates() && entry.getValue().peers().isEmpty() != named)
			.map(Map.Entry::getKey)
			.sorted()
			.collect(Collectors.joining(" "));
	}

	/** In the largest unit that says it exactly, as one would write it: 16MB. */
	public static String size(DataSize size) {
		long value = size.toBytes();
		int unit = 0;
		while (value != 0 && value % 1024 == 0 && unit < UNITS.size() - 1) {
			value /= 1024;
			unit++;
		}
		return value + UNITS.get(unit);
	}

	/** Whether a text can stand in a line of the log, and looks there as what it is. */
	private static boolean isOfOneLine(String text) {
		return Texts.isPlain(text) && text.indexOf('|') < 0;
	}

	static void require(boolean holds, String key, Object value, String allowed) {
		if (!holds) {
			throw new InvalidSettingException(key, value, allowed);
		}
	}

	/**
	 * @param duration null where the setting's value is empty
	 */
	static void requirePositive(@Nullable Duration duration, String key) {
		Duration given = (duration != null) ? duration : Duration.ZERO;
		require(given.isPositive(), key, (duration != null) ? time(given) : "", "a time above 0, such as 120s");
		require(given.compareTo(LONGEST) <= 0, key, time(given), "a time of at most " + time(LONGEST));
	}

	/**
	 * In the largest of the two units that says it exactly; milliseconds of any would
	 * overflow.
	 */
	private static String time(Duration duration) {
		return (duration.getNano() == 0) ? duration.toSeconds() + "s"
				: new BigDecimal(duration.getNano()).movePointLeft(6)
					.add(new BigDecimal(duration.toSeconds()).movePointRight(3))
					.toBigInteger() + "ms";
	}

	/**
	 * @param name of the draw, in its record and its log line
	 * @param timeout how long an agency waits for it
	 * @param unnamed what becomes of agencies that don't say which they are
	 * @param maxAgencies how many may have bets or have finished; as many as must finish
	 * are allowed in any case
	 */
	public record Draw(String name, @DurationUnit(ChronoUnit.SECONDS) Duration timeout, int winningNumber,
			Unnamed unnamed, int maxAgencies) {

		public Draw {
			require(isFileName(name), "central.draw.name", name,
					"a name that a file could have too: no slash, backslash or bar and nothing unprintable in it, no point or blank in front");
			requirePositive(timeout, "central.draw.timeout");
			require(winningNumber >= 0 && winningNumber <= 9999, "central.draw.winning-number", winningNumber,
					"a whole number from 0 to 9999");
			require(maxAgencies >= 1, "central.draw.max-agencies", maxAgencies, "a whole number from 1 on");
		}

		/** The name makes directories, and stands in lines between bars. */
		private static boolean isFileName(String name) {
			return !name.isBlank() && name.equals(name.strip()) && !name.startsWith(".") && isOfOneLine(name)
					&& name.chars().noneMatch((c) -> c == '/' || c == '\\');
		}

	}

	/**
	 * @param directory of a store of files
	 * @param minFree of the disk, below which batches are refused
	 * @param patience how long a database may be away before batches are refused
	 */
	public record Store(StoreType type, Path directory, DataSize minFree,
			@DurationUnit(ChronoUnit.SECONDS) Duration patience) {

		public Store {
			requirePositive(patience, "central.store.patience");
			require(directory != null, "central.store.directory", "", "the path of a directory");
			require(!directory.toString().contains("${"), "central.store.directory", directory,
					"a directory, and if it names another setting, one that there is, as in store/${central.draw.name}");
			require(isOfOneLine(directory.toString()), "central.store.directory", directory,
					"a path without a bar and without anything unprintable");
			String must = SystemText.refusal(directory.toString());
			require(must == null, "central.store.directory", directory, String.valueOf(must));
			require(minFree != null && minFree.toBytes() >= 0, "central.store.min-free",
					(minFree != null) ? size(minFree) : "", "a size from 0 on, such as 64MB");
		}

		private String describe() {
			return switch (this.type) {
				case FILE -> "store_directory: " + this.directory + " | min_free: " + size(this.minFree);
				case POSTGRES -> "store: postgres | patience: " + this.patience.toSeconds() + "s";
			};
		}

	}

	/**
	 * Where bets are kept.
	 */
	public enum StoreType {

		/** In a directory that one central has for itself. */
		FILE,
		/** In a database that several centrals share. */
		POSTGRES

	}

	/**
	 * @param viewers how many may have the live page open at once
	 */
	public record Page(int viewers) {

		public Page {
			require(viewers >= 0, "central.page.viewers", viewers, "a whole number from 0 on");
		}

	}

	/**
	 * @param perAddress open at once of one address
	 * @param request how long a request may take from its first byte until it is answered
	 * @param requestRate requests and connections of an address a second; 0 for any
	 * @param details who sees what stands behind the health
	 * @param hosts names under which the central is asked for, besides its addresses
	 */
	public record Http(int perAddress, @DurationUnit(ChronoUnit.SECONDS) Duration request, int requestRate,
			Details details, List<String> hosts) {

		private static final Pattern HOST = Pattern.compile("\\*|(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

		public Http {
			require(perAddress >= 1, "central.http.per-address", perAddress, "a whole number from 1 on");
			requirePositive(request, "central.http.request");
			require(requestRate >= 0, "central.http.request-rate", requestRate, "a whole number from 0 on");
			for (String host : hosts) {
				require(HOST.matcher(host).matches(), "central.http.hosts", host,
						"names without a port, such as lottery.example.org or *.example.org, or * for any");
			}
		}

		/** What a header says of a host, without its port. */
		public static String name(String host) {
			String name = host.replaceFirst(":\\d*$", "");
			return name.toLowerCase(Locale.ROOT);
		}

		/**
		 * Whether a request that says {@code host} may have been meant for this central.
		 * A name without a dot can't be had by others: it is of a container, or of a
		 * machine in the same network.
		 */
		public boolean isKnown(String host) {
			String name = name(host);
			return name.indexOf('.') < 0 || name.endsWith(".localhost") || isAddress(name)
					|| this.hosts.stream().map((known) -> known.toLowerCase(Locale.ROOT)).anyMatch((known) -> {
						boolean below = known.startsWith("*");
						return below ? name.endsWith(known.substring(1)) : name.equals(known);
					});
		}

		private static boolean isAddress(String name) {
			try {
				InetAddress.ofLiteral(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
				return true;
			}
			catch (IllegalArgumentException ex) {
				return false;
			}
		}

		/**
		 * Who sees details.
		 */
		public enum Details {

			/** Requests from the central's own machine. */
			LOOPBACK,
			/** All requests. */
			ALL,
			/** No request. */
			NONE

		}

	}

	/**
	 * @param agencies how many have series of their own
	 */
	public record Metrics(int agencies) {

		private static final int MOST = 10_000;

		public Metrics {
			require(agencies >= 0 && agencies <= MOST, "central.metrics.agencies", agencies,
					"a whole number from 0 to " + MOST);
		}

	}

	/**
	 * @param storedRate lines a second of bets that are stored, above which they are
	 * summed up; 0 for any
	 */
	public record Log(int storedRate) {

		public Log {
			require(storedRate >= 0, "central.log.stored-rate", storedRate, "a whole number from 0 on");
		}

	}

	/**
	 * A setting that can't be used.
	 */
	public static final class InvalidSettingException extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		/**
		 * @param allowed in words that follow "must be"
		 */
		public InvalidSettingException(String key, Object value, String allowed) {
			super(String.format(Locale.ROOT, "%s=%s must be %s", key,
					InvalidBet.printable(String.valueOf(value), Integer.MAX_VALUE), allowed));
		}

	}

}
