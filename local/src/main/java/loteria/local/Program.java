package loteria.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One of the two programs as a process.
 */
final class Program {

	private final Process process;

	private Program(Process process) {
		this.process = process;
	}

	/**
	 * @param directory where it runs, so that nothing of the caller's directory is taken
	 * for its configuration
	 */
	static Program start(List<String> command, Map<String, String> environment, Path directory,
			ProcessBuilder.Redirect output) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output);
		builder.environment().clear();
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		return new Program(process);
	}

	Process process() {
		return this.process;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** SIGTERM. */
	void terminate() {
		this.process.destroy();
	}

	/** Whether it has ended by itself before the limit. */
	boolean ends(Duration limit) throws InterruptedException {
		return this.process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
	}

	int exitCode() {
		return this.process.exitValue();
	}

	/** Ends it whatever it is doing; also when this thread was interrupted. */
	static void stopAll(List<Program> programs, Duration limit) {
		programs.forEach(Program::terminate);
		boolean interrupted = Thread.interrupted();
		for (Program program : programs) {
			try {
				if (!program.ends(limit)) {
					program.process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				interrupted = true;
				program.process.destroyForcibly();
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
