package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;

import loteria.central.store.commit.Admission;
import loteria.central.store.postgres.Group.Step;
import org.jspecify.annotations.Nullable;

/**
 * The rows that say how far each agency is, as the transaction of a group uses them.
 */
final class Progress {

	private static final String ADVANCE = """
			UPDATE agencies SET stored = ?, writer = ?, closed = closed OR ?, ended = ended OR ?
			WHERE draw = ? AND agency = ? AND stored = ? AND (NOT ended OR ?)""";

	private static final String SHARE_DRAW = "SELECT record IS NOT NULL FROM draws WHERE draw = ? AND agency = 0 FOR SHARE";

	/** Waits for each transaction that has made the row of an agency. */
	private static final String LOCK_DRAW = "SELECT 1 FROM draws WHERE draw = ? AND agency = 0 FOR UPDATE";

	private static final String MAKE = "INSERT INTO agencies (draw, agency) VALUES (?, ?) ON CONFLICT (draw, agency) DO NOTHING";

	private static final String LOCK = "SELECT stored, closed, writer FROM agencies WHERE draw = ? AND agency = ? FOR UPDATE";

	private static final String TOUCH = "UPDATE agencies SET writer = writer WHERE draw = ? AND agency = ?";

	private final String draw;

	Progress(String draw) {
		this.draw = draw;
	}

	/**
	 * Takes each agency from where it is believed to be to where the group takes it.
	 * @return whether all of them were there
	 */
	boolean advance(Connection connection, Group group) throws SQLException {
		List<Object[]> steps = new ArrayList<>();
		for (Step step : group.steps().values()) {
			steps.add(new Object[] { step.to(), group.writer(), step.closes(), step.closes(), this.draw, step.agency(),
					step.from(), !step.hasBatches() });
		}
		return Arrays.stream(Sql.batch(connection, ADVANCE, steps)).allMatch((rows) -> rows == 1);
	}

	/**
	 * Learns how far the agencies are, and holds them there; makes the rows that are not
	 * there yet, which a draw must not overlook.
	 */
	void lock(Connection connection, SortedSet<Integer> agencies, Known known, Admission admission)
			throws SQLException {
		Boolean drawn = new Sql(connection, SHARE_DRAW, this.draw).first((row) -> row.getBoolean(1));
		if (drawn == null) {
			throw new SQLException("the draw " + this.draw + " is not in the database any more");
		}
		if (drawn) {
			admission.draw();
		}
		Sql.batch(connection, MAKE, agencies.stream().map((agency) -> new Object[] { this.draw, agency }).toList());
		for (int agency : agencies) {
			Position position = lock(connection, agency);
			if (position == null) {
				throw new SQLException("agency " + agency + " is not in the database any more");
			}
			known.stored(agency, position.stored());
			if (position.closed()) {
				known.closed(agency);
			}
		}
	}

	/**
	 * Waits for the transaction that has it; null if there is no such row, or the
	 * transaction that makes it is not over.
	 */
	private @Nullable Position lock(Connection connection, int agency) throws SQLException {
		return new Sql(connection, LOCK, this.draw, agency)
			.first((row) -> new Position(row.getLong(1), row.getBoolean(2), row.getObject(3, UUID.class)));
	}

	/**
	 * Whether a group is stored whose fate is unknown: its commit was sent, and no answer
	 * came. The rows tell as long as no other central has stored bets of the same
	 * agencies since. Where it is, writes something, so that this transaction's commit
	 * waits for whatever has to have the other one, too.
	 * <p>
	 * The other one may not be over: it may wait for a standby. Rows of agencies that
	 * were there it holds; rows that it makes can't be seen yet, but it shares the
	 * draw's.
	 */
	Fate fate(Connection connection, Group group) throws SQLException {
		new Sql(connection, LOCK_DRAW, this.draw).first((row) -> true);
		for (Step step : group.steps().values()) {
			if (step.hasBatches()) {
				Position position = lock(connection, step.agency());
				if (position != null && group.writer().equals(position.writer())) {
					new Sql(connection, TOUCH, this.draw, step.agency()).update();
					return Fate.STORED;
				}
				if (((position == null) ? 0 : position.stored()) == step.from()) {
					return Fate.NOT_STORED;
				}
			}
		}
		// to finish twice does no harm
		return group.hasBatches() ? Fate.UNKNOWN : Fate.NOT_STORED;
	}

	/**
	 * What became of a group.
	 */
	enum Fate {

		STORED, NOT_STORED, UNKNOWN

	}

	private record Position(long stored, boolean closed, @Nullable UUID writer) {
	}

}
