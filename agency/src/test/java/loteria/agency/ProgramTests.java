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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The program as the shell sees it: a process with an environment, a working directory,
 * standard output, signals and an exit code.
 */
@Timeout(60)
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
			assertThat(agency.waitFor(40, TimeUnit.SECONDS)).isTrue();
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

	@Test
	void explainsItself() throws Exception {
		assertThat(start(Map.of(), "--help").waitFor()).isZero();
		assertThat(output())
			.anyMatch((line) -> line.contains("--batch.maxAmount") && line.contains("CLI_BATCH_MAXAMOUNT"));
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
		await().atMost(Duration.ofSeconds(30))
			.until(() -> output().stream().anyMatch((line) -> line.contains("action: connect |")));
		signal(agency, "TERM");
		assertThat(agency.waitFor(2, TimeUnit.SECONDS)).isTrue();
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
		assertThat(output()).last().asString().endsWith("action: exit | result: success | reason: cut short");
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
				await().atMost(Duration.ofSeconds(30))
					.until(() -> output().stream().anyMatch((text) -> text.contains(line)));
				signal(agency, "TERM");
				assertThat(agency.waitFor(20, TimeUnit.SECONDS)).isTrue();
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
		assertThat(Duration.ofNanos(System.nanoTime() - stopped.get())).isLessThan(Duration.ofSeconds(2));
	}

	private static void signal(Process process, String name) throws IOException {
		new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
	}

	private void bets(String rows) throws IOException {
		Files.writeString(Files.createDirectories(this.directory.resolve(".data")).resolve("agency-1.csv"), rows);
	}

	private Process start(Map<String, String> variables, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", productionClassPath(), AgencyApplication.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile());
		builder.environment().putAll(variables);
		return builder.start();
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
