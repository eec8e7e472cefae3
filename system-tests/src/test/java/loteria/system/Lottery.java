package loteria.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A central with its store and ports, agencies with their data, and what to expect of
 * them. Closing it kills whatever still runs.
 */
final class Lottery implements AutoCloseable {

	static final List<String> DIALECTS = List.of("lines", "fixed", "csv", "packets", "tlv");

	static final Duration LIMIT = Duration.ofSeconds(120);

	private static final int FIRST_PORT = 15000;

	/** Of Linux, see {@code /proc/sys/net/ipv4/ip_local_port_range}. */
	private static final int FIRST_EPHEMERAL_PORT = 32768;

	/** No two lotteries have a port in common, as they may run at the same time. */
	private static final Set<Integer> taken = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private final Data data;

	private final Map<String, Integer> ports = new LinkedHashMap<>();

	private final int httpPort;

	private final List<Program> programs = new ArrayList<>();

	private final Map<String, String> settings = new TreeMap<>();

	/**
	 * @param directory empty, of this lottery alone
	 */
	Lottery(Path directory, Data data) {
		this.directory = directory;
		this.data = data;
		List<Integer> free = freePorts(DIALECTS.size() + 1);
		for (String dialect : DIALECTS) {
			int port = free.removeFirst();
			this.ports.put(dialect, port);
			this.settings.put("CENTRAL_LISTENERS_" + dialect.toUpperCase(Locale.ROOT) + "_PORT", "" + port);
		}
		this.httpPort = free.removeFirst();
		this.settings.put("SERVER_PORT", "" + this.httpPort);
		this.settings.put("CENTRAL_AGENCIES", "" + data.agencies());
	}

	/**
	 * Ports that stay free while the central is down: the system gives none of these to
	 * an outgoing connection, as it does those that {@code new ServerSocket(0)} finds.
	 */
	static List<Integer> freePorts(int count) {
		return ThreadLocalRandom.current()
			.ints(FIRST_PORT, FIRST_EPHEMERAL_PORT)
			.filter((port) -> isFree(port) && taken.add(port))
			.limit(count)
			.boxed()
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** A setting of every central started from now on. */
	Lottery with(String key, String value) {
		this.settings.put(key, value);
		return this;
	}

	/** Starts the central and waits until it listens. */
	Program startCentral(String... jvmOptions) {
		Program central = launchCentral(jvmOptions);
		awaitReady();
		return central;
	}

	/** Starts a copy of the central that may have something beside it. */
	Program startCentralOf(Path jar) {
		Program central = keep(Program.ofJar(jar, this.directory, this.settings));
		awaitReady();
		return central;
	}

	/** Starts the central and waits for nothing. */
	Program launchCentral(String... jvmOptions) {
		return keep(Program.start("central", this.directory, this.settings, jvmOptions));
	}

	/** Starts the central under a limit of the system: larger files can't be written. */
	Program launchCentralWithFilesUpTo(long bytes) {
		return launchCentralUnder("ulimit -f " + bytes / 1024);
	}

	/** The same: more files can't be open. */
	Program launchCentralWithFiles(int count) {
		return launchCentralUnder("ulimit -n " + count);
	}

	private Program launchCentralUnder(String limit) {
		return keep(Program.startUnder(List.of("bash", "-c", limit + "; exec \"$@\"", "bash"), "central",
				this.directory, this.settings));
	}

	void awaitReady() {
		Awaitility.await("readiness")
			.atMost(LIMIT)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> Http.status(this.httpPort, "/actuator/health/readiness") == 200);
	}

	Program startAgency(int agency, String dialect, String... settings) {
		return startAgency(agency, dialect, this.ports.get(dialect), settings);
	}

	/**
	 * @param port of whatever stands where the central is expected
	 * @param settings keys and values in turn
	 */
	Program startAgency(int agency, String dialect, int port, String... settings) {
		Map<String, String> environment = new TreeMap<>();
		environment.put("CLI_ID", "" + agency);
		environment.put("CLI_DIALECT", dialect);
		environment.put("CLI_SERVER_ADDRESS", "localhost:" + port);
		environment.put("CLI_FILE", this.data.file(agency).toString());
		for (int i = 0; i < settings.length; i += 2) {
			environment.put(settings[i], settings[i + 1]);
		}
		return keep(Program.start("agency", this.directory.resolve("agency-" + agency), environment));
	}

	private Program keep(Program program) {
		this.programs.add(program);
		return program;
	}

	int port(String dialect) {
		return this.ports.get(dialect);
	}

	int httpPort() {
		return this.httpPort;
	}

	Path store() {
		return this.directory.resolve("store");
	}

	/** The rows of bets.csv, line ends off. */
	List<String> rows() throws IOException {
		Path bets = store().resolve("bets.csv");
		if (!Files.exists(bets)) {
			return List.of();
		}
		try (Stream<String> lines = Files.lines(bets, StandardCharsets.UTF_8)) {
			return lines.toList();
		}
	}

	/** How large bets.csv is, in bytes. */
	int size() {
		return (int) store().resolve("bets.csv").toFile().length();
	}

	/** Changes a byte of bets.csv, and the same in the journal's copy of the row. */
	void damage(int place) throws IOException {
		Path bets = store().resolve("bets.csv");
		Path journal = store().resolve("bets.journal");
		byte[] rows = Files.readAllBytes(bets);
		String text = new String(rows, StandardCharsets.ISO_8859_1);
		// a row, whole: between two of them the journal may begin another entry
		int row = text.lastIndexOf('\n', place - 1) + 1;
		byte[] entries = Files.readAllBytes(journal);
		int copy = new String(entries, StandardCharsets.ISO_8859_1)
			.indexOf(text.substring(row, text.indexOf('\n', row)));
		rows[place] ^= 1;
		entries[copy + place - row] ^= 1;
		Files.write(bets, rows);
		Files.write(journal, entries);
	}

	/** Cuts bets.csv short. */
	void cut(long bytes) throws IOException {
		try (FileChannel bets = FileChannel.open(store().resolve("bets.csv"), StandardOpenOption.WRITE)) {
			bets.truncate(bytes);
		}
	}

	/** Returns as soon as bets.csv has {@code bytes}. */
	void awaitSize(long bytes) {
		Awaitility.await(bytes + " bytes in " + store())
			.atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> size() >= bytes);
	}

	@Override
	public void close() {
		this.programs.forEach(Program::close);
	}

}
