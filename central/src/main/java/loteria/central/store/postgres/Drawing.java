package loteria.central.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;

/**
 * The draw, in one transaction: it keeps new agencies out, then ends the others one after
 * the other, as soon as what is being stored of each is done, and makes the record of
 * what is there then. Whichever central comes second finds the record.
 */
final class Drawing {

	private static final String LOCK = "SELECT record, drawn_by FROM draws WHERE draw = ? AND agency = 0 FOR UPDATE";

	private static final String OPEN = "SELECT agency FROM agencies WHERE draw = ? AND NOT ended ORDER BY agency";

	private static final String END = "UPDATE agencies SET ended = true WHERE draw = ? AND agency = ?";

	private static final String FOUND = "UPDATE draws SET drawn_by = drawn_by WHERE draw = ? AND agency = 0";

	private static final String DRAW = "UPDATE draws SET record = ?, drawn_by = ? WHERE draw = ? AND agency = 0";

	private final String draw;

	private final int winningNumber;

	private final Summaries summaries;

	/** The same in every attempt of this central. */
	private final UUID self = UUID.randomUUID();

	Drawing(String draw, int winningNumber, Summaries summaries) {
		this.draw = draw;
		this.winningNumber = winningNumber;
		this.summaries = summaries;
	}

	/** On a connection that does not commit by itself. May be tried again. */
	Drawn draw(Connection connection, Instant instant) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
			statement.setString(1, this.draw);
			try (ResultSet result = statement.executeQuery()) {
				if (!result.next()) {
					throw new SQLException("the draw " + this.draw + " is not in the database any more");
				}
				String record = result.getString(1);
				if (record != null) {
					Drawn drawn = new Drawn(View.parse(record), this.self.equals(result.getObject(2, UUID.class)));
					found(connection);
					return drawn;
				}
			}
		}
		end(connection);
		DrawRecord record = DrawRecord.of(this.draw, this.winningNumber, instant, this.summaries.records(connection));
		try (PreparedStatement statement = connection.prepareStatement(DRAW)) {
			statement.setString(1, new String(DrawJson.write(record), StandardCharsets.UTF_8));
			statement.setObject(2, this.self);
			statement.setString(3, this.draw);
			statement.executeUpdate();
		}
		DatabaseSession.commit(connection);
		return new Drawn(record, true);
	}

	/**
	 * Writes something, so that the commit waits for whatever has to have the record,
	 * too.
	 */
	private void found(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(FOUND)) {
			statement.setString(1, this.draw);
			statement.executeUpdate();
		}
		DatabaseSession.commit(connection);
	}

	private void end(Connection connection) throws SQLException {
		List<Integer> agencies = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
			statement.setString(1, this.draw);
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					agencies.add(result.getInt(1));
				}
			}
		}
		try (PreparedStatement statement = connection.prepareStatement(END)) {
			for (int agency : agencies) {
				statement.setString(1, this.draw);
				statement.setInt(2, agency);
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	/**
	 * @param here whether this central drew, not another
	 */
	record Drawn(DrawRecord record, boolean here) {
	}

}
