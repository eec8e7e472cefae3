package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What each session of the database is set to, whatever server, database and user are set
 * to: bets would be lost or overlooked otherwise. What a session can't set is looked at.
 */
final class DatabaseSession {

	/** The isolation of all that locks rows: it has to see what it has waited for. */
	static final String READ_COMMITTED = "READ COMMITTED";

	private static final int OLDEST = 150_000;

	/** All of them are in the oldest PostgreSQL that will do. */
	private static final Map<String, String> SETTINGS = settings();

	/** Some engines do not have all of them. */
	private static final String SET = SETTINGS.entrySet()
		.stream()
		.map((setting) -> "('" + setting.getKey() + "', '" + setting.getValue() + "')")
		.collect(Collectors.joining(", ", "SELECT set_config(pg_settings.name, wanted.setting, false) FROM (VALUES ",
				", ('default_transaction_isolation', 'read committed'), ('transaction_timeout', '0')) AS wanted (name, setting) JOIN pg_settings ON pg_settings.name = wanted.name"));

	private static final String SET_LOCAL = SETTINGS.entrySet()
		.stream()
		.map((setting) -> "; SET LOCAL " + setting.getKey() + " = '" + setting.getValue() + "'")
		.collect(Collectors.joining());

	private static final String LOOK = """
			SELECT current_user, current_database(), current_schema(), current_setting('search_path'),
				current_setting('transaction_read_only'), current_setting('in_hot_standby', true),
				current_setting('server_encoding'), current_setting('server_version_num')::integer,
				current_setting('server_version'), current_setting('fsync', true),
				has_schema_privilege(current_schema(), 'CREATE') OR to_regclass('agencies') IS NOT NULL""";

	private static final String UNLOGGED = "SELECT min(relname) FROM pg_class WHERE oid IN (to_regclass('draws'), to_regclass('agencies'), to_regclass('bets')) AND relpersistence <> 'p'";

	private DatabaseSession() {
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		// what is acknowledged is on the disk, and on a standby where there is one
		settings.put("synchronous_commit", "on");
		// an error rather than rows that are left out
		settings.put("row_security", "off");
		// how long something may wait is the central's to know; a draw may take its time
		settings.put("statement_timeout", "0");
		settings.put("lock_timeout", "0");
		// a central that is gone without a word holds no agency for longer
		settings.put("idle_in_transaction_session_timeout", "30s");
		return settings;
	}

	/** Before the first connection is taken. */
	static void prepare(HikariDataSource source) {
		String before = source.getConnectionInitSql();
		source.setConnectionInitSql((before == null || before.isBlank()) ? SET : before + "; " + SET);
		source.setAutoCommit(true);
		source.setReadOnly(false);
	}

	/**
	 * Begins a transaction on a connection of which it is not known that its session is
	 * set as it should be.
	 */
	static void begin(Connection connection, String isolation) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET TRANSACTION ISOLATION LEVEL " + isolation + SET_LOCAL);
		}
	}

	/**
	 * Commits. A server that is told to stop waiting for its standby says that it has
	 * committed, and warns that only it has.
	 */
	static void commit(Connection connection) throws SQLException {
		connection.clearWarnings();
		connection.commit();
		SQLWarning warning = connection.getWarnings();
		if (warning != null) {
			throw new SQLException(warning.getMessage(), "08007", warning);
		}
	}

	/**
	 * Whether something stands between that gives each transaction another session, as
	 * PgBouncer may: it has numbers of its own for connections.
	 */
	static boolean isPooled(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
			return result.next() && result.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
		}
	}

	/**
	 * Why tables can't be made and written here, or would not keep what they are given.
	 */
	static Optional<String> unfit(Connection connection) throws SQLException {
		String unfit;
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(LOOK)) {
			result.next();
			if ("on".equals(result.getString(6))) {
				throw new SQLException("this server only reads: it is a standby", "25006");
			}
			unfit = unfit(result);
		}
		if (unfit == null) {
			try (Statement statement = connection.createStatement();
					ResultSet result = statement.executeQuery(UNLOGGED)) {
				result.next();
				String table = result.getString(1);
				unfit = (table == null) ? null
						: "the table " + table
								+ " is not logged, and is empty after a crash of the server: ALTER TABLE " + table
								+ " SET LOGGED";
			}
		}
		return Optional.ofNullable(unfit);
	}

	private static @Nullable String unfit(ResultSet result) throws SQLException {
		String user = quoted(result.getString(1));
		String database = quoted(result.getString(2));
		String schema = result.getString(3);
		if (result.getString(5).equals("on")) {
			return "the database only reads, as default_transaction_read_only is on: ALTER DATABASE " + database
					+ " RESET default_transaction_read_only, or ALTER ROLE " + user + " RESET it";
		}
		if (!result.getString(7).equals("UTF8")) {
			return "the database is of encoding " + result.getString(7)
					+ "; make it with UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0";
		}
		if (result.getInt(8) < OLDEST) {
			return "the database is PostgreSQL " + result.getString(9) + "; 15 is the oldest that will do";
		}
		if ("off".equals(result.getString(10))) {
			return "fsync is off, so that a crash of the server's machine loses acknowledged bets: ALTER SYSTEM SET fsync = on, and SELECT pg_reload_conf()";
		}
		if (schema == null) {
			return "search_path=" + result.getString(4) + " names no schema that is there and that " + user
					+ " may use: CREATE SCHEMA … AUTHORIZATION " + user + ", or ALTER ROLE " + user
					+ " RESET search_path";
		}
		return result.getBoolean(11) ? null : user + " may make no tables in the schema " + schema
				+ ": GRANT CREATE ON SCHEMA " + quoted(schema) + " TO " + user + ", as its owner";
	}

	private static String quoted(String name) {
		return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
	}

}
