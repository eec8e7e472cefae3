package loteria.agency.moving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.LogLines;
import loteria.agency.settings.GivenSettings;
import loteria.agency.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The agency in the place of one of the five systems' own, with that one's files and
 * variables.
 */
class MovedInTests {

	private static final String COURSE = """
			server:
			  address: "server:12345"
			loop:
			  amount: 5
			  period: "5s"
			log:
			  level: "INFO"
			batch:
			  maxAmount:\s""";

	private static String course(int maxAmount) {
		return COURSE + maxAmount + "\n";
	}

	private static final String PACKETS = """
			server:
			  address: "server:12345"
			batch_size: 63
			retry_sleep: "100ms"
			retry_sleep_max: "5s"
			log:
			  level: "info"
			""";

	private static final String TLV = """
			server:
			  address: "server:12345"
			loop:
			  lapse: "0m20s"
			  period: "5s"
			log:
			  level: "debug"
			batching:
			  size: "1000"
			""";

	/** Stands for the root of the file system. */
	@TempDir
	private Path root;

	/** Stands for the working directory. */
	@TempDir
	private Path here;

	private final Map<String, Object> variables = new HashMap<>(Map.of("CLI_ID", "3"));

	@Test
	void takesThePlaceOfAnAgencyOfLines() throws Exception {
		stands("config.yaml", course(10));
		Path bets = stands("data/agency.csv", "");
		assertThat(settings()).asString().startsWith(expected("lines", 10, bets));
	}

	@Test
	void takesThePlaceOfAnAgencyOfFixed() throws Exception {
		stands("config.yaml", course(110));
		Path bets = stands("data/agency-3.csv", "");
		try (LogLines log = LogLines.capture()) {
			assertThat(settings()).asString().startsWith(expected("fixed", 103, bets));
			assertThat(log.of("config")).last()
				.asString()
				.contains("key: dialect | value: fixed | reason: only it has ", "agency-<id>.csv with batch.maxAmount");
		}
	}

	@Test
	void takesThePlaceOfAnAgencyOfFixedThatIsToldItsFile() throws Exception {
		stands("config.yaml", course(110));
		this.variables.put("CLI_AGENCY_DATA_FILE", "/data/bets.csv");
		assertThat(settings()).asString().startsWith(expected("fixed", 103, Path.of("/data/bets.csv")));
	}

	@Test
	void takesThePlaceOfAnAgencyOfCsv() throws Exception {
		stands("config.yaml", course(120));
		Path bets = stands(".data/agency-3.csv", "");
		assertThat(settings()).asString().startsWith(expected("csv", 120, bets));
	}

	@Test
	void takesThePlaceOfAnAgencyOfPackets() throws Exception {
		stands("config.yaml", PACKETS);
		Path bets = stands("data/agency-3.csv", "");
		Settings settings = settings();
		assertThat(settings.dialect().name()).isEqualTo("packets");
		assertThat(settings.servers()).hasToString("server:12345");
		assertThat(settings.file()).isEqualTo(bets);
		assertThat(settings.batchMaxAmount()).isEqualTo(63);
		assertThat(settings.retrySleep()).isEqualTo(Duration.ofMillis(100));
		assertThat(settings.retrySleepMax()).isEqualTo(Duration.ofSeconds(5));
		assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
		assertThat(settings.keepConnection()).isFalse();
		assertThat(settings.withoutEffect()).isEmpty();
	}

	@Test
	void takesThePlaceOfAnAgencyOfTlv() throws Exception {
		stands("app/config/config.yaml", TLV);
		this.variables.put("CHUNK_FILE", "/app/data/agency-3.csv");
		Settings settings = settings();
		assertThat(settings.dialect().name()).isEqualTo("tlv");
		assertThat(settings.file()).isEqualTo(Path.of("/app/data/agency-3.csv"));
		assertThat(settings.batchMaxAmount()).isEqualTo(1000);
		assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
		assertThat(settings).asString().endsWith(" | without_effect: loop.lapse");
	}

	@Test
	void takesThePlaceOfAnAgencyOfTlvThatVariablesTellAll() throws Exception {
		Path bets = stands("app/data/agency-3.csv", "");
		this.variables.putAll(Map.of("CLI_LOOP_LAPSE", "20s", "CLI_LOOP_PERIOD", "5s", "CLI_BATCHING_SIZE", "500",
				"CLI_LOG_LEVEL", "debug"));
		try (LogLines log = LogLines.capture()) {
			Settings settings = settings();
			assertThat(settings.dialect().name()).isEqualTo("tlv");
			assertThat(settings.file()).isEqualTo(bets);
			assertThat(settings.batchMaxAmount()).isEqualTo(500);
			assertThat(settings.withoutEffect()).containsExactly("CLI_LOOP_LAPSE");
			assertThat(log.of("config")).singleElement().asString().contains("key: dialect | value: tlv | reason: ");
		}
	}

	@Test
	void knowsTlvByThePlaceOfItsConfigAlone() throws Exception {
		stands("app/config/config.yaml", "log.level: debug");
		assertThat(settings().dialect().name()).isEqualTo("tlv");
	}

	@ParameterizedTest
	@CsvSource({ "lines, data/agency.csv", "fixed, data/agency-3.csv", "csv, .data/agency-3.csv",
			"packets, data/agency-3.csv", "tlv, app/data/agency-3.csv" })
	void whoSaysTheDialectGetsTheFileOfItsPlace(String dialect, String place) throws Exception {
		stands("data/agency.csv", "");
		stands("data/agency-3.csv", "");
		stands(".data/agency-3.csv", "");
		stands("app/data/agency-3.csv", "");
		this.variables.put("CLI_DIALECT", dialect);
		Settings settings = settings();
		assertThat(settings.dialect().name()).isEqualTo(dialect);
		assertThat(settings.file()).isEqualTo(this.root.resolve(place));
	}

	@Test
	void ourOwnFilesComeFirst() throws Exception {
		stands("config.yaml", PACKETS);
		stands("data/agency-3.csv", "");
		write(this.here.resolve("config.yaml"), "batch.maxAmount: 7");
		write(this.here.resolve(".data/agency-3.csv"), "");
		Settings settings = settings();
		assertThat(settings.dialect().name()).isEqualTo("lines");
		assertThat(settings.batchMaxAmount()).isEqualTo(7);
		assertThat(settings.file()).isEqualTo(Path.of(".data/agency-3.csv"));
	}

	@Test
	void ourOwnNamesComeFirst() throws Exception {
		stands("config.yaml", "batch_size: 63\nbatch.maxAmount: 7\nretry_sleep: 1s\ndialect: csv\n");
		this.variables
			.putAll(Map.of("CLI_FILE", "ours.csv", "CLI_AGENCY_DATA_FILE", "theirs.csv", "CLI_RETRY_SLEEP", "20ms"));
		Settings settings = settings();
		assertThat(settings.batchMaxAmount()).isEqualTo(7);
		assertThat(settings.file()).isEqualTo(Path.of("ours.csv"));
		assertThat(settings.retrySleep()).isEqualTo(Duration.ofMillis(20));
		assertThat(settings.dialect().name()).isEqualTo("csv");
	}

	@Test
	void theirVariableBeatsTheirFile() throws Exception {
		stands("config.yaml", TLV);
		this.variables.put("CLI_BATCHING_SIZE", "500");
		assertThat(settings().batchMaxAmount()).isEqualTo(500);
	}

	@Test
	void guessesNoDialectFromThePlaceOfTwo() throws Exception {
		Path bets = stands("data/agency-3.csv", "");
		try (LogLines log = LogLines.capture()) {
			Settings settings = settings();
			assertThat(settings.dialect().name()).isEqualTo("lines");
			assertThat(settings.file()).isEqualTo(bets);
			assertThat(log.of("config")).singleElement().asString().contains("fixed and packets", "CLI_DIALECT");
		}
	}

	@Test
	void refusesToChooseBetweenTwoSystems() throws Exception {
		stands("config.yaml", PACKETS);
		this.variables.put("CHUNK_FILE", "bets.csv");
		assertThatExceptionOfType(Failure.class).isThrownBy(this::settings)
			.withMessage("action: config | result: fail | key: dialect | reason: CHUNK_FILE is of tlv,"
					+ " batch_size is of packets | hint: say which it is, with CLI_DIALECT")
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE));
	}

	@ParameterizedTest
	@CsvSource({ "1, 60, PT1S, PT1M", "0.5, 10, PT0.5S, PT10S", "50, 10000, PT0.05S, PT10S", "100, 100, PT0.1S, PT0.1S",
			"1, 5000, PT0.001S, PT5S", "2, 30s, PT2S, PT30S", "100ms, 5, PT0.1S, PT5S" })
	void takesPausesWithoutAUnitForWhatMakesSense(String first, String longest, Duration sleep, Duration max)
			throws Exception {
		stands("config.yaml", "retry_sleep: " + first + "\nretry_sleep_max: " + longest + "\n");
		Settings settings = settings();
		assertThat(settings.retrySleep()).isEqualTo(sleep);
		assertThat(settings.retrySleepMax()).isEqualTo(max);
	}

	@ParameterizedTest
	@ValueSource(strings = { "batch_size: many", "retry_sleep: soon", "retry_sleep: -1", "retry_sleep: 0" })
	void refusesWhatIsImpossibleUnderAnyName(String line) throws IOException {
		stands("config.yaml", line);
		assertThatExceptionOfType(Failure.class).isThrownBy(this::settings)
			.withMessageContaining("config.yaml")
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE));
	}

	@Test
	void refusesWhatNoneOfThemHas() throws IOException {
		stands("config.yaml", "batch_sise: 63\n");
		assertThatExceptionOfType(Failure.class).isThrownBy(this::settings)
			.withMessageContaining("key: batch_sise | value: 63")
			.withMessageContaining("config.yaml");
	}

	private Settings settings() throws Failure {
		return GivenSettings.of(this.variables, this.here, this.root);
	}

	private static String expected(String dialect, int batch, Path file) {
		return "client_id: 3 | server_address: server:12345 | loop_amount: 5 | loop_period: 5s | log_level: INFO"
				+ " | batch_maxAmount: " + batch + " | dialect: " + dialect + " | mode: bets | file: " + file
				+ " | connection: keep | ";
	}

	private Path stands(String place, String text) throws IOException {
		return write(this.root.resolve(place), text);
	}

	private static Path write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

}
