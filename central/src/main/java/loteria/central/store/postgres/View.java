package loteria.central.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * What this central has last seen of its draw, whichever central did it. Of a moment ago,
 * and never wrong in what it says to have happened: that is final.
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

	private final Set<Integer> closed = new ConcurrentSkipListSet<>();

	private final Set<Integer> open = new ConcurrentSkipListSet<>();

	/** Of agencies that have finished or have bets. */
	private final ConcurrentNavigableMap<Integer, Long> counts = new ConcurrentSkipListMap<>();

	/** How many these are, which the map would count. */
	private volatile int known;

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

	/** Looks at all agencies, on a connection that commits by itself. */
	synchronized void look(Connection connection) throws SQLException {
		long now = System.nanoTime();
		lookForRecord(connection);
		see(new Sql(connection, AGENCIES, this.draw));
		this.looked = now;
		this.blank = false;
	}

	/** Looks at one agency, which is all that has changed. */
	synchronized void look(Connection connection, long agency) throws SQLException {
		see(new Sql(connection, AGENCIES + " AND agency = ?", this.draw, agency));
	}

	synchronized void lookForRecord(Connection connection) throws SQLException {
		if (this.drawn == null) {
			String record = record(connection, this.draw);
			if (record != null) {
				see(parse(record));
			}
		}
	}

	private void see(Sql agencies) throws SQLException {
		agencies.list((row) -> see(row.getInt(1), row.getBoolean(2), row.getLong(3)));
	}

	/** Returns whether it has anything. */
	private boolean see(int agency, boolean hasFinished, long stored) {
		if (!hasFinished && stored == 0) {
			return false;
		}
		if (this.counts.put(agency, stored) == null) {
			this.known++;
		}
		if (hasFinished) {
			// in this order: for a moment it is in both, and not in none
			this.closed.add(agency);
			this.open.remove(agency);
		}
		else {
			this.open.add(agency);
		}
		return true;
	}

	/** The text of the record, or null where there is none, or no such draw. */
	static @Nullable String record(Connection connection, String draw) throws SQLException {
		return new Sql(connection, RECORD, draw).first((row) -> row.getString(1));
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
		return Collections.unmodifiableSet(this.closed);
	}

	Set<Integer> open() {
		return Collections.unmodifiableSet(this.open);
	}

	int known() {
		return this.known;
	}

	SortedMap<Integer, Long> counts() {
		return Collections.unmodifiableSortedMap(this.counts);
	}

}
