package loteria.local;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that several centrals share, out of a jar: a process of this job.
 */
final class Database {

	private static final String MAIN = "loteria.database.Serve";

	/** What it says when it can be used, before the address. */
	private static final String READY = "ready: ";

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final Path jars;

	private final Launch launch;

	private final Path directory;

	private @Nullable String url;

	/**
	 * @param jars where what it is started from was built
	 * @param directory for its data and its log
	 */
	Database(Path jars, Launch launch, Path directory) {
		this.jars = jars;
		this.launch = launch;
		this.directory = directory;
	}

	Program start() throws IOException {
		String classPath = this.jars.resolve("database.jar") + File.pathSeparator
				+ this.jars.resolve("dependency").resolve("*");
		return Program.start(
				this.launch.main(classPath, MAIN,
						List.of(this.directory.resolve("database").toString(), String.valueOf(freePort()))),
				this.launch.environment(Map.of()), this.directory, ProcessBuilder.Redirect.to(log().toFile()));
	}

	void awaitReady(Program program) throws IOException, InterruptedException, Refusal {
		long limit = System.nanoTime() + this.launch.startLimit().toNanos();
		Optional<String> said = said();
		while (said.isEmpty()) {
			if (program.ends(PAUSE)) {
				throw new Refusal("PostgreSQL ended before it was ready; its log: " + log());
			}
			if (System.nanoTime() - limit > 0) {
				throw new Refusal("PostgreSQL was not ready within " + this.launch.startLimit().toSeconds()
						+ " s; its log: " + log());
			}
			said = said();
		}
		this.url = said.get();
	}

	private Optional<String> said() throws IOException {
		try (Stream<String> lines = Files.lines(log(), StandardCharsets.UTF_8)) {
			return lines.filter((line) -> line.startsWith(READY))
				.map((line) -> line.substring(READY.length()))
				.findFirst();
		}
	}

	/** What tells a central to keep its bets there. */
	Map<String, String> settings() {
		if (this.url == null) {
			throw new IllegalStateException("not ready");
		}
		return Map.of("CENTRAL_STORE_TYPE", "postgres", "SPRING_DATASOURCE_URL", this.url);
	}

	private Path log() {
		return this.directory.resolve("database.log");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
