package loteria.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the programs of a job, with this very Java, and ends them.
 */
final class Programs {

	/**
	 * For programs that live for seconds and share the machine: C2 and G1 would only take
	 * processor time from the others.
	 */
	private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	/**
	 * Besides: classes and compiled code would else reach limits that Java sets low at
	 * first, and each time it stops all threads for a full collection.
	 */
	private static final List<String> CENTRAL = List.of("-XX:MetaspaceSize=128m", "-XX:ReservedCodeCacheSize=240m");

	private static final Duration PAUSE = Duration.ofMillis(20);

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	/** Writing a cache takes a while, and a builder may have little time to give. */
	private static final Duration TRAINING_LIMIT = Duration.ofSeconds(300);

	private final Path programs;

	private final boolean trains;

	private final Map<String, String> environment;

	private final Path directory;

	private final List<Process> started = new ArrayList<>();

	/**
	 * @param programs where each program is as {@code <name>/<name>.jar} beside its
	 * libraries
	 * @param trains whether this run is what the caches are made of: what Java needed of
	 * its libraries is written down
	 * @param environment the caller's own; settings of the two programs in it hold
	 * @param directory where they run, so that nothing of the caller's directory is taken
	 * for their configuration
	 */
	Programs(Path programs, boolean trains, Map<String, String> environment, Path directory) {
		this.programs = programs;
		this.trains = trains;
		this.directory = directory;
		this.environment = new HashMap<>(environment);
		// the counts of the end are read from the logs
		for (String level : List.of("LOGGING_LEVEL", "CLI_LOG_LEVEL")) {
			this.environment.computeIfPresent(level, (name, value) -> value.equalsIgnoreCase("DEBUG") ? value : null);
		}
	}

	/** Where the programs run and have their logs. */
	Path directory() {
		return this.directory;
	}

	Process central(List<String> arguments, Map<String, String> settings, Path log) throws IOException {
		// what it is trained for is a long life
		List<String> options = this.trains ? List.of() : Stream.concat(SHORT_LIVED.stream(), CENTRAL.stream()).toList();
		List<String> command = java("central", options, this.trains);
		command.addAll(arguments);
		return start(command, settings, log);
	}

	/**
	 * @param first the one that trains, where one does
	 */
	Process agency(boolean first, Map<String, String> settings, Path log) throws IOException {
		return start(java("agency", SHORT_LIVED, this.trains && first), settings, log);
	}

	/** A class of other jars, for a short life. */
	Process main(String classPath, String name, List<String> arguments, Path log) throws IOException {
		List<String> command = java(SHORT_LIVED);
		command.addAll(List.of("-cp", classPath, name));
		command.addAll(arguments);
		return start(command, Map.of(), log);
	}

	private static List<String> java(List<String> options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		return command;
	}

	private List<String> java(String program, List<String> options, boolean trains) {
		Path home = this.programs.resolve(program);
		Path cache = home.resolve(program + ".aot");
		List<String> command = java(options);
		if (trains) {
			command.add("-XX:AOTCacheOutput=" + cache);
		}
		else if (Files.exists(cache)) {
			command.add("-XX:AOTCache=" + cache);
		}
		command.add("-jar");
		command.add(home.resolve(program + ".jar").toString());
		return command;
	}

	private Process start(List<String> command, Map<String, String> settings, Path log) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		builder.environment().putAll(settings);
		Process process = builder.start();
		this.started.add(process);
		process.getOutputStream().close();
		return process;
	}

	/**
	 * Returns false if the process has ended instead.
	 * @param name in words, with its log
	 */
	boolean awaitReady(Process process, Readiness readiness, String name, Path log)
			throws IOException, InterruptedException, JobFailure {
		long limit = System.nanoTime() + startLimit().toNanos();
		while (!readiness.isReady()) {
			if (hasEnded(process, PAUSE)) {
				return false;
			}
			if (System.nanoTime() - limit > 0) {
				throw new JobFailure(
						name + " was not ready within " + startLimit().toSeconds() + " s; its log: " + log);
			}
		}
		return true;
	}

	/** How long a program may take until it is ready. */
	Duration startLimit() {
		return this.trains ? TRAINING_LIMIT : START_LIMIT;
	}

	/** How long a program may take to stop when it is told to. */
	Duration stopLimit() {
		return this.trains ? TRAINING_LIMIT : STOP_LIMIT;
	}

	/** Whether it does so by itself within the limit. */
	static boolean hasEnded(Process process, Duration limit) throws InterruptedException {
		return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** Those on which others depend come last. */
	void stopAll() {
		stop(this.started.reversed());
	}

	/** Whatever they are doing; also when this thread was interrupted. */
	void stop(List<Process> processes) {
		processes.forEach(Process::destroy);
		boolean interrupted = Thread.interrupted();
		for (Process process : processes) {
			try {
				if (!hasEnded(process, stopLimit())) {
					process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				interrupted = true;
				process.destroyForcibly();
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Tells whether a program can be used.
	 */
	interface Readiness {

		boolean isReady() throws IOException;

	}

}
