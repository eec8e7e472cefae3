package loteria.central.store.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import static java.util.stream.Collectors.joining;

/**
 * What an error of the database means for a batch.
 */
enum Trouble {

	/** The database can't be reached or used; may pass. */
	AWAY,
	/** Two transactions got in each other's way, and the other one went on. */
	CLASHED,
	/** Its disk is full; may pass. */
	FULL,
	/** Anything else: the same would fail again. */
	LASTING;

	/**
	 * Connections lost or refused, a server that stops or starts, one that only reads,
	 * timeouts, too many connections.
	 */
	private static final Set<String> PASSING = Set.of("25006", "25P03", "25P04", "55P03", "57014", "53300", "53200",
			"53400");

	private static final Set<String> PASSING_CLASSES = Set.of("08", "57");

	/** Users, passwords and databases that there are not. */
	private static final Set<String> STRANGE = Set.of("28", "3D");

	private static final String CLASHES = "40";

	private static final String DISK_FULL = "53100";

	/** The commands of a failed transaction are over. */
	private static final String ROLLED_BACK = "25P02";

	static Trouble of(SQLException ex) {
		String state = state(ex);
		if (state == null) {
			return (ex instanceof SQLTransientConnectionException) ? AWAY : LASTING;
		}
		if (state.equals(DISK_FULL)) {
			return FULL;
		}
		if (classOf(state).equals(CLASHES)) {
			return CLASHED;
		}
		if (STRANGE.contains(classOf(state))) {
			return LASTING;
		}
		return (ex instanceof SQLTransientConnectionException || PASSING.contains(state)
				|| PASSING_CLASSES.contains(classOf(state))) ? AWAY : LASTING;
	}

	/**
	 * What to tell of a failure at that place: the innermost cause that the database has
	 * given, and what helps.
	 */
	static StoreFailure failure(String place, Exception ex) {
		SQLException innermost = null;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			innermost = (cause instanceof SQLException sql) ? sql : innermost;
		}
		if (innermost == null) {
			return new StoreFailure(Kind.UNUSABLE,
					place + ": " + String.valueOf(ex.getMessage()).lines().map(String::strip).collect(joining(" ")),
					ex);
		}
		return new StoreFailure((of(innermost) == AWAY) ? Kind.BROKEN : Kind.UNUSABLE,
				place + ": " + describe(innermost) + advice(innermost), ex);
	}

	private static String advice(SQLException ex) {
		String state = String.valueOf(state(ex));
		return switch (classOf(state)) {
			case "08" -> "; see spring.datasource.url";
			case "28" -> "; see spring.datasource.username and password";
			case "3D" -> "; make it with CREATE DATABASE, or see spring.datasource.url";
			case "42" -> state.equals("42501")
					? "; the tables belong to another user: ALTER TABLE … OWNER TO this one, for draws, agencies, bets and flyway_schema_history"
					: "";
			default -> "";
		};
	}

	/**
	 * Whether a commit that failed so has certainly come to nothing.
	 */
	static boolean hasRolledBack(SQLException ex) {
		String state = state(ex);
		return state != null && (classOf(state).equals("23") || state.equals(ROLLED_BACK)
				|| (classOf(state).equals(CLASHES) && !state.equals("40003")));
	}

	private static @Nullable String state(SQLException ex) {
		return (ex.getSQLState() != null || !(ex.getCause() instanceof SQLException cause)) ? ex.getSQLState()
				: cause.getSQLState();
	}

	private static String classOf(String state) {
		return state.substring(0, Math.min(2, state.length()));
	}

	/**
	 * In one line, without what the server adds to it: that may quote bets.
	 */
	static String describe(SQLException ex) {
		SQLException said = (ex instanceof SQLTransientConnectionException
				&& ex.getCause() instanceof SQLException cause) ? cause : ex;
		ServerErrorMessage message = (said instanceof PSQLException server) ? server.getServerErrorMessage() : null;
		String text = (message != null) ? message.getMessage() : said.getMessage();
		String state = state(ex);
		return String.valueOf(text).lines().findFirst().orElse("") + ((state != null) ? " (" + state + ")" : "");
	}

}
