package loteria.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the two programs are started: with this very Java, and from the cache of parsed and
 * linked classes where the build has made one.
 */
final class Launch {

	/**
	 * Enough for a program that lives for seconds; C2 and G1 would only take processor
	 * time from the others.
	 */
	private static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private final Path root;

	private final Map<String, String> environment;

	/**
	 * @param environment the caller's own; settings of the two programs in it hold
	 */
	Launch(Path root, Map<String, String> environment) {
		this.root = root;
		this.environment = new HashMap<>(environment);
		// the counts of the end are read from the logs
		for (String level : List.of("LOGGING_LEVEL", "CLI_LOG_LEVEL")) {
			this.environment.computeIfPresent(level, (name, value) -> value.equalsIgnoreCase("DEBUG") ? value : null);
		}
	}

	List<String> central(List<String> arguments) {
		List<String> command = java(List.of("-XX:+ExitOnOutOfMemoryError"), "central");
		command.addAll(arguments);
		return command;
	}

	List<String> agency() {
		return java(SHORT_LIVED, "agency");
	}

	private List<String> java(List<String> options, String program) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		Path trained = this.root.resolve("target").resolve("aot").resolve(program);
		Path cache = trained.resolve(program + ".aot");
		if (Files.exists(cache)) {
			command.add("-XX:AOTCache=" + cache);
			command.add("-jar");
			command.add(trained.resolve(program + ".jar").toString());
		}
		else {
			command.add("-jar");
			command.add(this.root.resolve(program).resolve("target").resolve(program + ".jar").toString());
		}
		return command;
	}

	Map<String, String> environment() {
		return this.environment;
	}

	Map<String, String> environment(Map<String, String> more) {
		Map<String, String> all = new HashMap<>(this.environment);
		all.putAll(more);
		return all;
	}

}
