package loteria.local;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that several centrals share, out of a jar: a process of this job.
 */
final class SharedPostgres {

	private static final String MAIN = "loteria.database.Serve";

	/** What it says when it can be used, before the address. */
	private static final String READY = "ready: ";

	private final Path jars;

	private final Programs programs;

	private @Nullable String url;

	/**
	 * @param jars where what it is started from was built
	 */
	SharedPostgres(Path jars, Programs programs) {
		this.jars = jars;
		this.programs = programs;
	}

	/**
	 * Returns when it can be used.
	 * @return what tells a central to keep its bets there
	 */
	Map<String, String> start() throws IOException, InterruptedException, JobFailure {
		String classPath = this.jars.resolve("database.jar") + File.pathSeparator
				+ this.jars.resolve("dependency").resolve("*");
		Path log = this.programs.directory().resolve("database.log");
		Process process = this.programs.main(classPath, MAIN,
				List.of(this.programs.directory().resolve("database").toString(), String.valueOf(freePort())), log);
		if (!this.programs.awaitReady(process, () -> said(log), "PostgreSQL", log)) {
			throw new JobFailure("PostgreSQL ended before it was ready; its log: " + log);
		}
		return settings();
	}

	private boolean said(Path log) throws IOException {
		try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
			lines.filter((line) -> line.startsWith(READY))
				.findFirst()
				.ifPresent((line) -> this.url = line.substring(READY.length()));
		}
		return this.url != null;
	}

	Map<String, String> settings() {
		if (this.url == null) {
			throw new IllegalStateException("not ready");
		}
		return Map.of("CENTRAL_STORE_TYPE", "postgres", "SPRING_DATASOURCE_URL", this.url);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
