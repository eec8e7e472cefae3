package loteria.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole job by mutual TLS, a dialect for each agency, with the commands and settings
 * of {@code docs/tls.md} as they stand there; only ports and data are the test's own.
 */
@Timeout(300)
class TlsIT {

	private static final Path DOCUMENT = Program.repository().resolve("docs/tls.md");

	private static final int AGENCIES = 5;

	private static final int SECONDS = 120;

	@TempDir
	private Path directory;

	private final Data data = Data.generated();

	private final Map<String, Integer> ports = new TreeMap<>();

	private final List<Process> processes = new ArrayList<>();

	@Test
	void fiveAgenciesFindTheirWinnersAsTheGuideSaysIt() throws Exception {
		for (String part : List.of("central", "agency", "local", "scripts", "Makefile", "pom.xml")) {
			Files.createSymbolicLink(this.directory.resolve(part), Program.repository().resolve(part));
		}
		List<Integer> free = Lottery.freePorts(Lottery.DIALECTS.size() + 1);
		Map<String, String> settings = new TreeMap<>();
		for (String dialect : Lottery.DIALECTS) {
			this.ports.put(dialect, free.removeFirst());
			settings.put("CENTRAL_LISTENERS_" + dialect.toUpperCase(Locale.ROOT) + "_PORT",
					"" + this.ports.get(dialect));
		}
		settings.put("SERVER_PORT", "" + free.removeFirst());
		settings.put("SPRING_SSL_BUNDLE_WATCH_FILE_QUIETPERIOD", "100ms");
		try {
			run("certificates");
			run("openssl");
			Files.createDirectory(this.directory.resolve("config"));
			Files.writeString(this.directory.resolve("config/application.yaml"), block("central"));
			Process central = start("central", block("start"), settings);
			awaitLog("central", "action: accept_connections | result: in_progress", 5);
			List<Process> agencies = new ArrayList<>();
			for (int agency = 1; agency <= AGENCIES; agency++) {
				agencies.add(startAgency(agency));
			}
			for (int agency = 1; agency <= AGENCIES; agency++) {
				assertThat(exitCode(agencies.get(agency - 1))).as("agency %d: %s", agency, log("agency-" + agency))
					.isZero();
				assertThat(log("agency-" + agency)).contains(
						"action: consulta_ganadores | result: success | cant_ganadores: " + this.data.winners(agency));
			}
			run("renewal");
			awaitLog("central", "action: certificates | result: success | bundle: central", 2);
			central.destroy();
			assertThat(exitCode(central)).isZero();
			assertThat(log("central")).contains("action: sorteo | result: success")
				.doesNotContain("handshake", "WARN", "ERROR", "\tat ");
		}
		finally {
			this.processes.forEach(Process::destroyForcibly);
		}
	}

	/** That of agency 1 is in the guide. */
	private Process startAgency(int agency) throws IOException {
		String dialect = Lottery.DIALECTS.get(agency - 1);
		return start("agency-" + agency,
				block("agency").replace("--id=1", "--id=" + agency).replace("agency-1.", "agency-" + agency + "."),
				Map.of("CLI_DIALECT", dialect, "CLI_SERVER_ADDRESS", "localhost:" + this.ports.get(dialect), "CLI_FILE",
						this.data.file(agency).toString()));
	}

	/** What stands in the guide under a name. */
	private static String block(String name) throws IOException {
		String text = Files.readString(DOCUMENT);
		String start = "<!-- " + name + " -->\n```";
		assertThat(text).containsOnlyOnce(start);
		int from = text.indexOf('\n', text.indexOf(start) + start.length()) + 1;
		return text.substring(from, text.indexOf("```", from));
	}

	private void run(String name) throws Exception {
		assertThat(exitCode(start(name, block(name), Map.of()))).as(log(name)).isZero();
	}

	private Process start(String name, String command, Map<String, String> environment) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(name + ".log").toFile());
		Map<String, String> all = builder.environment();
		all.keySet().removeIf((key) -> key.startsWith("CLI_") || key.startsWith("CENTRAL_") || key.startsWith("MAKE"));
		all.put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + all.get("PATH"));
		all.putAll(environment);
		Process process = builder.start();
		this.processes.add(process);
		return process;
	}

	private static int exitCode(Process process) throws InterruptedException {
		assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	private String log(String name) throws IOException {
		return Files.readString(this.directory.resolve(name + ".log"), StandardCharsets.UTF_8);
	}

	private void awaitLog(String name, String part, int times) {
		Awaitility.await(part)
			.atMost(Duration.ofSeconds(SECONDS))
			.untilAsserted(
					() -> assertThat(log(name).lines().filter((line) -> line.contains(part)).count()).as(log(name))
						.isGreaterThanOrEqualTo(times));
	}

}
