package loteria.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that is always found at the same port, and is stopped, killed and started
 * again with what it has stored.
 */
public final class Server implements AutoCloseable {

	/** Of the one who owns it. */
	private static final String USER = "postgres";

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private final Path directory;

	private final int port;

	private final Map<String, String> settings = new TreeMap<>(Map.of("fsync", "on", "synchronous_commit", "on",
			"full_page_writes", "on", "max_connections", "300", "listen_addresses", "127.0.0.1"));

	private @Nullable EmbeddedPostgres running;

	private @Nullable ProcessHandle process;

	/**
	 * @param directory of its data, made at the first start
	 */
	public Server(Path directory, int port) {
		this.directory = directory;
		this.port = port;
	}

	/** A setting of {@code postgresql.conf}, from the next start on. */
	public Server with(String setting, String value) {
		this.settings.put(setting, value);
		return this;
	}

	public Server start() throws IOException {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.directory)
			.setCleanDataDirectory(false)
			.setPort(this.port)
			.setLocaleConfig("locale", "C.UTF-8")
			.setLocaleConfig("encoding", "UTF8")
			.setPGStartupWait(LIMIT);
		// a shell reads them on their way
		this.settings.forEach((name, value) -> builder.setServerConfig(name, "'" + value + "'"));
		this.running = builder.start();
		this.process = ProcessHandle.of(pid()).orElse(null);
		return this;
	}

	/**
	 * In order: connections are ended, and what is under way is rolled back. Returns when
	 * it has written everything and is gone, for which the library does not always wait.
	 */
	public void stop() throws IOException {
		EmbeddedPostgres server = this.running;
		this.running = null;
		if (server != null) {
			server.close();
			awaitEnd();
		}
	}

	/** As when its machine loses power: it recovers at its next start. */
	public void crash() throws IOException {
		// what is called immediate shutdown; SIGKILL would leave its children behind
		signal(pid(), "QUIT");
		awaitEnd();
		stop();
	}

	private void awaitEnd() throws IOException {
		ProcessHandle server = this.process;
		if (server == null) {
			return;
		}
		try {
			server.onExit().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("PostgreSQL at port " + this.port + " does not end", ex);
		}
	}

	private long pid() throws IOException {
		return Long.parseLong(Files.readAllLines(this.directory.resolve("postmaster.pid"), StandardCharsets.UTF_8)
			.getFirst()
			.strip());
	}

	private static void signal(long pid, String signal) throws IOException {
		new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).inheritIO().start().onExit().join();
	}

	/**
	 * Makes a standby that follows this one, which is stopped meanwhile and waits for the
	 * standby with every commit from then on.
	 * @param directory of its data, made here
	 */
	public Server standby(Path directory, int port) throws IOException {
		stop();
		copy(this.directory, directory);
		Files.createFile(directory.resolve("standby.signal"));
		Server standby = new Server(directory, port);
		standby.settings.putAll(this.settings);
		standby.with("primary_conninfo",
				"host=127.0.0.1 port=" + this.port + " user=" + USER + " application_name=standby");
		with("synchronous_standby_names", "ANY 1 (standby)").start();
		return standby.start();
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				if (!file.getFileName().toString().equals("epg-lock")) {
					Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
		}
	}

	/** A standby becomes a primary that waits for no standby. */
	public void promote() throws SQLException {
		if (!query("SELECT pg_promote()").equals("t")) {
			throw new SQLException("PostgreSQL at port " + this.port + " was not promoted");
		}
	}

	/**
	 * @return the first column of the first row
	 */
	public String query(String statement) throws SQLException {
		return query(url(USER), statement);
	}

	/** The same in a database of its own. */
	public static String query(String url, String statement) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url); Statement asked = connection.createStatement()) {
			if (!asked.execute(statement)) {
				return "";
			}
			try (ResultSet result = asked.getResultSet()) {
				return result.next() ? String.valueOf(result.getString(1)) : "";
			}
		}
	}

	public int port() {
		return this.port;
	}

	/** The address of a database, complete with user. */
	public String url(String database) {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + database + "?user=" + USER;
	}

	@Override
	public void close() {
		try {
			stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
