package loteria.central.store.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.bet.Documents;
import loteria.bet.Rows;
import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.Sequence;
import loteria.central.store.StoreAwayException;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.StoreHealth;
import loteria.central.store.commit.StoreMeters;
import loteria.central.store.commit.Work;
import loteria.central.store.postgres.Drawing.Drawn;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a database that several centrals share; see {@code docs/store.md}.
 */
public final class PostgresBetStore implements BetStore {

	/** Connections that a store needs at least: see {@link Pool}. */
	public static final int LEAST_CONNECTIONS = 4;

	private static final Logger log = LoggerFactory.getLogger(PostgresBetStore.class);

	private static final String FIND = "SELECT stored, closed FROM agencies WHERE draw = ? AND agency = ?";

	private final Options options;

	private final Pool pool;

	private final Availability availability;

	private final View view;

	private final Watch watch;

	private final Summaries summaries;

	private final Drawing drawing;

	private final CommitWriter commits;

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile boolean drewHere;

	PostgresBetStore(Options options, Pool pool, Availability availability, MeterRegistry registry,
			Consumer<Throwable> onFailure) {
		this.options = options;
		this.pool = pool;
		this.availability = availability;
		this.view = new View(options.drawName());
		this.watch = new Watch(pool, availability, this.view, options.drawName());
		this.summaries = new Summaries(options.drawName(), options.winningNumber());
		this.drawing = new Drawing(options.drawName(), options.winningNumber(), this.summaries);
		this.commits = new CommitWriter(new Transaction(pool, options.drawName()), availability,
				new StoreMeters(registry), onFailure);
	}

	/** Looks for the first time, and from then on by itself. */
	void begin() throws SQLException {
		this.view.refresh(this.pool);
		this.watch.start();
	}

	/**
	 * Opens the store, in a database that is made ready for it.
	 * @param source closed with the store
	 * @param onFailure told when nothing can be stored any more, on a thread that must
	 * not be held up
	 */
	public static PostgresBetStore open(Options options, HikariDataSource source, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws StoreFailure {
		return Opening.of(options, source, registry, onFailure);
	}

	@Override
	public CompletableFuture<@Nullable Refusal> append(Sequence sequence, Rows rows) {
		return this.commits.submit(Work.batch(sequence, rows, this.options.winningNumber()));
	}

	@Override
	public long stored(int agency) {
		return this.pool.ask((connection) -> find(connection, agency).stored());
	}

	@Override
	public boolean isClosed(int agency) {
		return this.view.closed().contains(agency) || this.pool.ask((connection) -> find(connection, agency).closed());
	}

	private Found find(Connection connection, int agency) throws SQLException {
		Found found = new Sql(connection, FIND, this.options.drawName(), agency)
			.first((row) -> new Found(row.getLong(1), row.getBoolean(2)));
		return (found != null) ? found : new Found(0, false);
	}

	@Override
	public boolean knows(int agency) {
		return this.view.counts().containsKey(agency) || stored(agency) > 0 || isClosed(agency);
	}

	@Override
	public Fingerprint fingerprint(int agency) {
		return this.pool.ask((connection) -> this.summaries.fingerprint(connection, agency));
	}

	@Override
	public @Nullable Refusal close(int agency) {
		if (this.view.drawn() != null) {
			return null;
		}
		Refusal refusal = this.commits.submit(Work.finish(agency)).join();
		if (refusal == null) {
			try {
				this.pool.ask((connection) -> {
					this.summaries.make(connection, agency);
					this.view.look(connection, agency);
					Watch.hint(connection, this.options.drawName(), agency);
					return true;
				});
			}
			catch (StoreAwayException ex) {
				// it has finished all the same: a later look sees that, and a draw makes
				// the rest
				log.warn("action: store_connection | result: fail | error: {}", ex.getMessage());
			}
		}
		return refusal;
	}

	@Override
	public Set<Integer> closedAgencies() {
		return this.view.closed();
	}

	@Override
	public Set<Integer> openAgencies() {
		return this.view.open();
	}

	@Override
	public int knownAgencies() {
		return this.view.known();
	}

	/** Of a moment ago. */
	@Override
	public SortedMap<Integer, Long> counts() {
		return this.view.counts();
	}

	@Override
	public synchronized DrawRecord draw(Instant now) throws StoreFailure {
		DrawRecord before = this.view.drawn();
		if (before != null) {
			return before;
		}
		Instant instant = now.truncatedTo(ChronoUnit.MILLIS);
		try {
			Drawn drawn = this.pool.persist((connection) -> this.drawing.draw(connection, instant), false);
			this.drewHere = drawn.here();
			this.view.see(drawn.record());
			if (drawn.here()) {
				this.pool.ask((connection) -> {
					Watch.hint(connection, this.options.drawName(), 0);
					return true;
				});
			}
			this.view.refresh(this.pool);
			return drawn.record();
		}
		catch (SQLException ex) {
			throw new StoreFailure(Kind.BROKEN, "the draw can't be made durable: " + Trouble.describe(ex), ex);
		}
	}

	@Override
	public boolean hasDrawnItself() {
		return this.drewHere;
	}

	@Override
	public Optional<DrawRecord> drawn() {
		return Optional.ofNullable(this.view.drawn());
	}

	@Override
	public Optional<Documents> winners(int agency) {
		return this.pool.ask((connection) -> this.summaries.winners(connection, agency, this.view.recorded(agency),
				(from, most, found) -> {
					try {
						return this.pool.ask((again) -> this.summaries.look(again, agency, from, most, found));
					}
					catch (StoreAwayException ex) {
						throw new IOException(ex.getMessage(), ex);
					}
				}));
	}

	@Override
	public void onChange(Runnable listener) {
		this.watch.onLook(listener);
	}

	@Override
	public StoreHealth health() {
		String away = this.closed.get() ? "the store is closed" : this.availability.problem();
		return new StoreHealth((away == null) ? null : new Refusal(Reason.STORE_AWAY, away),
				Map.of("database", this.options.place()));
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.availability.stop();
			this.commits.stop();
			this.watch.stop();
			this.pool.close();
			log.info("action: close_store | result: success | database: {}", this.options.place());
		}
	}

	/**
	 * @param drawName the key of the draw, and its name in its record
	 * @param winningNumber the number that wins, known beforehand as in the course
	 * @param agencies that the draw waits for, the same for all its centrals
	 * @param patience how long the database may be away before batches are refused
	 * @param place of the database, without credentials
	 */
	public record Options(String drawName, int winningNumber, String agencies, Duration patience, String place) {
	}

	private record Found(long stored, boolean closed) {
	}

}
