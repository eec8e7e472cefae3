package loteria.central.store.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import loteria.bet.BetRow;
import loteria.central.store.disk.RowScanner.RowListener;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads bets as the rows of {@code bets.csv} that they came as, byte for byte: the server
 * quotes as the central does.
 */
final class RowReader {

	private static final String SELECT = "SELECT agency, first_name, last_name, document, birthdate, number FROM bets WHERE draw = '";

	private RowReader() {
	}

	/** The rows of one agency from its {@code seq}-th bet on. */
	static void read(Connection connection, String draw, int agency, long seq, RowListener listener)
			throws SQLException, IOException {
		read(connection, draw, " AND agency = " + agency + " AND seq >= " + seq, listener);
	}

	/** All rows, by agency. */
	static void read(Connection connection, String draw, RowListener listener) throws SQLException, IOException {
		read(connection, draw, "", listener);
	}

	private static void read(Connection connection, String draw, String condition, RowListener listener)
			throws SQLException, IOException {
		PGConnection server = connection.unwrap(PGConnection.class);
		String sql = "COPY (" + SELECT + server.escapeLiteral(draw) + "'" + condition
				+ " ORDER BY agency, seq) TO STDOUT (FORMAT csv)";
		CopyOut copy = server.getCopyAPI().copyOut(sql);
		try {
			for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
				byte[] row = Arrays.copyOf(line, line.length + 1);
				row[line.length - 1] = '\r';
				row[line.length] = '\n';
				listener.row(BetRow.agency(row, 0, row.length), row, 0, row.length);
			}
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

}
