package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import javax.sql.DataSource;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.flywaydb.core.Flyway;

/**
 * Makes the tables, or brings them up to date, and the row of the draw.
 */
final class Schema {

	private static final int OLDEST = 150_000;

	private static final String BEGIN = "INSERT INTO draws (draw, winning_number) VALUES (?, ?) ON CONFLICT (draw, agency) DO NOTHING";

	private static final String FIND = "SELECT winning_number FROM draws WHERE draw = ? AND agency = 0";

	private Schema() {
	}

	static void migrate(DataSource source) {
		Flyway.configure(Schema.class.getClassLoader())
			.dataSource(source)
			.locations("classpath:db/migration")
			.load()
			.migrate();
	}

	/** That this is a database that keeps what it is given. */
	static void requireFit(Connection connection) throws SQLException, StoreFailure {
		String encoding = show(connection, "server_encoding");
		if (!encoding.equals("UTF8")) {
			throw new StoreFailure(Kind.UNUSABLE, "the database is of encoding " + encoding
					+ "; make it with UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
		}
		if (Integer.parseInt(show(connection, "server_version_num")) < OLDEST) {
			throw new StoreFailure(Kind.UNUSABLE, "the database is PostgreSQL " + show(connection, "server_version")
					+ "; 15 is the oldest that will do");
		}
	}

	private static String show(Connection connection, String setting) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SHOW " + setting)) {
			result.next();
			return result.getString(1);
		}
	}

	/** Begins the draw, or goes on with it. */
	static void begin(Connection connection, String draw, int winningNumber) throws SQLException, StoreFailure {
		try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
			statement.setString(1, draw);
			statement.setInt(2, winningNumber);
			statement.executeUpdate();
		}
		try (PreparedStatement statement = connection.prepareStatement(FIND)) {
			statement.setString(1, draw);
			try (ResultSet result = statement.executeQuery()) {
				if (result.next() && result.getInt(1) != winningNumber) {
					throw new StoreFailure(Kind.UNUSABLE, String.format(Locale.ROOT,
							"central.draw.winning-number=%d, but the draw %s in the database is made with %d; a new draw needs a new central.draw.name",
							winningNumber, draw, result.getInt(1)));
				}
			}
		}
	}

}
