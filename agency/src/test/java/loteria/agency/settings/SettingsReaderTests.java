package loteria.agency.settings;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.LogLines;
import loteria.bet.InvalidBet;
import loteria.process.SystemText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LogLevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class SettingsReaderTests {

	private static final String COURSE = """
			id: 3
			server:
			  address: "server:12345"
			loop:
			  amount: 7
			  period: "0.5ms"
			log:
			  level: "DEBUG"
			batch:
			  maxAmount: 50
			""";

	@TempDir
	private Path directory;

	@Test
	void takesTheCoursesFileAsItIs() throws Exception {
		Settings settings = GivenSettings.of(Map.of(), file(COURSE));
		assertThat(settings.id()).isEqualTo(3);
		assertThat(settings.servers()).isEqualTo(ServerAddresses.of(new ServerAddress("server", 12345)));
		assertThat(settings.loopAmount()).isEqualTo(7);
		assertThat(settings.loopPeriod()).isEqualTo(Duration.ofNanos(500_000));
		assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
		assertThat(settings.batchMaxAmount()).isEqualTo(50);
		assertThat(settings.file()).isEqualTo(Path.of(".data/agency-3.csv"));
	}

	@Test
	void needsNothingButAnId() throws Exception {
		Settings settings = GivenSettings.of("--id=1");
		assertThat(settings).hasToString("client_id: 1 | server_address: localhost:12345 | loop_amount: 5"
				+ " | loop_period: 5s | log_level: INFO | batch_maxAmount: 100 | dialect: lines | mode: bets"
				+ " | file: .data/agency-1.csv | connection: keep | retry_sleep: 50ms | retry_sleepMax: 10s"
				+ " | window: 8 | reconnect_limit: 1m | wait_limit: none | skipped_max: 50 | finish_empty: false");
		assertThat(settings.singleBet()).isNull();
	}

	@Test
	void variableBeatsFileAndArgumentBeatsVariable() throws Exception {
		Map<String, Object> variables = Map.of("CLI_BATCH_MAXAMOUNT", "60", "CLI_LOOP_AMOUNT", "8");
		Settings settings = GivenSettings.of(variables, file(COURSE), "--loop.amount=9");
		assertThat(settings.batchMaxAmount()).isEqualTo(60);
		assertThat(settings.loopAmount()).isEqualTo(9);
		assertThat(settings.id()).isEqualTo(3);
	}

	@Test
	void everyKeyHasItsVariable() throws Exception {
		Settings settings = GivenSettings.of(Map.ofEntries(Map.entry("CLI_ID", "4"),
				Map.entry("CLI_SERVER_ADDRESS", "central"), Map.entry("CLI_LOOP_AMOUNT", "1"),
				Map.entry("CLI_LOOP_PERIOD", "1m30s"), Map.entry("CLI_LOG_LEVEL", "critical"),
				Map.entry("CLI_BATCH_MAXAMOUNT", "1000"), Map.entry("CLI_FILE", "bets.csv"),
				Map.entry("CLI_MODE", "Bets"), Map.entry("CLI_DIALECT", "tlv"), Map.entry("CLI_CONNECTION", "keep"),
				Map.entry("CLI_RETRY_SLEEP", "1ms"), Map.entry("CLI_RETRY_SLEEPMAX", "2ms"),
				Map.entry("CLI_WINDOW", "3"), Map.entry("CLI_RECONNECT_LIMIT", "0"), Map.entry("CLI_WAIT_LIMIT", "30m"),
				Map.entry("CLI_SKIPPED_MAX", "0"), Map.entry("CLI_FINISH_EMPTY", "true")));
		assertThat(settings).hasToString("client_id: 4 | server_address: central:12349 | loop_amount: 1"
				+ " | loop_period: 1m30s | log_level: FATAL | batch_maxAmount: 1000 | dialect: tlv | mode: bets"
				+ " | file: bets.csv | connection: keep | retry_sleep: 1ms | retry_sleepMax: 2ms | window: 3"
				+ " | reconnect_limit: 0s | wait_limit: 30m | skipped_max: 0 | finish_empty: true");
	}

	@Test
	void variablesWithoutThePrefixAreNotItsOwn() throws Exception {
		Settings settings = GivenSettings.of(Map.of("MODE", "x", "FILE", "x", "ID", "2", "WINDOW", "x"), "--id=1");
		assertThat(settings.id()).isEqualTo(1);
		assertThat(settings.file()).isEqualTo(Path.of(".data/agency-1.csv"));
	}

	@Test
	void warnsOfAVariableThatLooksLikeItsOwn() throws Exception {
		try (LogLines log = LogLines.capture()) {
			GivenSettings.of(Map.of("CLI_LOPP_AMOUNT", "1", "CLI_FOO", "1"), "--id=1");
			assertThat(log.of("config")).hasSize(2)
				.anyMatch((line) -> line.endsWith("key: CLI_FOO | reason: ignored, there is no such setting"))
				.anyMatch((line) -> line.endsWith("key: CLI_LOPP_AMOUNT | reason: ignored, there is no such setting"
						+ " | nearest: CLI_LOOP_AMOUNT"));
		}
	}

	@Test
	void aSwitchNeedsNoValueAmongTheArguments() throws Exception {
		assertThat(GivenSettings.of("--id=1", "--finish-empty").finishEmpty()).isTrue();
		assertThat(GivenSettings.of("--id=1", "--finish-empty=false").finishEmpty()).isFalse();
		assertThat(GivenSettings.of(Map.of("CLI_FINISH_EMPTY", ""), "--id=1").finishEmpty()).isFalse();
		assertThat(GivenSettings.of(Map.of(), file("finishEmpty: true\n"), "--id=1").finishEmpty()).isTrue();
	}

	@Test
	void whatIsBlankIsAbsent() throws Exception {
		assertThat(GivenSettings.of(Map.of("CLI_FILE", "", "CLI_ID", " 2 "), file("file:\n")).file())
			.isEqualTo(Path.of(".data/agency-2.csv"));
	}

	@ParameterizedTest
	@CsvSource({ "WARNING, WARN", "warn, WARN", "Error, ERROR", "CRITICAL, FATAL", "trace, TRACE", "off, OFF" })
	void takesTheLevelsOfCourseAndSpring(String given, LogLevel level) throws Exception {
		assertThat(GivenSettings.of("--id=1", "--log.level=" + given).logLevel()).isEqualTo(level);
	}

	@Test
	void noBatchIsLargerThanTheDialectAllows() throws Exception {
		assertThat(GivenSettings.of("--id=1", "--dialect=fixed", "--batch.maxAmount=1000").batchMaxAmount())
			.isEqualTo(103);
	}

	@Test
	void keepsTheConnectionAsIsTheDialectsHabit() throws Exception {
		assertThat(GivenSettings.of("--id=1", "--dialect=csv").keepConnection()).isTrue();
		assertThat(GivenSettings.of("--id=1", "--dialect=packets").keepConnection()).isFalse();
		assertThat(GivenSettings.of("--id=1", "--dialect=packets", "--connection=keep").keepConnection()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "id=0", "id=x", "id=2147483648", "id=-1", "id=1.5", "server.address=:1", "loop.amount=-1",
			"loop.amount=many", "loop.period=5", "loop.period=-1s", "log.level=LOUD", "batch.maxAmount=0",
			"batch.maxAmount=1e3", "mode=chat", "dialect=morse", "connection=each", "connection=both", "retry.sleep=0s",
			"retry.sleepMax=1ms", "window=0", "window=1001", "reconnect.limit=soon", "wait.limit=0", "wait.limit=soon",
			"file=\0" })
	void namesKeyAndValueOfWhatIsImpossible(String given) {
		String key = given.substring(0, given.indexOf('='));
		String value = given.substring(given.indexOf('=') + 1);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of("CLI_ID", "1"), "--" + given))
			.withMessageStartingWith("action: config | result: fail | key: %s | value: %s | allowed: ", key,
					value.replace('\0', '\uFFFD'))
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE));
	}

	@Test
	void namesWhatCannotBeSeenInAValue() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> GivenSettings.of(Map.of("CLI_ID", "1", "CLI_WINDOW", "8\u00A0")))
			.withMessageContaining(
					" | allowed: a whole number from 1 to 1000, without the U+00A0 NO-BREAK SPACE at character 2 | from: ");
	}

	@Test
	void missesTheId() {
		assertThatExceptionOfType(Failure.class).isThrownBy(GivenSettings::of)
			.withMessageStartingWith("action: config | result: fail | key: id | value:  | allowed: a whole number");
	}

	@Test
	void refusesAnAgencyThatTheDialectCannotCarry() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of("--id=65536", "--dialect=fixed"))
			.withMessageContaining("key: id | value: 65536 | allowed: at most 65535 in dialect fixed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fixed", "csv", "packets", "tlv" })
	void onlyLinesHasAnEcho(String dialect) {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> GivenSettings.of("--id=1", "--mode=echo", "--dialect=" + dialect))
			.withMessageContaining("key: mode | value: echo | allowed: bets; dialect %s has no echo", dialect);
	}

	@Test
	void saysWhereAnImpossibleValueStands() throws IOException {
		Path file = file("id: 1\nloop:\n  amount: much\n");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file))
			.withMessageContaining("config.yaml")
			.withMessageContaining("3:11");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of("CLI_ID", "x")))
			.withMessageContaining("CLI_ID");
	}

	@ParameterizedTest
	@ValueSource(strings = { "loop.lapsus: 5s", "loop: 5", "loop: [1]", "ID2: 1", "Loop_Amount: 1" })
	void refusesAFileWithAnUnknownKey(String line) throws IOException {
		Path file = file(line);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file, "--id=1"))
			.withMessageStartingWith("action: config | result: fail | key: ")
			.withMessageContaining("allowed: one of the keys id, server.address");
	}

	@Test
	void refusesAConfigFileThatIsADirectory() throws IOException {
		Path mounted = Files.createDirectory(this.directory.resolve("config.yaml"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), mounted, "--id=1"))
			.withMessageStartingWith(
					"action: config | result: fail | key: %s | value: a directory | allowed: a file; Docker makes",
					InvalidBet.printable(mounted.toString()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ISO-8859-1", "UTF-16LE" })
	void refusesAConfigFileThatIsNotUtf8(String charset) throws IOException {
		Path file = Files.write(this.directory.resolve("config.yaml"),
				"id: 1\nfile: ñandú.csv\n".getBytes(Charset.forName(charset)));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file, "--id=1"))
			.withMessageContaining("| value: byte 0xf1 | allowed: UTF-8 | from: line 2");
	}

	@Test
	void refusesAConfigFileThatCanNotBeRead() throws IOException {
		Path file = file("id: 1");
		Files.setPosixFilePermissions(file, Set.of());
		assumeFalse(Files.isReadable(file), "root reads all");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file, "--id=1"))
			.withMessageContaining("| value: permission denied | allowed: a file of at most 1 MB that user ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			id: 010 | value: 010 | line 1
			id: 1\\nloop.period: 1:40 | value: 1:40 | line 2
			id: 0x10 | value: 0x10 | line 1
			batch: {maxAmount: 1_000} | value: 1_000 | line 1
			id: &a [1, 1]\\nfile: [*a, *a] | value: *a | line 2
			""")
	void refusesWhatYamlTakesForSomethingElse(String text, String value, String line) throws IOException {
		Path file = file(text.replace("\\n", "\n"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file))
			.withMessageContaining(" | " + value + " | allowed: ")
			.withMessageEndingWith(" | from: " + line);
	}

	@ParameterizedTest
	@CsvSource({ "/dev/zero, it is a pipe or a device", "nowhere, it is a link to nowhere" })
	void waitsForNoConfigFileThatHasNoEnd(String target, String reason) throws IOException {
		Path file = Files.createSymbolicLink(this.directory.resolve("config.yaml"), Path.of(target));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file, "--id=1"))
			.withMessageContaining(" | value: " + reason);
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> GivenSettings.of(Map.of("CLI_TLS_CA", file.toString()),
					this.directory.resolve("none.yaml"), "--id=1"))
			.withMessageContaining(reason);
	}

	@Test
	void refusesAConfigFileThatLeadsNowhere() throws IOException {
		Path loop = Files.createSymbolicLink(this.directory.resolve("config.yaml"), Path.of("config.yaml"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), loop, "--id=1"))
			.withMessageContaining("| allowed: a file of at most 1 MB that user ");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "id: 1\nserver.address: ${SERVER_HOST}:12345", "id: ${ID}", "id: 1\nfile: ${HOME}/bets.csv" })
	void refusesAValueThatSomebodyWasToFillIn(String line) throws IOException {
		Path file = file(line);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file))
			.withMessageContaining(" | value: ${")
			.withMessageContaining("; no ${…} is filled in here, a variable says it by itself: CLI_")
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE));
	}

	@Test
	void refusesWhatNobodyCanRead() {
		Map<String, Object> variables = Map.of("CLI_SERVER_ADDRESS", "se\uFFFDor:1");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(variables, "--id=1"))
			.withMessageContaining("key: server.address | value: se\uFFFDor:1 | allowed: text in UTF-8");
		Map<String, Object> bet = Map.of("NOMBRE", "Jos\uFFFD", "APELLIDO", "Lorca", "DOCUMENTO", "30904465",
				"NACIMIENTO", "1999-03-17", "NUMERO", "7574");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(bet, "--id=1"))
			.withMessageContaining("key: NOMBRE | value: Jos\uFFFD | allowed: text in UTF-8")
			.withMessageEndingWith("from: the environment");
	}

	@ParameterizedTest
	@ValueSource(strings = { "file=a\u2028action: exit", "file=\u202Efdp.csv", "server.address=a\u2066b:1",
			"server.address=a\u2029b:1", "dialect=\u200F", "\u202E=1" })
	void saysNothingThatALogCanNotShow(String given) {
		// where the locale is of ASCII the argument as such is refused
		String begin = "action: config | result: fail | "
				+ (SystemText.refusal(List.of("--" + given)).isPresent() ? "reason: argument --" : "key: ");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of("--id=1", "--" + given))
			.satisfies((failure) -> assertThat(failure.getMessage()).startsWith(begin)
				.contains("\uFFFD")
				.doesNotContainPattern("[\\p{Cc}\u200F\u2028\u2029\u202E\u2066]"));
	}

	@Test
	void saysThatAnIpv6AddressStandsInBrackets() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of("--id=1", "--server.address=::1"))
			.withMessageContaining("key: server.address | value: ::1 | allowed: host or host:port")
			.withMessageContaining("an IPv6 address in brackets, such as [::1]:12345");
	}

	@ParameterizedTest
	@CsvSource({ "--lopp.amount=3, loop.amount", "--BATCH.MAXAMUONT=3, batch.maxAmount", "--hlep, help",
			"-version, version", "help, help", "di=1, id" })
	void proposesTheNearestOfWhatThereIs(String argument, String meant) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of("--id=1", argument))
			.withMessageContaining(" | nearest: %s | allowed: ", meant);
	}

	@Test
	void refusesAKeyThatIsGivenTwice() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of("--id=1", "--file=a", "--file=b"))
			.withMessageContaining("key: file | value: a,b | allowed: one value");
	}

	@Test
	void aLongFirstPauseIsTheLongestToo() throws Exception {
		assertThat(GivenSettings.of("--id=1", "--retry.sleep=30s").retrySleepMax()).isEqualTo(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@ValueSource(strings = { "id: [1", "\tid: 1", "- 1", "id: 1: 2", "\0" })
	void refusesAFileThatIsNotYaml(String text) throws IOException {
		Path file = file(text);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of(Map.of(), file, "--id=1"))
			.satisfies((failure) -> assertThat(failure.getMessage()).startsWith("action: config | result: fail | key: ")
				.doesNotContain("\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--lopp.amount=3", "--debug", "--spring.main.banner-mode=off", "id=1", "-x" })
	void refusesAnUnknownArgument(String argument) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> GivenSettings.of("--id=1", argument))
			.withMessageStartingWith("action: config | result: fail | key: ");
	}

	@Test
	void takesTheBetOfTheEnvironment() throws Exception {
		Settings settings = GivenSettings.of(Map.of("NOMBRE", "Santiago Lionel", "APELLIDO", "Lorca", "DOCUMENTO",
				"30904465", "NACIMIENTO", "1999-03-17", "NUMERO", "7574"), "--id=1");
		assertThat(settings.singleBet())
			.isEqualTo(new SingleBet("Santiago Lionel", "Lorca", "30904465", "1999-03-17", "7574"));
	}

	@Test
	void refusesHalfABet() {
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> GivenSettings.of(Map.of("NOMBRE", "Ana", "NUMERO", "7574", "APELLIDO", ""), "--id=1"))
			.withMessageContaining("key: APELLIDO, DOCUMENTO, NACIMIENTO | value:  | allowed: all of NOMBRE, APELLIDO");
	}

	private Path file(String text) throws IOException {
		return Files.writeString(this.directory.resolve("config.yaml"), text);
	}

}
