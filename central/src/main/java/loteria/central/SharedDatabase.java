package loteria.central;

import com.zaxxer.hikari.HikariDataSource;
import loteria.central.settings.CentralSettings;
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

	static SharedDatabase of(Environment environment) {
		Binder binder = Binder.get(environment);
		DataSourceProperties properties = binder.bindOrCreate(SETTINGS, DataSourceProperties.class);
		HikariDataSource source = properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		binder.bind(SETTINGS + ".hikari", Bindable.ofInstance(source));
		return new SharedDatabase(source, place(String.valueOf(source.getJdbcUrl())));
	}

	Options options(CentralSettings settings) {
		return new Options(settings.draw().name(), settings.draw().winningNumber(), settings.store().patience(),
				this.place);
	}

	/** Whatever stands before an at sign or behind a question mark may be a secret. */
	static String place(String url) {
		return url.replaceFirst("\\?.*$", "").replaceFirst("//[^/]*@", "//");
	}

}
