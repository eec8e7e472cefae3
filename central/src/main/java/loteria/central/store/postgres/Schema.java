package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.postgres.PostgresBetStore.Options;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Makes the tables, or brings them up to date, and the row of the draw.
 */
final class Schema {

	private static final String BEGIN = "INSERT INTO draws (draw, winning_number) VALUES (?, ?) ON CONFLICT (draw, agency) DO NOTHING";

	/**
	 * The agencies of a draw that an older central has begun, or whose are to be others.
	 */
	private static final String COMPLETE = "UPDATE draws SET agencies = ? WHERE draw = ? AND agency = 0 AND agencies IS NULL";

	/** Of a setting that may be long. */
	private static final int SHOWN = 200;

	private Schema() {
	}

	/**
	 * @throws StoreFailure if a newer central has changed the tables: what this one would
	 * store there might not be all that belongs there
	 */
	static void migrate(HikariDataSource source) throws StoreFailure {
		Map<String, String> properties = new TreeMap<>();
		source.getDataSourceProperties().forEach((name, value) -> properties.put(name.toString(), value.toString()));
		// on connections of its own: a pooler between would mix up named statements
		properties.put("prepareThreshold", "0");
		Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
			.dataSource(source.getJdbcUrl(), source.getUsername(), source.getPassword())
			.jdbcProperties(properties)
			.initSql(source.getConnectionInitSql())
			.locations("classpath:db/migration")
			.load();
		for (MigrationInfo migration : flyway.info().applied()) {
			if (migration.getScript() != null && migration.getState().isApplied()
					&& !migration.getState().isResolved()) {
				throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT,
						"a newer central has changed the tables (%s); this one knows them up to version %s: use the newer one, or another database",
						migration.getScript(),
						Arrays.stream(flyway.info().all())
							.filter((known) -> known.getState().isResolved())
							.map((known) -> String.valueOf(known.getVersion()))
							.reduce("0", (_, last) -> last)));
			}
		}
		flyway.migrate();
	}

	/** Begins the draw, or goes on with it where it has the same winning number. */
	static void begin(Connection connection, Options options) throws SQLException, StoreFailure {
		new Sql(connection, BEGIN, options.drawName(), options.winningNumber()).update();
		int winningNumber = Integer.parseInt(find(connection, "winning_number", options));
		if (winningNumber != options.winningNumber()) {
			throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT,
					"central.draw.winning-number=%d, but the draw %s in the database is made with %d; a new draw needs a new central.draw.name",
					options.winningNumber(), options.drawName(), winningNumber));
		}
	}

	/** The draw waits for the same agencies at each of its centrals. */
	static void agree(Connection connection, Options options) throws SQLException, StoreFailure {
		new Sql(connection, COMPLETE, options.agencies(), options.drawName()).update();
		String agencies = find(connection, "agencies", options);
		if (!agencies.equals(options.agencies())) {
			throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT,
					"central.agencies=%s, but the draw %s in the database is of %s: all its centrals must say the same; to change it, stop all of them and UPDATE draws SET agencies = NULL WHERE draw = '%s'",
					shown(options.agencies()), options.drawName(), shown(agencies),
					options.drawName().replace("'", "''")));
		}
	}

	private static String find(Connection connection, String column, Options options) throws SQLException {
		String found = new Sql(connection, "SELECT " + column + " FROM draws WHERE draw = ? AND agency = 0",
				options.drawName())
			.first((row) -> String.valueOf(row.getString(1)));
		if (found == null) {
			throw new SQLException("the draw " + options.drawName() + " is not in the database any more");
		}
		return found;
	}

	private static String shown(String agencies) {
		return (agencies.length() <= SHOWN) ? agencies : agencies.substring(0, SHOWN) + "…";
	}

}
