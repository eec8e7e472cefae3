package loteria.central.store.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.store.DrawRecord;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.database.Database;
import loteria.database.Server;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A database that is set otherwise than a store needs it: the store sets it for itself,
 * or refuses it.
 */
@Timeout(300)
class DatabaseSessionTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

	private final String draw = TestDatabase.newDraw();

	private static String database(String... changes) throws Exception {
		String url = Database.shared().create();
		for (String change : changes) {
			Server.query(url, change.replace("<database>", url.replaceAll(".*/|\\?.*", "")));
		}
		return url;
	}

	/** The agency's first bets are about to be committed when the draw begins. */
	@Test
	void drawsOverAllThatIsAcknowledgedWhereTheDatabaseTakesSnapshots() throws Exception {
		String url = database("ALTER DATABASE <database> SET default_transaction_isolation = 'repeatable read'");
		try (PostgresBetStore store = open(url);
				Connection other = DriverManager.getConnection(url);
				Statement storing = other.createStatement()) {
			other.setAutoCommit(false);
			storing.execute("SELECT 1 FROM draws FOR SHARE");
			storing.execute("INSERT INTO agencies (draw, agency, stored) SELECT draw, 1, 1 FROM draws");
			storing.execute("INSERT INTO bets SELECT draw, 1, 0, 'Ana', 'Paz', '11', '1990-01-01', 7574 FROM draws");
			CompletableFuture<DrawRecord> record = CompletableFuture.supplyAsync(() -> draw(store));
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> Server.query(url,
						"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
					.equals("1"));
			other.commit();
			assertThat(record.join().bets()).isOne();
		}
	}

	private static DrawRecord draw(PostgresBetStore store) {
		try {
			return store.draw(NOW);
		}
		catch (StoreFailure ex) {
			throw new AssertionError(ex);
		}
	}

	@ParameterizedTest
	@CsvSource({ "synchronous_commit, off, on", "synchronous_commit, local, on",
			"default_transaction_isolation, serializable, read committed", "row_security, on, off",
			"statement_timeout, 50ms, 0", "lock_timeout, 50ms, 0", "idle_in_transaction_session_timeout, 1s, 30s" })
	void setsWhatItsSessionsNeed(String setting, String ofDatabase, String ofSession) throws Exception {
		String url = database("ALTER DATABASE <database> SET " + setting + " = '" + ofDatabase + "'");
		try (HikariDataSource source = new HikariDataSource()) {
			source.setJdbcUrl(url);
			source.setConnectionInitSql("SELECT 1");
			DatabaseSession.prepare(source);
			try (Connection connection = source.getConnection()) {
				assertThat(show(connection, setting)).isEqualTo(ofSession);
			}
		}
		// as on a connection that another has set
		try (Connection connection = DriverManager.getConnection(url)) {
			assertThat(show(connection, setting)).isEqualTo(ofDatabase);
			DatabaseSession.begin(connection, DatabaseSession.READ_COMMITTED);
			assertThat(show(connection, setting.replace("default_", ""))).isEqualTo(ofSession);
		}
	}

	private static String show(Connection connection, String setting) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SHOW " + setting)) {
			result.next();
			return result.getString(1);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					ALTER DATABASE <database> SET default_transaction_read_only = on | the database only reads, as default_transaction_read_only is on: ALTER DATABASE
					ALTER DATABASE <database> SET search_path = nowhere | search_path=nowhere names no schema that is there
					DROP SCHEMA public | names no schema that is there and that postgres may use: CREATE SCHEMA
					CREATE TABLE strange (a integer) | Found non-empty schema(s) "public" but no schema history table
					""")
	void saysWhyADatabaseCantBeUsed(String change, String reason) throws Exception {
		String url = database(change);
		assertThat(refusal(() -> open(url))).contains(reason);
	}

	@Test
	void saysWhatARoleMayNot() throws Exception {
		String url = database("DROP ROLE IF EXISTS nobody", "CREATE ROLE nobody LOGIN");
		String asNobody = url.replace("user=postgres", "user=nobody");
		assertThat(refusal(() -> open(asNobody))).contains(
				"nobody may make no tables in the schema public: GRANT CREATE ON SCHEMA public TO nobody, as its owner");
		open(url).close();
		assertThat(refusal(() -> open(asNobody))).contains("permission denied for table flyway_schema_history (42501)",
				"ALTER TABLE … OWNER TO");
		assertThat(refusal(() -> open(url.replace("user=postgres", "user=unknown"))))
			.contains("(28000); see spring.datasource.username and password");
		assertThat(refusal(() -> open(url.replace("/lottery", "/lotteria")))).contains("(3D000); make it with CREATE");
	}

	@Test
	void refusesTablesThatACrashEmpties() throws Exception {
		String url = database();
		open(url).close();
		Server.query(url, "ALTER TABLE bets SET UNLOGGED");
		assertThat(refusal(() -> open(url))).contains("ALTER TABLE bets SET LOGGED");
	}

	@Test
	void refusesAServerThatForcesNothing(@TempDir Path directory) throws Exception {
		try (Server server = new Server(directory.resolve("data"), StandbyTests.freePort()).with("fsync", "off")
			.start()) {
			assertThat(refusal(() -> open(server.url("postgres")))).contains("fsync is off",
					"ALTER SYSTEM SET fsync = on");
		}
	}

	@Test
	void refusesTablesOfANewerCentral() throws Exception {
		String url = database();
		open(url).close();
		Server.query(url,
				"INSERT INTO flyway_schema_history SELECT installed_rank + 1, '99', 'newer', type, "
						+ "'V99__newer.sql', checksum, installed_by, installed_on, execution_time, success "
						+ "FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
		assertThat(refusal(() -> open(url))).contains("a newer central has changed the tables (V99__newer.sql)",
				"use the newer one");
	}

	@Test
	void refusesOtherAgenciesThanTheDrawHas() throws Exception {
		String url = database();
		open(url).close();
		Server.query(url, "UPDATE draws SET agencies = '1-3'");
		assertThat(refusal(() -> open(url))).contains("central.agencies=2, but the draw", "in the database is of 1-3");
		// as an older central has begun it, or somebody who wants others
		Server.query(url, "UPDATE draws SET agencies = NULL");
		open(url).close();
		assertThat(Server.query(url, "SELECT agencies FROM draws")).isEqualTo("2");
	}

	@Test
	void acknowledgesNothingThatATriggerKeepsOut() throws Exception {
		String url = database();
		try (PostgresBetStore store = open(url)) {
			TestBets.store(store, 1, 10);
			Server.query(url,
					"CREATE FUNCTION swallow() RETURNS trigger AS 'BEGIN RETURN CASE WHEN NEW.seq = 12 THEN NULL ELSE NEW END; END' LANGUAGE plpgsql");
			Server.query(url, "CREATE TRIGGER swallow BEFORE INSERT ON bets FOR EACH ROW EXECUTE FUNCTION swallow()");
			Refusal refusal = store.append(Sequence.ANYWHERE, TestBets.rows(1, 10, 10)).join();
			assertThat(refusal).isNotNull();
			assertThat(refusal.reason()).isEqualTo(Reason.STORE_FAILED);
			assertThat(refusal.detail()).contains("took 9 of 10 rows");
			assertThat(store.stored(1)).isEqualTo(10);
		}
	}

	@Test
	void drawsOverNoOtherRowsThanWereStored() throws Exception {
		String url = database();
		try (PostgresBetStore store = open(url)) {
			TestBets.store(store, 1, 7);
			Server.query(url, "DELETE FROM bets WHERE seq = 3");
			assertThat(store.close(1)).isNull();
			StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> store.draw(NOW));
			assertThat(failure).hasMessageContaining("other rows of agency 1 than were stored: 6 of 7");
			assertThat(store.drawn()).isEmpty();
		}
	}

	@Test
	void tellsNoRecordThatWasChanged() throws Exception {
		String url = database();
		try (PostgresBetStore store = open(url)) {
			TestBets.store(store, 1, 20);
			assertThat(store.close(1)).isNull();
			store.draw(NOW);
			Server.query(url, "UPDATE agencies SET winning_bets = 1");
			assertThat(store.winners(1)).isEmpty();
			Server.query(url, "UPDATE draws SET record = replace(record, '\"bets\" : 20', '\"bets\" : 21')");
			assertThat(refusal(() -> open(url))).contains("the record of the draw in the database was changed");
		}
	}

	private PostgresBetStore open(String url) throws StoreFailure {
		return TestDatabase.open(this.draw, url, Duration.ofSeconds(1));
	}

	private static String refusal(ThrowingCallable call) {
		StoreFailure failure = catchThrowableOfType(StoreFailure.class, call);
		assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
		assertThat(failure.getMessage()).doesNotContain("\n");
		return failure.getMessage();
	}

}
