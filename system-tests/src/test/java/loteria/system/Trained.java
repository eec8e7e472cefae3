package loteria.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Both programs as {@code make build} has them: unpacked, with what Java remembers of a
 * short job, so that they start in half the time. Made once, if {@code -Dtrained=true}
 * says that there will be enough starts for it to pay.
 */
final class Trained {

	private static final List<String> PROGRAMS = List.of("central", "agency");

	private static final Path DIRECTORY = Program.repository().resolve("system-tests/target/programs");

	private static final Path LOG = DIRECTORY.resolveSibling("training.log");

	private static final Path LOCK = DIRECTORY.resolveSibling("training.lock");

	private static final Path DONE = DIRECTORY.resolve("trained");

	private static final Duration LIMIT = Duration.ofMinutes(15);

	private static final boolean WANTED = Boolean.getBoolean("trained");

	private static boolean ready;

	private Trained() {
	}

	/** Behind the options of Java: what starts the program. */
	static List<String> program(String name) {
		if (!WANTED) {
			return List.of("-jar", Program.jar(name).toString());
		}
		makeReady();
		Path directory = DIRECTORY.resolve(name);
		return List.of("-XX:AOTCache=" + directory.resolve(name + ".aot"), "-jar",
				directory.resolve(name + ".jar").toString());
	}

	private static synchronized void makeReady() {
		if (ready) {
			return;
		}
		// the tests run in several Javas at once
		try (FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock _ = lock.lock()) {
			if (!isNewest(DONE)) {
				remove(DIRECTORY);
				for (String name : PROGRAMS) {
					run("-Djarmode=tools", "-jar", Program.jar(name).toString(), "extract", "--destination",
							DIRECTORY.resolve(name).toString());
				}
				run("-cp", Program.jar("local").toString(), "loteria.local.Train", DIRECTORY.toString());
				Files.createFile(DONE);
			}
			ready = true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isNewest(Path file) throws IOException {
		if (Files.notExists(file)) {
			return false;
		}
		FileTime made = Files.getLastModifiedTime(file);
		for (String name : PROGRAMS) {
			if (Files.getLastModifiedTime(Program.jar(name)).compareTo(made) >= 0) {
				return false;
			}
		}
		return true;
	}

	private static void run(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(Program.java()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
			.start();
		try {
			if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
				throw new AssertionError("the programs were not trained, see " + LOG);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static void remove(Path directory) throws IOException {
		if (Files.notExists(directory)) {
			return;
		}
		try (Stream<Path> inside = Files.walk(directory)) {
			for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}

}
