package loteria.central.store.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.store.BetStore;
import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.FileWindow;
import loteria.central.store.disk.RowScanner;
import loteria.central.store.disk.RowScanner.Flaw;
import loteria.central.store.postgres.PostgresBetStore.Options;
import org.flywaydb.core.api.FlywayException;

/**
 * Takes the store of one central over into a database, in one transaction: its bets, who
 * has finished, and the draw if it has happened. An agency in the middle of its bets goes
 * on where it was.
 */
public final class Import {

	private static final String TAKEN = "SELECT 1 FROM agencies WHERE draw = ? LIMIT 1";

	private static final String AGENCY = "INSERT INTO agencies (draw, agency, stored, closed, ended) VALUES (?, ?, ?, ?, ?)";

	private static final String RECORD = "UPDATE draws SET record = ? WHERE draw = ? AND agency = 0 AND record IS NULL";

	private final Options options;

	private final HikariDataSource source;

	/**
	 * @param source of a database whose tables are made, if need be
	 */
	public Import(Options options, HikariDataSource source) {
		this.options = options;
		this.source = source;
		DatabaseSession.prepare(source);
	}

	/**
	 * @param store open, so that no central changes it
	 * @param bets its {@code bets.csv}
	 * @return how many bets there are now
	 */
	public long run(BetStore store, Path bets) throws StoreFailure, IOException {
		try {
			try (Connection connection = this.source.getConnection()) {
				Optional<String> unfit = DatabaseSession.unfit(connection);
				if (unfit.isPresent()) {
					throw new StoreFailure(Kind.UNUSABLE, this.options.place() + ": " + unfit.get());
				}
			}
			Schema.migrate(this.source);
			try (Connection connection = this.source.getConnection()) {
				Schema.begin(connection, this.options);
				DatabaseSession.begin(connection, DatabaseSession.READ_COMMITTED);
				long imported = run(connection, store, bets);
				DatabaseSession.commit(connection);
				return imported;
			}
		}
		catch (SQLException | FlywayException ex) {
			throw Trouble.failure(this.options.place(), ex);
		}
	}

	private long run(Connection connection, BetStore store, Path bets) throws SQLException, StoreFailure, IOException {
		requireUntaken(connection);
		Set<Integer> agencies = new TreeSet<>(store.closedAgencies());
		agencies.addAll(store.openAgencies());
		Map<Integer, Fingerprint> before = new HashMap<>();
		for (int agency : agencies) {
			// which also waits until all of it is in bets.csv
			before.put(agency, store.fingerprint(agency));
			if (store.drawn().isPresent() && store.winners(agency).isEmpty()) {
				throw new StoreFailure(Kind.UNUSABLE, "bets of agency " + agency
						+ " that were drawn over are lost; a store that was salvaged after its draw can't be imported");
			}
		}
		Map<Integer, Long> stored = copy(connection, bets);
		insert(connection, store, agencies, stored);
		Summaries summaries = new Summaries(this.options.drawName(), this.options.winningNumber());
		long sum = 0;
		for (int agency : agencies) {
			Fingerprint now = summaries.fingerprint(connection, agency);
			if (!now.equals(before.get(agency))) {
				throw new StoreFailure(Kind.BROKEN, "agency " + agency + " has other bets in the database than in "
						+ bets + "; nothing was imported");
			}
			if (store.isClosed(agency)) {
				summaries.make(connection, agency);
			}
			sum += now.stored();
		}
		if (store.drawn().isPresent()) {
			draw(connection, summaries, store.drawn().get());
		}
		return sum;
	}

	private void requireUntaken(Connection connection) throws SQLException, StoreFailure {
		if (new Sql(connection, TAKEN, this.options.drawName()).first((row) -> true) != null) {
			throw new StoreFailure(Kind.UNUSABLE, "the draw \"" + this.options.drawName() + "\" in "
					+ this.options.place() + " has agencies already; import under another central.draw.name");
		}
	}

	private Map<Integer, Long> copy(Connection connection, Path bets) throws SQLException, StoreFailure, IOException {
		Map<Integer, Long> stored = new HashMap<>();
		try (FileChannel file = FileChannel.open(bets, StandardOpenOption.READ);
				CopyIn copy = CopyIn.begin(connection, this.options.drawName())) {
			FileWindow rows = new FileWindow(file);
			Flaw flaw = RowScanner.scan(rows, 0, rows.size(), (agency, bytes, from, end) -> {
				long seq = stored.merge(agency, 1L, Long::sum) - 1;
				try {
					copy.add(seq, bytes, from, end);
				}
				catch (SQLException ex) {
					throw new IOException(Trouble.describe(ex), ex);
				}
			}).flaw();
			if (flaw != Flaw.NONE) {
				throw new StoreFailure(Kind.CORRUPT, bets + " is damaged: " + flaw);
			}
			copy.finish();
		}
		return stored;
	}

	private void insert(Connection connection, BetStore store, Set<Integer> agencies, Map<Integer, Long> stored)
			throws SQLException {
		boolean drawn = store.drawn().isPresent();
		List<Object[]> rows = new ArrayList<>();
		for (int agency : agencies) {
			boolean closed = store.isClosed(agency);
			rows.add(new Object[] { this.options.drawName(), agency, stored.getOrDefault(agency, 0L), closed,
					closed || drawn });
		}
		Sql.batch(connection, AGENCY, rows);
	}

	private void draw(Connection connection, Summaries summaries, DrawRecord recorded)
			throws SQLException, StoreFailure {
		DrawRecord computed = DrawRecord.of(recorded.name(), recorded.winningNumber(), recorded.instant(),
				summaries.records(connection));
		// the store was opened with this record: its rows are those, and hence its
		// winners
		String difference = recorded.difference(computed, (agency) -> null);
		if (difference != null) {
			throw new StoreFailure(Kind.CORRUPT, "the draw is not of these bets: " + difference);
		}
		new Sql(connection, RECORD, new String(DrawJson.write(recorded), StandardCharsets.UTF_8),
				this.options.drawName())
			.update();
	}

}
