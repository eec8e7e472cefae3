package loteria.agency;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The program as the shell sees it: a process with an environment, a working directory,
 * standard output, signals and an exit code.
 */
@Timeout(180)
class ProgramTests {

	private static final String GREETING = "H:1\n1\n";

	private static final String FINISHED = "F:1\nFINISHED\n";

	private static final String CHECK = "V:1\n1\n";

	private static final String ROW = "Ana,Gil,1,1999-03-17,7574\n";

	private static final String BATCH = "S:1\n1;Ana;Gil;1;1999-03-17;7574\n";

	@TempDir
	private Path directory;

	@Test
	void doesItsWorkAndEndsWithZero() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(BATCH)
			.send("R:1\nOK\n")
			.expect(FINISHED)
			.send("W:1\n1\n")
			.expect(CHECK)
			.send("R:1\nFAIL\n")
			.expectEnd())) {
			bets(ROW);
			Files.writeString(this.directory.resolve("config.yaml"), "id: 1\nlog:\n  level: \"INFO\"\n");
			Process agency = start(Map.of(), central.address());
			assertThat(agency.waitFor(120, TimeUnit.SECONDS)).isTrue();
			assertThat(agency.exitValue()).isZero();
		}
		assertThat(output())
			.allMatch((line) -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d INFO     action: .*"))
			.last()
			.asString()
			.endsWith("action: exit | result: success");
		assertThat(output()).first().asString().contains("action: config | result: success | client_id: 1 | ");
	}

	@Test
	void saysThatRowsWereSkippedWithThree() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(BATCH)
			.send("R:1\nOK\n")
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send("R:1\nFAIL\n")
			.expectEnd())) {
			bets("not a bet\n" + ROW);
			assertThat(start(Map.of("CLI_ID", "1"), central.address()).waitFor()).isEqualTo(3);
		}
	}

	@Test
	void saysThatNobodyIsThereWithOne() throws Exception {
		ScriptedCentral down = ScriptedCentral.with();
		down.close();
		bets(ROW);
		assertThat(start(Map.of("CLI_ID", "1"), down.address(), "--reconnect.limit=0").waitFor()).isEqualTo(1);
		assertThat(output()).last().asString().endsWith("action: exit | result: fail | code: 1");
	}

	@Test
	void saysInOneLineWhatIsWrongWithTheConfiguration() throws Exception {
		assertThat(start(Map.of("CLI_ID", "1", "CLI_LOOP_PERIOD", "soon")).waitFor()).isEqualTo(2);
		assertThat(output()).singleElement()
			.asString()
			.contains("ERROR", "key: loop.period | value: soon | allowed: a duration such as", "CLI_LOOP_PERIOD");
	}

	@Test
	void takesNoApplicationPropertiesThatHappenToLieAround() throws Exception {
		Files.writeString(this.directory.resolve("application.properties"), "id=0\nlogging.level.root=trace\n");
		assertThat(start(Map.of("CLI_ID", "x")).waitFor()).isEqualTo(2);
		assertThat(output()).singleElement().asString().contains("key: id | value: x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "-h" })
	void explainsEverySetting(String argument) throws Exception {
		assertThat(start(Map.of(), argument, "--id=x").waitFor()).isZero();
		for (String key : List.of("id", "server.address", "dialect", "file", "batch.maxAmount", "window",
				"reconnect.limit", "wait.limit", "connection", "retry.sleep", "retry.sleepMax", "skipped.max",
				"finish-empty", "mode", "loop.amount", "loop.period", "log.level", "tls.ca", "tls.certificate",
				"tls.key")) {
			String variable = "CLI_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
			assertThat(output()).anyMatch((line) -> line.equals("  --" + key + "  " + variable));
		}
		assertThat(output()).filteredOn((line) -> line.contains("unless told: ")).hasSize(20);
		assertThat(output()).filteredOn((line) -> line.matches("  [0-5]  .*")).hasSize(6);
	}

	@Test
	void saysWhichVersionItIs() throws Exception {
		assertThat(start(Map.of(), "--version").waitFor()).isZero();
		assertThat(output()).containsExactly("agency unpacked");
	}

	@Test
	void proposesWhatWasMeant() throws Exception {
		assertThat(start(Map.of("CLI_ID", "1"), "--batch.maxamuont=5").waitFor()).isEqualTo(2);
		assertThat(output()).singleElement()
			.asString()
			.contains("key: batch.maxamuont | value: 5 | nearest: batch.maxAmount | allowed: one of the keys id, ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "LC_ALL=C", "LC_ALL=POSIX", "NO_LOCALE=x", "LC_ALL=C.UTF-8" })
	void sendsNamesAsTheyAreInAnyLocale(String locale) throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect("S:1\n1;José;Núñez;1;1999-03-17;7574\n").send("R:1\nOK\n").expectEnd())) {
			assertThat(withoutEnvironment(
					locale + " CLI_ID=1 CLI_FILE= NOMBRE=Jos\\303\\251"
							+ " APELLIDO=N\\303\\272\\303\\261ez DOCUMENTO=1 NACIMIENTO=1999-03-17 NUMERO=7574",
					"", central.address()))
				.isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "LC_ALL=C", "LC_ALL=C.UTF-8" })
	void refusesANameThatNobodyCanRead(String locale) throws Exception {
		assertThat(withoutEnvironment(
				locale + " CLI_ID=1 NOMBRE=Jos\\351 APELLIDO=Gil DOCUMENTO=1 NACIMIENTO=1999-03-17 NUMERO=7574", ""))
			.isEqualTo(2);
		assertThat(output()).singleElement()
			.asString()
			.endsWith("key: NOMBRE | value: Jos\uFFFD | allowed: text in UTF-8 | from: the environment");
	}

	@Test
	void refusesAFileThatTheLocaleCanNotName() throws Exception {
		assertThat(withoutEnvironment("CLI_ID=1 CLI_FILE=Jos\\303\\251.csv", "")).isEqualTo(2);
		assertThat(output()).singleElement()
			.asString()
			.contains("key: file | value: José.csv | allowed: ASCII in this locale (", "set LC_ALL=C.UTF-8");
	}

	@Test
	void refusesAnArgumentThatTheLocaleCanNotRead() throws Exception {
		assertThat(withoutEnvironment("CLI_ID=1", "", "--file=$(printf 'Jos\\303\\251.csv')")).isEqualTo(2);
		assertThat(output()).singleElement()
			.asString()
			.contains("reason: argument --file=Jos\uFFFD\uFFFD.csv must be ASCII", "set LC_ALL=C.UTF-8");
	}

	@Test
	void refusesADirectoryThatTheLocaleCanNotName() throws Exception {
		String elsewhere = "d=$(printf 'sorteo Jos\\303\\251'); mkdir \"$d\"; cd \"$d\"; ";
		assertThat(withoutEnvironment("CLI_ID=1", elsewhere)).isEqualTo(2);
		assertThat(output()).singleElement()
			.asString()
			.contains("reason: the name of the working directory, ", "must be ASCII", "set LC_ALL=C.UTF-8");
	}

	@Test
	void findsACentralThatMovedToAnotherAddress() throws Exception {
		Path hosts = Files.writeString(this.directory.resolve("hosts"), "127.0.0.2 central.test\n");
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(BATCH)
			.send("R:1\nOK\n")
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send("R:1\nFAIL\n")
			.expectEnd())) {
			bets(ROW);
			Process agency = start(Map.of("CLI_ID", "1", "CLI_RECONNECT_LIMIT", "20s", "JDK_JAVA_OPTIONS",
					"-Djdk.net.hosts.file=" + hosts), "--server.address=central.test:" + central.port());
			await().atMost(Duration.ofSeconds(60))
				.until(() -> output().stream().anyMatch((line) -> line.contains("refused (127.0.0.2:")));
			Files.writeString(hosts, "127.0.0.1 central.test\n");
			assertThat(agency.waitFor()).isZero();
		}
	}

	@Test
	void endsWithZeroWhenToldToStopWhileItWaitsForTheDraw() throws Exception {
		stoppedWhile("TERM",
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(BATCH).send("R:1\nOK\n").expect(FINISHED));
		assertThat(output()).anyMatch((line) -> line.endsWith("action: close_connection | result: success"))
			.anyMatch((line) -> line.contains("action: close_file | result: success"))
			.anyMatch((line) -> line.contains("action: sigterm_received | result: success"))
			.last()
			.asString()
			.endsWith("action: exit | result: success");
	}

	@Test
	void endsWithZeroWhenInterruptedWhileAnAnswerIsOwed() throws Exception {
		stoppedWhile("INT", (peer) -> peer.expect(GREETING));
	}

	@Test
	void endsWithZeroWhenToldToStopWhileNobodyIsThere() throws Exception {
		ScriptedCentral down = ScriptedCentral.with();
		down.close();
		bets(ROW);
		Process agency = start(Map.of("CLI_ID", "1"), down.address());
		await().atMost(Duration.ofSeconds(60))
			.until(() -> output().stream().anyMatch((line) -> line.contains("action: connect |")));
		signal(agency, "TERM");
		assertThat(agency.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(agency.exitValue()).isZero();
	}

	@Test
	void endsWithOneWhenToldToStopWhileABatchIsInDoubt() throws Exception {
		bets(ROW);
		CompletableFuture<Process> agency = new CompletableFuture<>();
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect("1,Ana,Gil,1,1999-03-17,7574\n");
			signal(agency.join(), "TERM");
			peer.expectEnd();
		})) {
			agency.complete(start(Map.of("CLI_ID", "1", "CLI_DIALECT", "csv"), central.address()));
			assertThat(agency.join().waitFor()).isEqualTo(1);
		}
		assertThat(output()).anyMatch((line) -> line.contains("cantidad: 1 | lines: 1-1 | reason: stopped by SIGTERM"))
			.anyMatch((line) -> line.contains("action: sigterm_received | result: success | signal: SIGTERM"))
			.last()
			.asString()
			.endsWith("action: exit | result: fail | code: 1");
	}

	@Test
	void isCutShortWhereItReadsAPipeThatNobodyWritesTo() throws Exception {
		Process agency = readingAPipe("", "action: greeting |");
		assertThat(agency.exitValue()).isZero();
		assertThat(output()).last()
			.asString()
			.endsWith("action: exit | result: success | reason: stopped before anything was under way, cut short");
	}

	@Test
	void isNotCutShortWithSuccessWhileBetsAreInDoubt() throws Exception {
		Process agency = readingAPipe(ROW.repeat(2), "action: apuesta_enviada | result: in_progress | ");
		assertThat(agency.exitValue()).isEqualTo(1);
		assertThat(output()).last()
			.asString()
			.contains("action: exit | result: fail | code: 1 | reason: cut short with bets in doubt, stored or not"
					+ " | cantidad: ", " | lines: 1-");
	}

	@Test
	void saysThatItWaitsForAPipeAndStopsWhileItDoes() throws Exception {
		Path pipe = this.directory.resolve("pipe");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		Process agency = start(Map.of("CLI_ID", "1", "CLI_FILE", pipe.toString()), "--server.address=127.0.0.1:1");
		await().atMost(Duration.ofSeconds(60))
			.until(() -> output().stream()
				.anyMatch((text) -> text.contains("action: open_file | result: in_progress | file: " + pipe)));
		signal(agency, "TERM");
		assertThat(agency.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(agency.exitValue()).isZero();
	}

	/** Writes and leaves the pipe open, and stops the agency at the line of its log. */
	private Process readingAPipe(String rows, String line) throws Exception {
		Path pipe = this.directory.resolve("pipe");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expectEnd())) {
			Process agency = start(Map.of("CLI_ID", "1", "CLI_FILE", pipe.toString(), "CLI_BATCH_MAXAMOUNT", "1",
					"CLI_LOG_LEVEL", "DEBUG"), central.address());
			try (OutputStream writer = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
				writer.write(rows.getBytes(StandardCharsets.UTF_8));
				await().atMost(Duration.ofSeconds(60))
					.until(() -> output().stream().anyMatch((text) -> text.contains(line)));
				signal(agency, "TERM");
				assertThat(agency.waitFor(60, TimeUnit.SECONDS)).isTrue();
				return agency;
			}
		}
	}

	private void stoppedWhile(String signal, ScriptedCentral.Script script) throws Exception {
		bets(ROW);
		CompletableFuture<Process> agency = new CompletableFuture<>();
		AtomicLong stopped = new AtomicLong();
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			script.play(peer);
			stopped.set(System.nanoTime());
			signal(agency.join(), signal);
			peer.expectEnd();
		})) {
			agency.complete(start(Map.of("CLI_ID", "1"), central.address()));
			assertThat(agency.join().waitFor()).isZero();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - stopped.get())).isLessThan(Duration.ofSeconds(20));
	}

	private static void signal(Process process, String name) throws IOException {
		new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
	}

	private void bets(String rows) throws IOException {
		Files.writeString(Files.createDirectories(this.directory.resolve(".data")).resolve("agency-1.csv"), rows);
	}

	private Process start(Map<String, String> variables, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(program());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = builder(command);
		builder.environment().putAll(variables);
		return builder.start();
	}

	/**
	 * Through a shell, as Java itself may not be able to say what the arguments are.
	 * @param variables all that there are, for {@code printf}
	 * @param before what the shell does before
	 */
	private int withoutEnvironment(String variables, String before, String... arguments) throws Exception {
		StringBuilder environment = new StringBuilder();
		for (String variable : variables.split(" ")) {
			environment.append(" \"$(printf '").append(variable).append("')\"");
		}
		String command = before + "exec env -i" + environment + " \"$@\" " + String.join(" ", arguments);
		List<String> shell = new ArrayList<>(List.of("sh", "-c", command, "sh"));
		shell.addAll(program());
		return builder(shell).start().waitFor();
	}

	private static List<String> program() {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-cp", productionClassPath(), AgencyApplication.class.getName());
	}

	private ProcessBuilder builder(List<String> command) {
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile());
	}

	/** Without what is there for tests, such as another configuration of logging. */
	private static String productionClassPath() {
		String testClasses = File.separator + "test-classes";
		return String.join(File.pathSeparator,
				List.of(System.getProperty("java.class.path").split(File.pathSeparator))
					.stream()
					.filter((entry) -> !entry.endsWith(testClasses))
					.toList());
	}

	private List<String> output() throws IOException {
		return Files.readAllLines(this.directory.resolve("output"));
	}

}
