package loteria.central.store.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import loteria.bet.DocumentList;
import loteria.bet.Documents;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.books.AgencyBook;
import loteria.central.store.books.AgencyBook.Winners;
import loteria.central.store.books.Books;
import loteria.central.store.books.StoredWinners.Look;
import loteria.central.store.disk.RowScanner.RowListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hash and the winners of each agency, made of its rows once it has ended, and kept
 * beside them: so a draw reads no rows but those of agencies that never finished.
 */
final class Summaries {

	private static final Logger log = LoggerFactory.getLogger(Summaries.class);

	private static final String KEEP = "UPDATE agencies SET sha256 = ?, winners = ?, winning_bets = ?, winning_digits = ? WHERE draw = ? AND agency = ? AND ended AND sha256 IS NULL";

	/** Beyond these an agency's winners are read from its rows as they are told. */
	private static final int KEPT = 1024;

	/** Of an agency that an older central has summed up. */
	private static final String LINES = "length(winners) - length(replace(winners, chr(10), ''))";

	private static final String FIND = "SELECT stored, sha256, coalesce(winning_bets, " + LINES
			+ "), coalesce(winning_digits, length(winners) - (" + LINES + ")), CASE WHEN length(winners) <= "
			+ KEPT * 11 + " THEN winners END FROM agencies WHERE draw = ? AND agency = ?";

	private static final String COUNT = "SELECT count(*), coalesce(sum(length(document)), 0) FROM bets WHERE draw = ? AND agency = ? AND number = ?";

	private static final String WINNERS = "SELECT seq, document FROM bets WHERE draw = ? AND agency = ? AND number = ? AND seq >= ? ORDER BY seq LIMIT ?";

	private static final String ALL = "SELECT agency, stored, sha256, coalesce(winning_bets, " + LINES
			+ ") FROM agencies WHERE draw = ? AND stored > 0 ORDER BY agency";

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
		read(connection, agency, 0,
				(rowAgency, bytes, from, end) -> read.store(rowAgency, 1, bytes, from, end, this.winningNumber));
		requireSame(find(connection, agency), agency, read.fingerprint(agency));
		Winners winners = read.winners(agency);
		String documents = (winners.kept() != null && winners.count() <= KEPT) ? DrawRecord.winnersText(winners.kept())
				: null;
		this.reading.remove(agency);
		return new Sql(connection, KEEP, read.fingerprint(agency).sha256(), documents, winners.count(),
				winners.digits(), this.draw, agency)
			.update() == 1;
	}

	/** The rows are those that were stored, and that were summed up before. */
	private static void requireSame(@Nullable Summary summary, int agency, Fingerprint rows) throws SQLException {
		if (summary == null || summary.stored() != rows.stored()
				|| summary.sha256() != null && !summary.sha256().equals(rows.sha256())) {
			throw new SQLException("the table bets has other rows of agency " + agency + " than were stored: "
					+ rows.stored() + " of " + ((summary == null) ? 0 : summary.stored())
					+ "; they were changed by other hands: put them back as they were");
		}
	}

	private void read(Connection connection, int agency, long from, RowListener listener) throws SQLException {
		try {
			RowReader.read(connection, this.draw, agency, from, listener);
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

	/**
	 * Empty where they are not known, or are not of what was drawn over.
	 * @param recorded what that was, null before the draw
	 */
	Optional<Documents> winners(Connection connection, int agency, @Nullable AgencyRecord recorded, Look look)
			throws SQLException {
		Summary summary = find(connection, agency);
		if (summary == null || summary.stored() == 0) {
			return Optional.of(new DocumentList());
		}
		if (summary.sha256() == null) {
			return Optional.of(count(connection, agency).documents(look));
		}
		if (recorded != null && summary.winners() != null && !new AgencyRecord(agency, summary.stored(),
				summary.sha256(), summary.winners().count(), recorded.winnersSha256())
			.equals(recorded)) {
			log.error(
					"action: winners | result: fail | agency: {} | error: the database has other winners of it than were drawn; see java -jar central.jar verify",
					agency);
			return Optional.empty();
		}
		return Optional.ofNullable(summary.winners()).map((winners) -> winners.documents(look));
	}

	private Winners count(Connection connection, int agency) throws SQLException {
		return new Sql(connection, COUNT, this.draw, agency, this.winningNumber)
			.list((row) -> new Winners(row.getLong(1), row.getLong(2), null))
			.getFirst();
	}

	/** On one connection, which no other uses meanwhile. */
	Look look(Connection connection, int agency) {
		return (from, most, found) -> {
			try {
				return look(connection, agency, from, most, found);
			}
			catch (SQLException ex) {
				throw new IOException(Trouble.describe(ex), ex);
			}
		};
	}

	/** See {@link Look}, of whose places {@code seq} is one. May be tried again. */
	long look(Connection connection, int agency, long seq, int most, DocumentList found) throws SQLException {
		// what an attempt that failed has left
		found.clear();
		List<Long> places = new Sql(connection, WINNERS, this.draw, agency, this.winningNumber, seq, most)
			.list((row) -> {
				byte[] document = row.getBytes(2);
				found.add(document, 0, document.length);
				return row.getLong(1);
			});
		return places.isEmpty() ? seq : places.getLast() + 1;
	}

	private @Nullable Summary find(Connection connection, int agency) throws SQLException {
		return new Sql(connection, FIND, this.draw, agency).first(Summary::of);
	}

	/** One record an agency that has bets, by ascending agency; all have ended. */
	List<AgencyRecord> records(Connection connection) throws SQLException {
		List<AgencyRecord> records = new ArrayList<>();
		List<Integer> missing = new ArrayList<>();
		readAll(connection, records, missing);
		if (!missing.isEmpty()) {
			for (int agency : missing) {
				make(connection, agency);
			}
			records.clear();
			missing.clear();
			readAll(connection, records, missing);
		}
		if (!missing.isEmpty()) {
			throw new SQLException("the winners of agency " + missing.getFirst() + " are not known");
		}
		return records;
	}

	private void readAll(Connection connection, List<AgencyRecord> records, List<Integer> missing) throws SQLException {
		new Sql(connection, ALL, this.draw).list((row) -> {
			String sha256 = row.getString(3);
			long winning = row.getLong(4);
			return (sha256 == null || row.wasNull()) ? missing.add(row.getInt(1))
					: records.add(new AgencyRecord(row.getInt(1), row.getLong(2), sha256, winning));
		});
	}

	/**
	 * The rows of an agency that goes on, which need not be read twice. Winners among
	 * them are not asked for yet.
	 */
	private final class Reading {

		private final Books books = new Books();

		synchronized Fingerprint fingerprint(Connection connection, int agency) throws SQLException {
			AgencyBook book = this.books.of(agency);
			read(connection, agency, book.fingerprint().stored(),
					(rowAgency, bytes, from, end) -> book.hash(1, (digest) -> digest.update(bytes, from, end - from)));
			return book.fingerprint();
		}

	}

	/**
	 * @param sha256 null until it is made
	 * @param winners null where they are not known, either
	 */
	private record Summary(long stored, @Nullable String sha256, @Nullable Winners winners) {

		static Summary of(ResultSet result) throws SQLException {
			long count = result.getLong(3);
			Winners winners = null;
			if (!result.wasNull()) {
				String texts = result.getString(5);
				winners = new Winners(count, result.getLong(4),
						(texts == null) ? null : DocumentList.of(texts.lines().toList()));
			}
			return new Summary(result.getLong(1), result.getString(2), winners);
		}

	}

}
