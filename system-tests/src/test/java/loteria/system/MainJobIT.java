package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job, end to end: one central, five agencies, one draw.
 */
class MainJobIT {

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "lines", "fixed", "csv", "packets", "tlv", "all" })
	void fiveAgenciesSendAllTheirBetsAndGetTheirWinners(String dialect) throws IOException {
		Data data = Data.real();
		try (Lottery lottery = new Lottery(this.directory, data)) {
			Program central = lottery.startCentral();
			List<Program> agencies = IntStream.rangeClosed(1, 5)
				.mapToObj((agency) -> lottery.startAgency(agency, dialectOf(agency, dialect)))
				.toList();
			for (int agency = 1; agency <= 5; agency++) {
				Program program = agencies.get(agency - 1);
				assertThat(program.exitCode(Lottery.LIMIT)).as("agency %d", agency).isZero();
				assertThat(program.log("action: consulta_ganadores | result: success")).singleElement()
					.asString()
					.contains("cant_ganadores: " + data.winners(agency));
				assertThat(program.log("action: summary | result: success")).singleElement()
					.asString()
					.contains("check: " + check(dialectOf(agency, dialect)));
			}
			central.terminate();
			assertThat(central.exitCode(Lottery.LIMIT)).isZero();

			assertThat(central.log("sorteo")).singleElement().asString().contains("action: sorteo | result: success");
			assertThatRowsAreThoseOf(data, lottery);
		}
	}

	private static String dialectOf(int agency, String dialect) {
		return dialect.equals("all") ? Lottery.DIALECTS.get((agency - 1) % 5) : dialect;
	}

	/** What the agency says of the bets that were drawn over. */
	private static String check(String dialect) {
		return dialect.equals("lines") ? "verified" : "not available in " + dialect;
	}

	/** As a set, and in the order of each agency's file; every row ended by CR LF. */
	private static void assertThatRowsAreThoseOf(Data data, Lottery lottery) throws IOException {
		List<String> rows = lottery.rows();
		List<String> byAgency = new ArrayList<>();
		for (int agency = 1; agency <= data.agencies(); agency++) {
			String prefix = agency + ",";
			rows.stream().filter((row) -> row.startsWith(prefix)).forEach(byAgency::add);
		}
		assertThat(byAgency).isEqualTo(data.rows());
		String bets = Files.readString(lottery.store().resolve("bets.csv"));
		assertThat(bets.split("\r\n", -1)).hasSize(rows.size() + 1);
	}

}
