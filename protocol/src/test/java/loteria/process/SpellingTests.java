package loteria.process;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpellingTests {

	private static final List<String> NAMES = List.of("loop.amount", "loop.period", "server.address", "id");

	@ParameterizedTest
	@CsvSource({ "lopp.amount, loop.amount", "loop.amuont, loop.amount", "LOOP.PERIODS, loop.period",
			"serveraddress, server.address", "if, id", "loop.period, loop.period" })
	void findsWhatWasMeant(String written, String meant) {
		assertThat(Spelling.nearest(written, NAMES)).contains(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "foo", "debug", "spring.main.banner-mode" })
	void guessesNothingFromAfar(String written) {
		assertThat(Spelling.nearest(written, NAMES)).isEmpty();
	}

	@Test
	void takesTheNearestOfSeveral() {
		assertThat(Spelling.nearest("retry.sleepmx", List.of("retry.sleep", "retry.sleepMax")))
			.contains("retry.sleepMax");
	}

}
