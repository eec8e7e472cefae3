package loteria.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the two programs are started, with this very Java.
 */
final class Launch {

	/**
	 * For programs that live for seconds and share the machine: C2 and G1 would only take
	 * processor time from the others.
	 */
	private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

	/** Writing a cache takes a while, and a builder may have little time to give. */
	private static final Duration TRAINING_LIMIT = Duration.ofSeconds(300);

	private final Path programs;

	private final boolean trains;

	private final Map<String, String> environment;

	/**
	 * @param programs where each program is as {@code <name>/<name>.jar} beside its
	 * libraries
	 * @param trains whether this run is what the caches are made of: what Java needed of
	 * its libraries is written down
	 * @param environment the caller's own; settings of the two programs in it hold
	 */
	Launch(Path programs, boolean trains, Map<String, String> environment) {
		this.programs = programs;
		this.trains = trains;
		this.environment = new HashMap<>(environment);
		// the counts of the end are read from the logs
		for (String level : List.of("LOGGING_LEVEL", "CLI_LOG_LEVEL")) {
			this.environment.computeIfPresent(level, (name, value) -> value.equalsIgnoreCase("DEBUG") ? value : null);
		}
	}

	List<String> central(List<String> arguments) {
		// what it is trained for is a long life
		List<String> command = java("central", this.trains ? List.of() : SHORT_LIVED, this.trains);
		command.addAll(arguments);
		return command;
	}

	/**
	 * @param first the one that trains, where one does
	 */
	List<String> agency(boolean first) {
		return java("agency", SHORT_LIVED, this.trains && first);
	}

	/** A class of other jars, for a short life. */
	List<String> main(String classPath, String name, List<String> arguments) {
		List<String> command = java(SHORT_LIVED);
		command.addAll(List.of("-cp", classPath, name));
		command.addAll(arguments);
		return command;
	}

	private static List<String> java(List<String> options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		return command;
	}

	private List<String> java(String program, List<String> options, boolean trains) {
		Path directory = this.programs.resolve(program);
		Path cache = directory.resolve(program + ".aot");
		List<String> command = java(options);
		if (trains) {
			command.add("-XX:AOTCacheOutput=" + cache);
		}
		else if (Files.exists(cache)) {
			command.add("-XX:AOTCache=" + cache);
		}
		command.add("-jar");
		command.add(directory.resolve(program + ".jar").toString());
		return command;
	}

	/** The environment with a program's own settings. */
	Map<String, String> environment(Map<String, String> settings) {
		Map<String, String> all = new HashMap<>(this.environment);
		all.putAll(settings);
		return all;
	}

	/** How long the central may take until it is ready. */
	Duration startLimit() {
		return this.trains ? TRAINING_LIMIT : START_LIMIT;
	}

	/** How long a program may take to stop when it is told to. */
	Duration stopLimit() {
		return this.trains ? TRAINING_LIMIT : STOP_LIMIT;
	}

}
