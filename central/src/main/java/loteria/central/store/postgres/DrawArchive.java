package loteria.central.store.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import loteria.bet.Documents;
import loteria.bytes.Sha256;
import loteria.central.store.DrawRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.books.AgencyBook.Winners;
import loteria.central.store.books.Books;
import loteria.central.store.disk.RowScanner.RowListener;
import loteria.central.store.disk.Verification;
import loteria.central.store.postgres.PostgresBetStore.Options;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a draw in a database without a central.
 */
public final class DrawArchive {

	private static final String FIND = "SELECT record, purged FROM draws WHERE draw = ? AND agency = 0";

	private static final String WINNERS = "SELECT agency, coalesce(winning_bets, -1), coalesce(winning_digits, -1), encode(sha256(convert_to(winners, 'UTF8')), 'hex') FROM agencies WHERE draw = ? AND stored > 0 ORDER BY agency";

	private static final String AGENCIES = "SELECT agency FROM agencies WHERE draw = ? ORDER BY agency";

	private static final String DELETE = "DELETE FROM bets WHERE draw = ? AND agency = ?";

	private static final String FORGET = "UPDATE agencies SET winners = NULL, winning_bets = NULL, winning_digits = NULL WHERE draw = ? AND agency = ?";

	private static final String PURGED = "UPDATE draws SET purged = now() WHERE draw = ? AND agency = 0";

	private final Options options;

	private final HikariDataSource source;

	public DrawArchive(Options options, HikariDataSource source) {
		this.options = options;
		this.source = source;
		DatabaseSession.prepare(source);
	}

	/** Hands over all rows, each agency's in stored order, as of one moment. */
	public void read(RowListener listener) throws StoreFailure, IOException {
		inTransaction((connection) -> {
			Found found = find(connection);
			if (found.purged() != null) {
				throw purged(found);
			}
			RowReader.read(connection, this.options.drawName(), listener);
			return true;
		});
	}

	/** Makes the record anew from the bets, and compares. */
	public Verification verify() throws StoreFailure, IOException {
		return inTransaction((connection) -> {
			Found found = find(connection);
			if (found.record() == null) {
				throw new StoreFailure(Kind.UNUSABLE, "the draw " + name() + " has not happened yet");
			}
			if (found.purged() != null) {
				throw purged(found);
			}
			DrawRecord recorded = View.parse(found.record());
			Books books = new Books();
			RowReader.read(connection, this.options.drawName(),
					(agency, bytes, from, end) -> books.store(agency, 1, bytes, from, end, recorded.winningNumber()));
			DrawRecord computed = DrawRecord.of(recorded.name(), recorded.winningNumber(), recorded.instant(),
					books.records());
			String difference = recorded.difference(computed, (agency) -> books.winners(agency).kept());
			return new Verification(
					(difference != null) ? difference
							: wrongWinners(connection, books,
									new Summaries(this.options.drawName(), recorded.winningNumber())),
					recorded, computed);
		});
	}

	/** What centrals tell agencies stands beside the record. */
	private @Nullable String wrongWinners(Connection connection, Books books, Summaries summaries)
			throws SQLException, IOException {
		try (PreparedStatement statement = connection.prepareStatement(WINNERS)) {
			statement.setString(1, this.options.drawName());
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					int agency = result.getInt(1);
					Winners winners = books.winners(agency);
					String sha256 = result.getString(4);
					// a sum of older centrals has no numbers, one of many winners no
					// documents
					boolean counted = result.getLong(2) == winners.count() && result.getLong(3) == winners.digits();
					boolean uncounted = result.getLong(2) < 0 && sha256 != null;
					boolean same = sha256 == null
							|| sha256.equals(sha256(winners.documents(summaries.look(connection, agency))));
					if (!(counted || uncounted) || !same) {
						return "agency " + agency + ": the winners that it is told are others";
					}
				}
			}
		}
		return null;
	}

	private static String sha256(Documents winners) throws IOException {
		MessageDigest digest = Sha256.digest();
		winners.forEach((piece) -> digest.update(DrawRecord.winnersText(piece).getBytes(StandardCharsets.US_ASCII)));
		return Sha256.hex(digest);
	}

	/**
	 * Removes the bets of a draw that has happened, and keeps its record.
	 * @return how many
	 */
	public long purge() throws StoreFailure, IOException {
		return inTransaction((connection) -> {
			if (find(connection).record() == null) {
				throw new StoreFailure(Kind.UNUSABLE,
						"the draw " + name() + " has not happened yet; only one that is over can be purged");
			}
			long bets = 0;
			for (int agency : agencies(connection)) {
				bets += update(connection, DELETE, agency);
				update(connection, FORGET, agency);
			}
			update(connection, PURGED, 0);
			return bets;
		});
	}

	private List<Integer> agencies(Connection connection) throws SQLException {
		return new Sql(connection, AGENCIES, this.options.drawName()).list((row) -> row.getInt(1));
	}

	private long update(Connection connection, String sql, int agency) throws SQLException {
		String draw = this.options.drawName();
		return ((agency > 0) ? new Sql(connection, sql, draw, agency) : new Sql(connection, sql, draw)).update();
	}

	private Found find(Connection connection) throws SQLException, StoreFailure {
		Found found = new Sql(connection, FIND, this.options.drawName())
			.first((row) -> new Found(row.getString(1), row.getString(2)));
		if (found == null) {
			throw new StoreFailure(Kind.UNUSABLE,
					"there is no draw " + name() + " in " + this.options.place() + "; see central.draw.name");
		}
		return found;
	}

	private StoreFailure purged(Found found) {
		return new StoreFailure(Kind.UNUSABLE, "the bets of the draw " + name() + " were purged at " + found.purged());
	}

	private String name() {
		return '"' + this.options.drawName() + '"';
	}

	private <T> T inTransaction(Task<T> task) throws StoreFailure, IOException {
		try (Connection connection = this.source.getConnection()) {
			DatabaseSession.begin(connection, "REPEATABLE READ");
			T result = task.run(connection);
			DatabaseSession.commit(connection);
			return result;
		}
		catch (SQLException ex) {
			throw Trouble.failure(this.options.place(), ex);
		}
	}

	@FunctionalInterface
	private interface Task<T> {

		T run(Connection connection) throws SQLException, StoreFailure, IOException;

	}

	private record Found(@Nullable String record, @Nullable String purged) {
	}

}
