package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks what other centrals have done: every second, and as soon as one
 * of them gives a hint. Engines that know no hints are looked at every second.
 */
final class Watch {

	private static final Logger log = LoggerFactory.getLogger(Watch.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final String CHANNEL = "lottery";

	/** They change nothing. */
	private static final List<String> WRITES = List.of("DELETE FROM bets WHERE draw = ? AND agency = 0",
			"DELETE FROM agencies WHERE draw = ? AND agency = 0",
			"UPDATE draws SET drawn_by = drawn_by WHERE draw = ? AND agency = 0");

	private static final int WRITE_SECONDS = 2;

	private final Pool pool;

	private final String draw;

	private final Availability availability;

	private final View view;

	private volatile @Nullable Connection watching;

	private volatile Runnable listener = () -> {
	};

	private final Thread thread = Thread.ofPlatform().name("database-watch").daemon().unstarted(this::run);

	Watch(Pool pool, Availability availability, View view, String draw) {
		this.pool = pool;
		this.draw = draw;
		this.availability = availability;
		this.view = view;
	}

	void start() {
		this.thread.start();
	}

	/**
	 * @param listener run behind each look
	 */
	void onLook(Runnable listener) {
		this.listener = listener;
	}

	/**
	 * Lets other centrals look at once. Lost where the database is away, which costs them
	 * a second. Never part of a transaction that others wait for: until that is
	 * committed, no other that gives a hint can be.
	 */
	static void hint(Connection connection, String draw) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify('" + CHANNEL + "', ?)")) {
			statement.setString(1, draw);
			statement.execute();
		}
	}

	private void run() {
		while (!this.availability.isStopping()) {
			try (Connection connection = this.pool.take(true)) {
				this.watching = connection;
				this.pool.run(this::watch, connection);
			}
			catch (SQLException ex) {
				this.availability.away(ex, System.nanoTime(), false);
				this.availability.pause(PERIOD);
			}
		}
	}

	private boolean watch(Connection connection) throws SQLException {
		boolean hears = !this.pool.isPooled() && listen(connection);
		PGConnection server = connection.unwrap(PGConnection.class);
		while (!this.availability.isStopping()) {
			requireWritable(connection);
			this.view.look(connection);
			if (this.availability.failsToWrite()) {
				write(connection);
				this.availability.back();
			}
			else {
				this.availability.answered();
			}
			tell();
			if (hears) {
				server.getNotifications((int) PERIOD.toMillis());
			}
			else {
				this.availability.pause(PERIOD);
			}
		}
		return hears;
	}

	/** A standby answers, but is not what is needed. */
	private static void requireWritable(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SHOW transaction_read_only")) {
			if (result.next() && result.getString(1).equals("on")) {
				throw new SQLException("this server only reads: it is a standby", "25006");
			}
		}
	}

	/**
	 * Needs what storing needs: that no table is locked, and whatever has to have a
	 * commit. A wait is cancelled, so that none is left behind at the server.
	 */
	private void write(Connection connection) throws SQLException {
		for (String sql : WRITES) {
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setQueryTimeout(WRITE_SECONDS);
				statement.setString(1, this.draw);
				statement.executeUpdate();
				SQLWarning warning = statement.getWarnings();
				if (warning != null) {
					throw new SQLException(warning.getMessage(), "08007", warning);
				}
			}
		}
	}

	private void tell() {
		try {
			this.listener.run();
		}
		catch (RuntimeException ex) {
			log.error("action: draw | result: fail | error: {}", ex.toString(), ex);
		}
	}

	private static boolean listen(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("LISTEN " + CHANNEL);
			return true;
		}
		catch (SQLException ex) {
			if (Trouble.of(ex) == Trouble.AWAY) {
				throw ex;
			}
			return false;
		}
	}

	/**
	 * Ends the thread, which has been told to stop, and waits for it as long as is
	 * reasonable.
	 */
	void stop() {
		Connection waiting = this.watching;
		try {
			if (waiting != null) {
				// wakes it up
				waiting.abort(Runnable::run);
			}
		}
		catch (SQLException ex) {
			log.debug("action: store_connection | result: fail | error: {}", ex.toString());
		}
		try {
			this.thread.join(2 * PERIOD.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
