package loteria.central;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SharedDatabaseTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://a:5432/lottery, jdbc:postgresql://a:5432/lottery",
			"'jdbc:postgresql://a,b/lottery?user=me&password=secret', 'jdbc:postgresql://a,b/lottery'",
			"jdbc:postgresql://me:secret@a/lottery?targetServerType=primary, jdbc:postgresql://a/lottery",
			"jdbc:postgresql:lottery, jdbc:postgresql:lottery" })
	void showsItsPlaceWithoutCredentials(String url, String place) {
		assertThat(SharedDatabase.place(url)).isEqualTo(place);
	}

}
