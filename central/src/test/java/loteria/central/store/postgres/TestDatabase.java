package loteria.central.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.central.store.StoreFailure;
import loteria.central.store.postgres.PostgresBetStore.Options;
import loteria.database.Database;

/**
 * The database of the tests, where every draw has a name of its own.
 */
public final class TestDatabase {

	static final int WINNING_NUMBER = 7574;

	/** Of every draw. */
	static final String AGENCIES = "2";

	private static final AtomicInteger draws = new AtomicInteger();

	private static final String URL = make();

	private TestDatabase() {
	}

	private static String make() {
		try {
			return Database.shared().create();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static String url() {
		return URL;
	}

	/** With what a field of CSV and a text of SQL must quote. */
	public static String newDraw() {
		return "it's \"draw\" 5%, no. " + draws.incrementAndGet();
	}

	public static PostgresBetStore open(String draw) throws StoreFailure {
		return open(draw, URL, Duration.ofSeconds(30));
	}

	static PostgresBetStore open(String draw, MeterRegistry registry) throws StoreFailure {
		return open(draw, URL, Duration.ofSeconds(30), registry);
	}

	static PostgresBetStore open(String draw, String url, Duration patience) throws StoreFailure {
		return open(draw, url, patience, new SimpleMeterRegistry());
	}

	private static PostgresBetStore open(String draw, String url, Duration patience, MeterRegistry registry)
			throws StoreFailure {
		HikariDataSource source = new HikariDataSource();
		source.setJdbcUrl(url);
		source.setMaximumPoolSize(5);
		source.setMinimumIdle(1);
		source.setConnectionTimeout(2000);
		source.setInitializationFailTimeout(-1);
		return PostgresBetStore.open(new Options(draw, WINNING_NUMBER, AGENCIES, patience, "the tests' database"),
				source, registry, (ex) -> {
				});
	}

	public static void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(URL);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** What a query finds, a text for each row. */
	public static List<String> query(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(URL);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			List<String> rows = new ArrayList<>();
			while (result.next()) {
				rows.add(result.getString(1));
			}
			return rows;
		}
	}

}
