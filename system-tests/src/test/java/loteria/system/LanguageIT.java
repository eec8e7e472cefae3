package loteria.system;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main job where the machine's language has digits of its own.
 */
class LanguageIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "-Duser.language=ar -Duser.country=EG",
			"-Duser.language=th -Duser.country=TH -Duser.variant=TH" })
	void theJobAndItsLogsAreTheSame(String locale) throws IOException, InterruptedException {
		Data data = Data.generated();
		try (Lottery lottery = new Lottery(this.directory, data).with("JAVA_TOOL_OPTIONS", locale)) {
			Program central = lottery.startCentral();
			Program[] agencies = new Program[data.agencies()];
			for (int agency = 1; agency <= agencies.length; agency++) {
				agencies[agency - 1] = lottery.startAgency(agency,
						Lottery.DIALECTS.get(agency % Lottery.DIALECTS.size()), "JAVA_TOOL_OPTIONS", locale);
			}
			for (int agency = 1; agency <= agencies.length; agency++) {
				assertThat(agencies[agency - 1].exitCode(Lottery.LIMIT)).as("agency %d", agency).isZero();
				assertThat(agencies[agency - 1].log("action: consulta_ganadores | result: success")).singleElement()
					.asString()
					.contains("cant_ganadores: " + data.winners(agency));
				assertOnlyCommonDigits(agencies[agency - 1]);
			}
			central.stop("TERM", Lottery.LIMIT);
			assertOnlyCommonDigits(central);
			assertThat(central.log("action: sorteo")).singleElement().asString().contains("winning_number: 7574");
			Program verify = Program.verify(lottery.store());
			assertThat(verify.exitCode(Lottery.LIMIT)).as("verify in the tests' own locale").isZero();
			assertThat(Outcome.of(data, lottery)).isEqualTo(Outcome.NOTHING_WRONG);
		}
	}

	private static void assertOnlyCommonDigits(Program program) {
		assertThat(program.log())
			.allSatisfy((line) -> assertThat(line.codePoints().filter((c) -> Character.isDigit(c) && c > '9')).as(line)
				.isEmpty());
	}

}
