package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.store.StoreAwayException;
import org.postgresql.PGConnection;

/**
 * The connections to the database. One is kept for each thread of the store and for a
 * draw, so that none of these waits behind agencies that ask; those share the rest.
 */
final class Pool {

	/** For who writes, who watches, and a draw. */
	private static final int OWN = 3;

	private static final int LEAST_LIMIT = 1000;

	private final HikariDataSource source;

	private final Availability availability;

	private final Semaphore askers;

	/**
	 * Whether each transaction may get another session, see
	 * {@link DatabaseSession#isPooled}.
	 */
	private volatile boolean pooled;

	Pool(HikariDataSource source, Availability availability) {
		this.source = source;
		this.availability = availability;
		this.askers = new Semaphore(source.getMaximumPoolSize() - OWN, true);
	}

	/**
	 * Waits for a database that is about to come.
	 * @return see {@link DatabaseSession#unfit}
	 */
	Optional<String> begin() throws SQLException {
		this.pooled = persist(DatabaseSession::isPooled, true);
		return persist(DatabaseSession::unfit, true);
	}

	boolean isPooled() {
		return this.pooled;
	}

	/**
	 * For one transaction, or one statement; the caller says whether statements commit by
	 * themselves.
	 */
	Connection take(boolean autoCommit) throws SQLException {
		Connection connection = this.source.getConnection();
		try {
			if (this.pooled) {
				// a name that is given in one session is unknown, or another's, in the
				// next
				connection.unwrap(PGConnection.class).setPrepareThreshold(0);
			}
			if (this.pooled && !autoCommit) {
				DatabaseSession.begin(connection, DatabaseSession.READ_COMMITTED);
			}
			else {
				connection.setAutoCommit(autoCommit);
			}
			return connection;
		}
		catch (SQLException ex) {
			this.source.evictConnection(connection);
			throw ex;
		}
	}

	/**
	 * For a transaction that stores, and is cut off where the database does not answer
	 * for so long.
	 */
	Connection take(Duration limit) throws SQLException {
		Connection connection = take(false);
		int before = connection.getNetworkTimeout();
		int millis = (int) Math.max(LEAST_LIMIT, Math.min(limit.toMillis(), Integer.MAX_VALUE));
		if (before == 0 || before > millis) {
			connection.setNetworkTimeout(Runnable::run, millis);
		}
		return connection;
	}

	/**
	 * Asks something of the database, and again while it is away.
	 * @throws StoreAwayException if it stays away
	 */
	<T> T ask(Task<T> task) {
		this.askers.acquireUninterruptibly();
		try {
			return persist(task, true);
		}
		catch (SQLException ex) {
			throw new StoreAwayException(Trouble.describe(ex), ex);
		}
		finally {
			this.askers.release();
		}
	}

	/**
	 * Does something as often as it takes while the database is away: something that does
	 * no harm twice.
	 */
	<T> T persist(Task<T> task, boolean autoCommit) throws SQLException {
		long began = System.nanoTime();
		while (true) {
			try (Connection connection = take(autoCommit)) {
				T result = run(task, connection);
				if (autoCommit) {
					this.availability.answered();
				}
				else {
					this.availability.back();
				}
				return result;
			}
			catch (SQLException ex) {
				if (!this.availability.isWorthATry(ex, began, !autoCommit)) {
					throw ex;
				}
			}
		}
	}

	/** Runs it, and lets go of a connection that can't be trusted afterwards. */
	<T> T run(Task<T> task, Connection connection) throws SQLException {
		try {
			return task.run(connection);
		}
		catch (SQLException ex) {
			if (Trouble.of(ex) == Trouble.AWAY) {
				this.source.evictConnection(connection);
			}
			throw ex;
		}
	}

	void close() {
		this.source.close();
	}

	@FunctionalInterface
	interface Task<T> {

		T run(Connection connection) throws SQLException;

	}

}
