package loteria.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A central at work, with its log.
 */
final class Central {

	private static final Duration READY_PAUSE = Duration.ofMillis(20);

	private static final int ANSWER_MILLIS = 5_000;

	private final Ports ports;

	private final Launch launch;

	private final Path log;

	private final Program program;

	private Central(Ports ports, Launch launch, Path log, Program program) {
		this.ports = ports;
		this.launch = launch;
		this.log = log;
		this.program = program;
	}

	/**
	 * @param settings of the environment, besides its ports
	 * @param directory in which it runs
	 * @param log within it
	 */
	static Central start(Ports ports, Launch launch, List<String> arguments, Map<String, String> settings,
			Path directory, String log) throws IOException, Refusal {
		Map<String, String> all = new HashMap<>(settings);
		all.putAll(ports.settings());
		Path file = directory.resolve(log);
		return new Central(ports, launch, file, Program.start(launch.central(arguments), launch.environment(all),
				directory, ProcessBuilder.Redirect.to(file.toFile())));
	}

	void awaitReady() throws IOException, InterruptedException, Refusal {
		long limit = System.nanoTime() + this.launch.startLimit().toNanos();
		while (!isReady()) {
			if (this.program.ends(READY_PAUSE)) {
				throw gone("before it was ready");
			}
			if (System.nanoTime() - limit > 0) {
				throw new Refusal("the central was not ready within " + this.launch.startLimit().toSeconds()
						+ " s; its log: " + this.log);
			}
		}
	}

	private boolean isReady() throws Refusal {
		try (Socket socket = new Socket()) {
			socket.setSoTimeout(ANSWER_MILLIS);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.ports.http()));
			OutputStream request = socket.getOutputStream();
			request.write("GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			return new String(answer.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII).endsWith(" 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

	void requireAlive() throws IOException, Refusal {
		if (!this.program.isAlive()) {
			throw gone("in the middle");
		}
	}

	private Refusal gone(String when) throws IOException {
		try (Stream<String> lines = Files.lines(this.log, StandardCharsets.UTF_8)) {
			lines.filter((line) -> line.contains("ERROR") || line.contains("result: fail"))
				.reduce((first, second) -> second)
				.ifPresent(System.err::println);
		}
		return new Refusal(
				"the central ended " + when + ", with exit code " + this.program.exitCode() + "; its log: " + this.log);
	}

	void stop(Report report) throws InterruptedException {
		this.program.terminate();
		if (!this.program.ends(this.launch.stopLimit())) {
			report.fail(System.err, "the central did not stop within " + this.launch.stopLimit().toSeconds()
					+ " s; its log: " + this.log);
		}
		else if (this.program.exitCode() != 0) {
			report.fail(System.err,
					"the central ended with exit code " + this.program.exitCode() + "; its log: " + this.log);
		}
	}

	Program program() {
		return this.program;
	}

	Path log() {
		return this.log;
	}

}
