package loteria.central.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import org.jspecify.annotations.Nullable;

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
		Found before = new Sql(connection, LOCK, this.draw)
			.first((row) -> new Found(row.getString(1), row.getObject(2, UUID.class)));
		if (before == null) {
			throw new SQLException("the draw " + this.draw + " is not in the database any more");
		}
		if (before.record() != null) {
			Drawn drawn = new Drawn(View.parse(before.record()), this.self.equals(before.by()));
			found(connection);
			return drawn;
		}
		end(connection);
		DrawRecord record = DrawRecord.of(this.draw, this.winningNumber, instant, this.summaries.records(connection));
		new Sql(connection, DRAW, new String(DrawJson.write(record), StandardCharsets.UTF_8), this.self, this.draw)
			.update();
		DatabaseSession.commit(connection);
		return new Drawn(record, true);
	}

	/**
	 * Writes something, so that the commit waits for whatever has to have the record,
	 * too.
	 */
	private void found(Connection connection) throws SQLException {
		new Sql(connection, FOUND, this.draw).update();
		DatabaseSession.commit(connection);
	}

	private void end(Connection connection) throws SQLException {
		List<Object[]> agencies = new Sql(connection, OPEN, this.draw)
			.list((row) -> new Object[] { this.draw, row.getInt(1) });
		Sql.batch(connection, END, agencies);
	}

	private record Found(@Nullable String record, @Nullable UUID by) {
	}

	/**
	 * @param here whether this central drew, not another
	 */
	record Drawn(DrawRecord record, boolean here) {
	}

}
