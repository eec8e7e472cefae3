package loteria.central.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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
			DatabaseSession.prepare(source);
			Availability availability = new Availability(options.place(), options.patience());
			Pool pool = new Pool(source, availability);
			prepare(options, source, pool);
			PostgresBetStore store = new PostgresBetStore(options, pool, availability, registry, onFailure);
			store.begin();
			log.info(
					"action: store_recovery | result: success | database: {} | pooled: {} | draw: {} | closed: {} | drawn: {}",
					options.place(), pool.isPooled(), options.drawName(), store.closedAgencies().size(),
					store.drawn().isPresent());
			done = true;
			return store;
		}
		catch (SQLException | StoreAwayException | FlywayException ex) {
			throw Trouble.failure("the store in " + options.place() + " can't be opened", ex);
		}
		finally {
			if (!done) {
				source.close();
			}
		}
	}

	private static void prepare(Options options, HikariDataSource source, Pool pool) throws SQLException, StoreFailure {
		Optional<String> unfit = pool.begin();
		if (unfit.isPresent()) {
			throw new StoreFailure(Kind.UNUSABLE, options.place() + ": " + unfit.get());
		}
		Schema.migrate(source);
		try (Connection connection = pool.take(true)) {
			Schema.begin(connection, options);
			Schema.agree(connection, options);
		}
	}

}
