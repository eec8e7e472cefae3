package loteria.central;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.InvalidSettingException;
import loteria.central.store.postgres.PostgresBetStore;
import loteria.central.store.postgres.PostgresBetStore.Options;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.core.env.Environment;

/**
 * The database that {@code spring.datasource} names. Made by hand and not by the
 * framework, which would look for one in every central.
 *
 * @param source opens nothing before it is asked
 * @param place of the database, without credentials
 */
record SharedDatabase(HikariDataSource source, String place) {

	private static final String SETTINGS = "spring.datasource";

	private static final String CONNECTIONS = SETTINGS + ".hikari.maximum-pool-size";

	static SharedDatabase of(Environment environment) {
		Binder binder = Binder.get(environment);
		DataSourceProperties properties = binder.bindOrCreate(SETTINGS, DataSourceProperties.class);
		requireUrl(String.valueOf(properties.getUrl()));
		requireConnections(binder.bind(CONNECTIONS, String.class).orElse(""));
		HikariDataSource source = properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		binder.bind(SETTINGS + ".hikari", Bindable.ofInstance(source));
		return new SharedDatabase(source, place(String.valueOf(source.getJdbcUrl())));
	}

	private static void requireUrl(String url) {
		if (!url.startsWith("jdbc:postgresql:")) {
			throw new InvalidSettingException(SETTINGS + ".url", place(url),
					"the address of a PostgreSQL, jdbc:postgresql://<host>:<port>/<database>; user and password are settings of their own");
		}
	}

	private static void requireConnections(String connections) {
		if (!connections.matches("[0-9]{1,6}") || Integer.parseInt(connections) < PostgresBetStore.LEAST_CONNECTIONS) {
			throw new InvalidSettingException(CONNECTIONS, connections,
					"a whole number from " + PostgresBetStore.LEAST_CONNECTIONS + " to 999999");
		}
	}

	Options options(CentralSettings settings) {
		return new Options(settings.draw().name(), settings.draw().winningNumber(),
				settings.expectedAgencies().canonical(), settings.store().patience(), this.place);
	}

	/** Whatever stands before an at sign or behind a question mark may be a secret. */
	static String place(String url) {
		return url.replaceFirst("\\?.*$", "").replaceFirst("//[^/]*@", "//");
	}

}
