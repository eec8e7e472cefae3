package loteria.bench.subject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process of the bench's own, with what it said in a file.
 */
public final class Child {

	private static final int LINES_SHOWN = 5;

	private static final Duration ORDERLY_WITHIN = Duration.ofSeconds(10);

	private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

	private final String name;

	private final Process process;

	private final Path log;

	private final long startedAt = System.nanoTime();

	private Child(String name, Process process, Path log) {
		this.name = name;
		this.process = process;
		this.log = log;
	}

	static Child start(Path directory, List<String> command, Consumer<Child> whenGone) throws IOException {
		Path log = directory.resolve("log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		// what is measured does not depend on the shell that measures
		builder.environment()
			.keySet()
			.removeIf((key) -> key.startsWith("CENTRAL_") || key.startsWith("CLI_") || key.startsWith("PG")
					|| key.equals("SERVER_PORT") || key.equals("LOGGING_LEVEL"));
		Child child = new Child(directory.getFileName().toString(), builder.start(), log);
		child.process.onExit().thenRun(() -> whenGone.accept(child));
		return child;
	}

	long pid() {
		return this.process.pid();
	}

	/** When it was started, as {@link System#nanoTime()}. */
	public long startedAt() {
		return this.startedAt;
	}

	ProcessHandle handle() {
		return this.process.toHandle();
	}

	/**
	 * @throws IOException with the last that it said, if it has ended
	 */
	void requireAlive() throws IOException {
		if (!this.process.isAlive()) {
			throw failed("ended with exit code " + this.process.exitValue());
		}
	}

	private IOException failed(String what) {
		String said;
		try {
			List<String> lines = Files.readAllLines(this.log, StandardCharsets.UTF_8);
			said = String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
		}
		catch (IOException ex) {
			said = "nothing that can be read: " + ex.getMessage();
		}
		return new IOException(String.format(Locale.ROOT, "%s %s; it said: %s", this.name, what, said));
	}

	/** Waits for its end, which must be a good one. */
	void awaitSuccess(Duration limit) throws IOException {
		if (!awaitEnd(limit)) {
			end();
			throw failed("still runs after " + limit.toSeconds() + " s");
		}
		if (this.process.exitValue() != 0) {
			throw failed("ended with exit code " + this.process.exitValue());
		}
	}

	/**
	 * SIGTERM; it must end with 0.
	 */
	void stop(Duration limit) throws IOException {
		this.process.destroy();
		awaitSuccess(limit);
	}

	private boolean awaitEnd(Duration limit) throws IOException {
		try {
			return this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	/**
	 * Ends it and all it started, in order if it takes no longer than a moment, else by
	 * force; returns when they are gone.
	 */
	void end() {
		List<ProcessHandle> all = this.process.descendants().toList();
		this.process.destroy();
		try {
			if (!awaitEnd(ORDERLY_WITHIN)) {
				this.process.destroyForcibly();
				awaitEnd(KILLED_WITHIN);
			}
			all.forEach(ProcessHandle::destroyForcibly);
			for (ProcessHandle one : all) {
				one.onExit().get(KILLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (Exception ex) {
			System.err.printf(Locale.ROOT, "bench: %s is not gone: %s%n", this.name, ex);
		}
	}

}
