package loteria.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own on a free port of this machine, which forces its writes as one
 * in earnest does. Ends with the process at the latest.
 */
public final class Database implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final String OF_SERVER = "postgres";

	private static final AtomicInteger made = new AtomicInteger();

	private static @Nullable Database shared;

	private final EmbeddedPostgres server;

	private Database(EmbeddedPostgres server) {
		this.server = server;
	}

	/**
	 * Starts one.
	 * @param directory where its data is kept, made if it is not there; null for a
	 * directory that goes with it
	 */
	public static Database start(@Nullable Path directory) throws IOException {
		// the library turns forcing off, as tests rarely need it
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("full_page_writes", "on")
			.setServerConfig("max_connections", "300")
			.setLocaleConfig("locale", "C.UTF-8")
			.setLocaleConfig("encoding", "UTF8")
			.setPGStartupWait(LIMIT);
		if (directory != null) {
			builder.setDataDirectory(directory).setCleanDataDirectory(false);
		}
		return new Database(builder.start());
	}

	/** The one that all tests of a process have in common. */
	public static synchronized Database shared() throws IOException {
		if (shared == null) {
			shared = start(null);
		}
		return shared;
	}

	/**
	 * Makes an empty database.
	 * @return its address, complete with user
	 */
	public String create() throws SQLException {
		String name = String.format(Locale.ROOT, "lottery%d", made.incrementAndGet());
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE " + name);
		}
		return url(name);
	}

	/** The address of the database that is always there. */
	public String url() {
		return url(OF_SERVER);
	}

	private String url(String name) {
		return this.server.getJdbcUrl(OF_SERVER, name);
	}

	public int port() {
		return this.server.getPort();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
