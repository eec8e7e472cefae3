package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.store.StoreAwayException;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.postgres.PostgresBetStore.Options;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the database ready for a store, waiting for one that is about to come, and says
 * in one line what is in the way.
 */
final class Opening {

	private static final Logger log = LoggerFactory.getLogger(Opening.class);

	private Opening() {
	}

	/** See {@link PostgresBetStore#open}. */
	static PostgresBetStore of(Options options, HikariDataSource source, MeterRegistry registry,
			Consumer<Throwable> onFailure) throws StoreFailure {
		boolean done = false;
		try {
			if (source.getMaximumPoolSize() < Pool.LEAST) {
				throw new StoreFailure(Kind.UNUSABLE, "spring.datasource.hikari.maximum-pool-size="
						+ source.getMaximumPoolSize() + " must be a whole number from " + Pool.LEAST + " on");
			}
			Availability availability = new Availability(options.place(), options.patience());
			Pool pool = new Pool(source, availability);
			prepare(options, source, pool);
			PostgresBetStore store = new PostgresBetStore(options, pool, availability, registry, onFailure);
			store.begin();
			log.info("action: store_recovery | result: success | database: {} | draw: {} | closed: {} | drawn: {}",
					options.place(), options.drawName(), store.closedAgencies().size(), store.drawn().isPresent());
			done = true;
			return store;
		}
		catch (SQLException ex) {
			throw unopened(options, Trouble.kind(ex), Trouble.describe(ex), ex);
		}
		catch (StoreAwayException ex) {
			throw unopened(options, Kind.BROKEN, String.valueOf(ex.getMessage()), ex);
		}
		catch (FlywayException ex) {
			throw unopened(options, Kind.UNUSABLE, String.valueOf(ex.getMessage()).lines().findFirst().orElse(""), ex);
		}
		finally {
			if (!done) {
				source.close();
			}
		}
	}

	private static void prepare(Options options, HikariDataSource source, Pool pool) throws SQLException, StoreFailure {
		// waits for a database that is about to come
		pool.persist((connection) -> connection.isValid(0), true);
		Schema.migrate(source);
		try (Connection connection = pool.take(true)) {
			Schema.requireFit(connection);
			Schema.begin(connection, options.drawName(), options.winningNumber());
		}
	}

	private static StoreFailure unopened(Options options, Kind kind, String reason, Exception ex) {
		return new StoreFailure(kind, "the store in " + options.place() + " can't be opened: " + reason
				+ "; see spring.datasource.url, username and password", ex);
	}

}
