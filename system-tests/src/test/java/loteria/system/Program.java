package loteria.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

/**
 * One of the two programs, as a process with a log. Closing it kills it if need be, and
 * reads its log as the course does.
 */
final class Program implements AutoCloseable {

	/** Half the processor time of a start, of which there are hundreds. */
	private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private static final Path REPOSITORY = Path.of(System.getProperty("repository")).toAbsolutePath().normalize();

	private final Process process;

	private final Path log;

	private Program(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts {@code central} or {@code agency} with settings from the environment alone.
	 * @param directory where it runs, and where its log is appended to
	 */
	static Program start(String name, Path directory, Map<String, String> environment, String... jvmOptions) {
		return run(program(name, jvmOptions), name, directory, environment, List.of());
	}

	/**
	 * Starts the jar itself.
	 * @param launcher a command that becomes the one in its arguments
	 */
	static Program startUnder(List<String> launcher, String name, Path directory, Map<String, String> environment) {
		return runJar(java(launcher, List.of()), name, directory, environment, List.of());
	}

	/** {@code central verify}: its only line tells. */
	static Program verify(Path store) {
		return central(store.resolveSibling("verify"), "verify", store.toAbsolutePath().toString());
	}

	/** {@code central salvage}. */
	static Program salvage(Path store) {
		return central(store.resolveSibling("salvage"), "salvage", store.toAbsolutePath().toString());
	}

	/** Starts the central with arguments and no settings from the environment. */
	static Program central(Path directory, String... arguments) {
		return with("central", directory, arguments);
	}

	/**
	 * Starts either program with arguments and no settings from the environment.
	 */
	static Program with(String name, Path directory, String... arguments) {
		return run(program(name), name, directory, Map.of(), List.of(arguments));
	}

	private static List<String> program(String name, String... jvmOptions) {
		List<String> command = java(List.of(), List.of(jvmOptions));
		command.addAll(Trained.program(name));
		return command;
	}

	/** Starts a jar that may have something beside it. */
	static Program ofJar(Path jar, Path directory, Map<String, String> environment) {
		List<String> command = java(List.of(), List.of());
		command.addAll(List.of("-jar", jar.toString()));
		return run(command, "central", directory, environment, List.of());
	}

	/** Starts the central under another Java than the tests'. */
	static Program under(Path java, Path directory, String... arguments) {
		return runJar(List.of(java.toString()), "central", directory, Map.of(), List.of(arguments));
	}

	private static List<String> java(List<String> launcher, List<String> options) {
		List<String> command = new ArrayList<>(launcher);
		command.add(java());
		command.addAll(QUICK_START);
		command.addAll(options);
		return command;
	}

	/** The tests' own. */
	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static Program runJar(List<String> java, String name, Path directory, Map<String, String> environment,
			List<String> arguments) {
		List<String> command = new ArrayList<>(java);
		command.add("-jar");
		command.add(jar(name).toString());
		return run(command, name, directory, environment, arguments);
	}

	private static Program run(List<String> start, String name, Path directory, Map<String, String> environment,
			List<String> arguments) {
		List<String> command = new ArrayList<>(start);
		command.addAll(arguments);
		Path log = directory.resolve(name + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
		// Every run decides for itself, not the shell it was started from.
		builder.environment()
			.keySet()
			.removeIf((key) -> key.startsWith("CLI_") || key.startsWith("CENTRAL_") || key.equals("LOGGING_LEVEL"));
		builder.environment().putAll(environment);
		try {
			Files.createDirectories(directory);
			return new Program(builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path jar(String name) {
		return repository().resolve(name).resolve("target").resolve(name + ".jar");
	}

	static Path repository() {
		return REPOSITORY;
	}

	/**
	 * The lines logged so far, by this process and by those before it in its directory.
	 */
	List<String> log() {
		return text().lines().collect(Collectors.toList());
	}

	private String text() {
		try {
			return Files.readString(this.log, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> log(String part) {
		return log().stream().filter((line) -> line.contains(part)).toList();
	}

	void awaitLog(String part) {
		Awaitility.await("\"" + part + "\" in " + this.log)
			.atMost(Lottery.LIMIT)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> !log(part).isEmpty());
	}

	/** Waits for the end and returns the exit code. */
	int exitCode(Duration limit) {
		try {
			if (!this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("still running after " + limit + ", see " + this.log);
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	/** SIGKILL; returns when the process is gone. */
	void kill() {
		this.process.destroyForcibly();
		exitCode(Lottery.LIMIT);
	}

	/** Any other signal, by its name without SIG. */
	void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
	}

	/** How long it takes to end by itself with code 0 after SIGTERM or SIGINT. */
	Duration stop(String signal, Duration limit) throws IOException, InterruptedException {
		long from = System.nanoTime();
		signal(signal);
		int code = exitCode(limit);
		if (code != 0) {
			throw new AssertionError(
					String.format(Locale.ROOT, "exit code %d after SIG%s, see %s", code, signal, this.log));
		}
		return Duration.ofNanos(System.nanoTime() - from);
	}

	@Override
	public void close() {
		kill();
		List<String> unreadable = CourseLog.unreadable(text());
		if (!unreadable.isEmpty()) {
			throw new AssertionError("lines that the course can't read, in " + this.log + ": " + unreadable);
		}
	}

}
