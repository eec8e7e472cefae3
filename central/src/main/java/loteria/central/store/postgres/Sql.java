package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A statement on the connection of a transaction, with its parameters in their order.
 * Throws what the driver throws: whether bets are stored, or may be tried again, is told
 * by it, see {@link Trouble}.
 */
final class Sql {

	private final Connection connection;

	private final String text;

	private final @Nullable Object[] parameters;

	Sql(Connection connection, String text, @Nullable Object... parameters) {
		this.connection = connection;
		this.text = text;
		this.parameters = parameters;
	}

	/** Returns how many rows were changed. */
	long update() throws SQLException {
		try (PreparedStatement statement = prepare()) {
			return statement.executeLargeUpdate();
		}
	}

	/** What {@code row} makes of the first row; null where there is none. */
	<T> @Nullable T first(Row<T> row) throws SQLException {
		try (PreparedStatement statement = prepare(); ResultSet result = statement.executeQuery()) {
			return result.next() ? row.of(result) : null;
		}
	}

	<T> List<T> list(Row<T> row) throws SQLException {
		try (PreparedStatement statement = prepare(); ResultSet result = statement.executeQuery()) {
			List<T> rows = new ArrayList<>();
			while (result.next()) {
				rows.add(row.of(result));
			}
			return rows;
		}
	}

	private PreparedStatement prepare() throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(this.text);
		set(statement, this.parameters);
		return statement;
	}

	/**
	 * The same statement for all of these parameters, in one go.
	 * @return how many rows each has changed
	 */
	static int[] batch(Connection connection, String text, List<Object[]> parameters) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(text)) {
			for (Object[] each : parameters) {
				set(statement, each);
				statement.addBatch();
			}
			return statement.executeBatch();
		}
	}

	private static void set(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
		for (int i = 0; i < parameters.length; i++) {
			statement.setObject(i + 1, parameters[i]);
		}
	}

	/**
	 * What becomes of a row.
	 */
	@FunctionalInterface
	interface Row<T> {

		T of(ResultSet row) throws SQLException;

	}

}
