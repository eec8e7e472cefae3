package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

import loteria.central.store.commit.Admission;
import loteria.central.store.commit.Work;
import loteria.central.store.postgres.Group.Step;
import loteria.central.store.postgres.Progress.Fate;

/**
 * Stores a group in one transaction: the rows of its agencies, each from where it is to
 * where the group takes it, which keeps every other central out until the end, and the
 * bets. One thread.
 */
final class Transaction {

	private final Pool pool;

	private final String draw;

	private final Progress progress;

	private final Known known = new Known();

	private final Admission admission = new Admission(this.known, false);

	Transaction(Pool pool, String draw) {
		this.pool = pool;
		this.draw = draw;
		this.progress = new Progress(draw);
	}

	/**
	 * @param limit how long the database may take for an answer
	 * @return what is durable now
	 * @throws InDoubtException if it may be
	 */
	Group store(Collection<Work> works, Duration limit) throws SQLException, InDoubtException {
		try (Connection connection = this.pool.take(limit)) {
			Group group = this.pool.run((link) -> write(link, works), connection);
			if (!group.isEmpty()) {
				commit(connection, group);
			}
			keep(group);
			return group;
		}
	}

	private Group write(Connection connection, Collection<Work> works) throws SQLException {
		boolean sure = works.stream().allMatch((work) -> this.known.has(work.agency()));
		if (sure) {
			Group group = Group.of(works, this.admission);
			if (!group.dependsOnWhatIsStored() && this.progress.advance(connection, group)) {
				copy(connection, group);
				return group;
			}
			// another central has served one of the agencies since, or drawn
			connection.rollback();
		}
		SortedSet<Integer> agencies = new TreeSet<>();
		works.forEach((work) -> agencies.add(work.agency()));
		this.progress.lock(connection, agencies, this.known, this.admission);
		Group group = Group.of(works, this.admission);
		if (!this.progress.advance(connection, group)) {
			throw new SQLException("the agencies " + agencies + " are not where this transaction holds them");
		}
		copy(connection, group);
		return group;
	}

	private void copy(Connection connection, Group group) throws SQLException {
		if (!group.hasBatches()) {
			return;
		}
		try (CopyIn copy = CopyIn.begin(connection, this.draw)) {
			for (Step step : group.steps().values()) {
				long seq = step.from();
				for (Work batch : step.batches()) {
					copy.add(seq, batch.rows());
					seq += batch.rows().count();
				}
			}
			copy.finish();
		}
	}

	private void commit(Connection connection, Group group) throws SQLException, InDoubtException {
		try {
			this.pool.run((link) -> {
				DatabaseSession.commit(link);
				return group;
			}, connection);
		}
		catch (SQLException ex) {
			if (Trouble.hasRolledBack(ex)) {
				throw ex;
			}
			throw new InDoubtException(group, ex);
		}
	}

	/** See {@link Progress#fate}. */
	Fate settle(Group group, Duration limit) throws SQLException {
		try (Connection connection = this.pool.take(limit)) {
			Fate fate = this.pool.run((link) -> {
				Fate found = this.progress.fate(link, group);
				DatabaseSession.commit(link);
				return found;
			}, connection);
			if (fate == Fate.STORED) {
				keep(group);
			}
			return fate;
		}
	}

	private void keep(Group group) {
		this.admission.keep();
		for (Step step : group.steps().values()) {
			this.known.stored(step.agency(), step.to());
			if (step.closes()) {
				this.known.closed(step.agency());
			}
		}
	}

	/** What was believed of these agencies may not be so. */
	void forget(Collection<Work> works) {
		works.forEach((work) -> this.known.forget(work.agency()));
	}

	/**
	 * The commit was sent, and no answer came.
	 */
	static final class InDoubtException extends Exception {

		private static final long serialVersionUID = 1L;

		private final transient Group group;

		private final SQLException failure;

		private InDoubtException(Group group, SQLException cause) {
			super(cause);
			this.group = group;
			this.failure = cause;
		}

		Group group() {
			return this.group;
		}

		SQLException failure() {
			return this.failure;
		}

	}

}
