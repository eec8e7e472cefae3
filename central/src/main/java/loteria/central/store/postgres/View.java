package loteria.central.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * What this central has last seen of its draw, whoever did it. Of a moment ago, and never
 * wrong in what it says to have happened: that is final.
 */
final class View {

	/**
	 * Writes where there is a record, so that it is seen only when whatever has to have
	 * it has it.
	 */
	private static final String RECORD = "UPDATE draws SET drawn_by = drawn_by WHERE draw = ? AND agency = 0 AND record IS NOT NULL RETURNING record";

	private static final String AGENCIES = "SELECT agency, closed, stored FROM agencies WHERE draw = ?";

	private final String draw;

	private volatile @Nullable DrawRecord drawn;

	/** What was drawn over, by agency. */
	private volatile Map<Integer, AgencyRecord> recorded = Map.of();

	private volatile Set<Integer> closed = Set.of();

	private volatile Set<Integer> open = Set.of();

	/** Of agencies that have finished or have bets. */
	private volatile SortedMap<Integer, Long> counts = Collections.emptySortedMap();

	/** When the last look at the agencies began, so that many who ask share one. */
	private long looked = System.nanoTime();

	private boolean blank = true;

	View(String draw) {
		this.draw = draw;
	}

	/** Sees what has happened until now, at least. */
	void refresh(Pool pool) {
		long now = System.nanoTime();
		synchronized (this) {
			if (this.blank || this.looked - now < 0) {
				pool.ask((connection) -> {
					look(connection);
					return true;
				});
			}
		}
	}

	/** Looks, on a connection that commits by itself. */
	synchronized void look(Connection connection) throws SQLException {
		long now = System.nanoTime();
		if (this.drawn == null) {
			String record = record(connection, this.draw);
			if (record != null) {
				see(parse(record));
			}
		}
		Set<Integer> nowClosed = new TreeSet<>();
		Set<Integer> nowOpen = new TreeSet<>();
		SortedMap<Integer, Long> nowCounts = new TreeMap<>();
		try (PreparedStatement statement = connection.prepareStatement(AGENCIES)) {
			statement.setString(1, this.draw);
			try (ResultSet result = statement.executeQuery()) {
				while (result.next()) {
					int agency = result.getInt(1);
					long stored = result.getLong(3);
					if (result.getBoolean(2)) {
						nowClosed.add(agency);
						nowCounts.put(agency, stored);
					}
					else if (stored > 0) {
						nowOpen.add(agency);
						nowCounts.put(agency, stored);
					}
				}
			}
		}
		this.closed = Collections.unmodifiableSet(nowClosed);
		this.open = Collections.unmodifiableSet(nowOpen);
		this.counts = Collections.unmodifiableSortedMap(nowCounts);
		this.looked = now;
		this.blank = false;
	}

	/** The text of the record, or null where there is none, or no such draw. */
	static @Nullable String record(Connection connection, String draw) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
			statement.setString(1, draw);
			try (ResultSet result = statement.executeQuery()) {
				return result.next() ? result.getString(1) : null;
			}
		}
	}

	static DrawRecord parse(String record) throws SQLException {
		try {
			DrawRecord read = DrawJson.read(record.getBytes(StandardCharsets.UTF_8),
					"the record of the draw in the database");
			if (!read.equals(DrawRecord.of(read.name(), read.winningNumber(), read.instant(), read.agencies()))) {
				throw new SQLException(
						"the record of the draw in the database was changed: its hash or its sum is not that of its agencies");
			}
			return read;
		}
		catch (StoreFailure ex) {
			throw new SQLException(ex.getMessage(), ex);
		}
	}

	void see(DrawRecord record) {
		this.recorded = record.agencies().stream().collect(Collectors.toMap(AgencyRecord::agency, Function.identity()));
		this.drawn = record;
	}

	@Nullable DrawRecord drawn() {
		return this.drawn;
	}

	/** What was drawn over of an agency; null where nothing was, or not yet. */
	@Nullable AgencyRecord recorded(int agency) {
		return this.recorded.get(agency);
	}

	Set<Integer> closed() {
		return this.closed;
	}

	Set<Integer> open() {
		return this.open;
	}

	SortedMap<Integer, Long> counts() {
		return this.counts;
	}

}
