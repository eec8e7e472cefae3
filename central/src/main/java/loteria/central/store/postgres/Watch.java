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
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks what other centrals have done: at one agency as soon as another
 * central gives a hint, and at all of them every second, or less often where they are so
 * many that this takes its time. Engines that know no hints are looked at in this way
 * alone.
 */
final class Watch {

	private static final Logger log = LoggerFactory.getLogger(Watch.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	/** A look at all agencies takes at most one part in so many of the time. */
	private static final int SELDOM = 20;

	private static final String CHANNEL = "lottery";

	/** In a hint, behind the agency. */
	private static final String BEFORE_DRAW = ":";

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
	 * @param agency that has finished, 0 where the draw has happened
	 */
	static void hint(Connection connection, String draw, int agency) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify('" + CHANNEL + "', ?)")) {
			statement.setString(1, agency + BEFORE_DRAW + draw);
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
		long next = System.nanoTime();
		while (!this.availability.isStopping()) {
			requireWritable(connection);
			if (next - System.nanoTime() <= 0) {
				long began = System.nanoTime();
				this.view.look(connection);
				next = began + Math.max(PERIOD.toNanos(), (System.nanoTime() - began) * SELDOM);
			}
			this.view.lookForRecord(connection);
			if (this.availability.failsToWrite()) {
				write(connection);
				this.availability.back();
			}
			else {
				this.availability.answered();
			}
			tell();
			if (hears) {
				for (PGNotification hint : server.getNotifications((int) PERIOD.toMillis())) {
					next = look(connection, hint.getParameter()) ? next : System.nanoTime();
				}
			}
			else {
				this.availability.pause(PERIOD);
			}
		}
		return hears;
	}

	/**
	 * Looks at the one agency that a hint names.
	 * @return false where it does not say which: it is of an older central
	 */
	private boolean look(Connection connection, String hint) throws SQLException {
		int end = hint.indexOf(BEFORE_DRAW);
		if (!hint.matches("[0-9]{1,10}" + BEFORE_DRAW + "(?s:.*)")) {
			return false;
		}
		if (hint.substring(end + 1).equals(this.draw)) {
			this.view.look(connection, Long.parseLong(hint.substring(0, end)));
		}
		return true;
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
