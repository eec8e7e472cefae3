package loteria.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A central at work, with its log.
 *
 * @param programs that it is one of
 */
record Central(Ports ports, Programs programs, Path log, Process process) {

	private static final int ANSWER_MILLIS = 5_000;

	private static final JsonMapper json = new JsonMapper();

	/**
	 * @param settings of the environment, besides its ports
	 * @param log within the directory of the programs
	 */
	static Central start(Ports ports, Programs programs, List<String> arguments, Map<String, String> settings,
			String log) throws IOException {
		Map<String, String> all = new HashMap<>(settings);
		all.putAll(ports.settings());
		Path file = programs.directory().resolve(log);
		return new Central(ports, programs, file, programs.central(arguments, all, file));
	}

	void awaitReady() throws IOException, InterruptedException, JobFailure {
		if (!this.programs.awaitReady(this.process, this::isReady, "the central", this.log)) {
			throw gone("before it was ready");
		}
	}

	private boolean isReady() {
		try (InputStream _ = ask("/actuator/health/readiness")) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** How far all are, whichever central they are at; nothing if it does not answer. */
	Draw draw() {
		try (InputStream answer = ask("/actuator/draw")) {
			return json.readValue(answer, Draw.class);
		}
		catch (IOException | JacksonException ex) {
			return new Draw(List.of(), null);
		}
	}

	/**
	 * @throws IOException also if it answers with an error
	 */
	private InputStream ask(String path) throws IOException {
		URLConnection connection = URI.create("http://localhost:" + this.ports.http() + path)
			.toURL()
			.openConnection(Proxy.NO_PROXY);
		connection.setConnectTimeout(ANSWER_MILLIS);
		connection.setReadTimeout(ANSWER_MILLIS);
		return connection.getInputStream();
	}

	void requireAlive() throws IOException, JobFailure {
		if (!this.process.isAlive()) {
			throw gone("in the middle");
		}
	}

	private JobFailure gone(String when) throws IOException {
		try (Stream<String> lines = Files.lines(this.log, StandardCharsets.UTF_8)) {
			lines.filter((line) -> line.contains("ERROR") || line.contains("result: fail"))
				.reduce((first, second) -> second)
				.ifPresent(System.err::println);
		}
		return new JobFailure("the central ended " + when + ", with exit code " + this.process.exitValue()
				+ "; its log: " + this.log);
	}

	void stop(Report report) throws InterruptedException {
		this.process.destroy();
		if (!Programs.hasEnded(this.process, this.programs.stopLimit())) {
			report.fail(System.err, "the central did not stop within " + this.programs.stopLimit().toSeconds()
					+ " s; its log: " + this.log);
		}
		else if (this.process.exitValue() != 0) {
			report.fail(System.err,
					"the central ended with exit code " + this.process.exitValue() + "; its log: " + this.log);
		}
	}

	/**
	 * What {@code /actuator/draw} says, as far as it matters here: how it was within the
	 * last second.
	 *
	 * @param result null before the draw
	 */
	record Draw(List<Row> rows, @Nullable Result result) {
	}

	/**
	 * Of an agency.
	 *
	 * @param betsPerSecond null where that is not known
	 */
	record Row(int agency, long bets, @Nullable Double betsPerSecond) {
	}

	/**
	 * Of the draw.
	 *
	 * @param instant when it happened
	 */
	record Result(Instant instant) {
	}

}
