package loteria.central.store.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.books.AgencyBook;
import loteria.central.store.books.Books;
import org.jspecify.annotations.Nullable;

/**
 * The hash and the winners of each agency, made of its rows once it has ended, and kept
 * beside them: so a draw reads no rows but those of agencies that never finished.
 */
final class Summaries {

	private static final String KEEP = "UPDATE agencies SET sha256 = ?, winners = ? WHERE draw = ? AND agency = ? AND ended AND sha256 IS NULL";

	private static final String FIND = "SELECT stored, sha256, winners FROM agencies WHERE draw = ? AND agency = ?";

	private static final String WINNERS = "SELECT document FROM bets WHERE draw = ? AND agency = ? AND number = ? ORDER BY seq";

	private static final String ALL = "SELECT agency, stored, sha256, winners FROM agencies WHERE draw = ? AND stored > 0 ORDER BY agency";

	private final String draw;

	private final int winningNumber;

	private final Map<Integer, Reading> reading = new ConcurrentHashMap<>();

	Summaries(String draw, int winningNumber) {
		this.draw = draw;
		this.winningNumber = winningNumber;
	}

	/** Of an agency that has ended. */
	boolean make(Connection connection, int agency) throws SQLException {
		Books read = new Books();
		read(connection, agency, 0, read);
		AgencyBook book = read.of(agency);
		try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
			statement.setString(1, book.fingerprint().sha256());
			statement.setString(2, DrawRecord.winnersText(book.winners()));
			statement.setString(3, this.draw);
			statement.setInt(4, agency);
			this.reading.remove(agency);
			return statement.executeUpdate() == 1;
		}
	}

	private void read(Connection connection, int agency, long from, Books into) throws SQLException {
		try {
			RowReader.read(connection, this.draw, agency, from, (rowAgency, bytes, rowFrom, rowEnd) -> into
				.store(rowAgency, 1, bytes, rowFrom, rowEnd, this.winningNumber));
		}
		catch (IOException ex) {
			throw new SQLException(ex);
		}
	}

	Fingerprint fingerprint(Connection connection, int agency) throws SQLException {
		Summary summary = find(connection, agency);
		if (summary == null) {
			return Fingerprint.EMPTY;
		}
		if (summary.sha256() != null) {
			return new Fingerprint(summary.stored(), summary.sha256());
		}
		return this.reading.computeIfAbsent(agency, (first) -> new Reading()).fingerprint(connection, agency);
	}

	/** Null where they are not known. */
	@Nullable List<String> winners(Connection connection, int agency) throws SQLException {
		Summary summary = find(connection, agency);
		if (summary == null || summary.stored() == 0) {
			return List.of();
		}
		if (summary.sha256() == null) {
			return documentsBetOnWinner(connection, agency);
		}
		return (summary.winners() == null) ? null : summary.winners().lines().toList();
	}

	private List<String> documentsBetOnWinner(Connection connection, int agency) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(WINNERS)) {
			statement.setString(1, this.draw);
			statement.setInt(2, agency);
			statement.setInt(3, this.winningNumber);
			try (ResultSet result = statement.executeQuery()) {
				List<String> documents = new ArrayList<>();
				while (result.next()) {
					documents.add(result.getString(1));
				}
				return documents;
			}
		}
	}

	private @Nullable Summary find(Connection connection, int agency) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(FIND)) {
			statement.setString(1, this.draw);
			statement.setInt(2, agency);
			try (ResultSet result = statement.executeQuery()) {
				return result.next() ? Summary.of(agency, result, 1) : null;
			}
		}
	}

	/** One record an agency that has bets, by ascending agency; all have ended. */
	List<AgencyRecord> records(Connection connection) throws SQLException {
		for (Summary summary : all(connection)) {
			if (summary.sha256() == null) {
				make(connection, summary.agency());
			}
		}
		List<AgencyRecord> records = new ArrayList<>();
		for (Summary summary : all(connection)) {
			records.add(summary.record());
		}
		return records;
	}

	private List<Summary> all(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(ALL)) {
			statement.setString(1, this.draw);
			try (ResultSet result = statement.executeQuery()) {
				List<Summary> summaries = new ArrayList<>();
				while (result.next()) {
					summaries.add(Summary.of(result.getInt(1), result, 2));
				}
				return summaries;
			}
		}
	}

	/** The rows of an agency that goes on, which need not be read twice. */
	private final class Reading {

		private final Books books = new Books();

		synchronized Fingerprint fingerprint(Connection connection, int agency) throws SQLException {
			read(connection, agency, this.books.next(agency), this.books);
			return this.books.fingerprint(agency);
		}

	}

	private record Summary(int agency, long stored, @Nullable String sha256, @Nullable String winners) {

		static Summary of(int agency, ResultSet result, int column) throws SQLException {
			return new Summary(agency, result.getLong(column), result.getString(column + 1),
					result.getString(column + 2));
		}

		AgencyRecord record() throws SQLException {
			if (this.sha256 == null || this.winners == null) {
				throw new SQLException("the winners of agency " + this.agency + " are not known");
			}
			return new AgencyRecord(this.agency, this.stored, this.sha256, (int) this.winners.lines().count());
		}

	}

}
