package loteria.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that are not ASCII, where the locale knows nothing else: cron, systemd and a bare
 * ssh start programs so. A shell says the names, as Java may not be able to.
 */
class LocaleIT {

	private static final String NO_LOCALE = "unset LANG LC_ALL LC_CTYPE; ";

	/** In UTF-8. */
	private static final String YEAR = "$(printf 'A\\303\\261o')";

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { NO_LOCALE, "export LC_ALL=C; " })
	void aNameIsStoredAsItIs(String locale) throws Exception {
		Data data = Data.first(1, Data.generated(), 1, this.directory.resolve("data"));
		try (Lottery lottery = new Lottery(this.directory, data)) {
			lottery.startCentral();
			String bet = locale
					+ "export NOMBRE=\"$(printf 'Jos\\303\\251')\" APELLIDO=\"$(printf 'N\\303\\272\\303\\261ez')\"; ";
			try (Program agency = Program.startUnder(shell(bet), "agency", this.directory.resolve("agency"),
					Map.of("CLI_ID", "1", "CLI_SERVER_ADDRESS", "localhost:" + lottery.port("lines"), "DOCUMENTO", "1",
							"NACIMIENTO", "1999-03-17", "NUMERO", "7574"))) {
				assertThat(agency.exitCode(Lottery.LIMIT)).isZero();
			}
			assertThat(lottery.rows()).containsExactly("1,José,Núñez,1,1999-03-17,7574");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { NO_LOCALE, "export LC_ALL=C.UTF-8; " })
	void theCentralReadsItsVariablesInAnyLocale(String locale) throws Exception {
		try (Program central = central(locale + "export CENTRAL_DRAW_NAME=\"" + YEAR + "\" CENTRAL_AGENCIES=; ")) {
			central.awaitLog("action: config | ");
			assertThat(central.log("action: config | result: success")).singleElement()
				.asString()
				.contains("agencies: 5 | ", "draw_name: Año | ");
		}
	}

	@Test
	void theCentralRefusesAVariableThatNobodyCanRead() throws Exception {
		assertThat(refusal(NO_LOCALE + "export CENTRAL_DRAW_NAME=\"$(printf 'A\\361o')\"; "))
			.contains("CENTRAL_DRAW_NAME=A\uFFFDo must be text in UTF-8");
	}

	@Test
	void theCentralRefusesAStoreThatTheLocaleCanNotName() throws Exception {
		assertThat(refusal(NO_LOCALE + "export CENTRAL_STORE_DIRECTORY=\"" + YEAR + "\"; "))
			.contains("central.store.directory=Año must be ", "ASCII in this locale (", "LC_ALL=C.UTF-8");
		assertThat(entries(this.directory)).isEmpty();
	}

	@Test
	void theCentralRefusesAWorkingDirectoryThatTheLocaleCanNotName() throws Exception {
		String elsewhere = "mkdir \"" + YEAR + "\"; cd \"" + YEAR + "\"; ";
		assertThat(refusal(elsewhere + NO_LOCALE)).contains("the name of the working directory, ", "LC_ALL=C.UTF-8");
		assertThat(entries(this.directory)).singleElement().satisfies((only) -> assertThat(entries(only)).isEmpty());
	}

	@Test
	void theCentralRefusesAnArgumentThatTheLocaleCanNotRead() throws Exception {
		assertThat(refusal(NO_LOCALE + "set -- \"$@\" \"--central.draw.name=" + YEAR + "\"; "))
			.contains("argument --central.draw.name=A\uFFFD\uFFFDo must be ASCII", "LC_ALL=C.UTF-8");
	}

	/** The only line that it says. */
	private String refusal(String before) {
		try (Program central = central(before)) {
			assertThat(central.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(central.log()).hasSize(1);
			return central.log().getFirst();
		}
	}

	private Program central(String before) {
		return Program.startUnder(shell(before), "central", this.directory,
				Map.of("SERVER_PORT", "0", "CENTRAL_LISTENERS_LINES_PORT", "0", "CENTRAL_LISTENERS_FIXED_PORT", "0",
						"CENTRAL_LISTENERS_CSV_PORT", "0", "CENTRAL_LISTENERS_PACKETS_PORT", "0",
						"CENTRAL_LISTENERS_TLV_PORT", "0"));
	}

	private static List<String> shell(String before) {
		return List.of("sh", "-c", before + "exec \"$@\"", "sh");
	}

	/** What is there besides the log. */
	private static List<Path> entries(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.filter((entry) -> !entry.endsWith("central.log")).toList();
		}
	}

}
