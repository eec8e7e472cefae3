package loteria.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.process.FileProblem;
import loteria.process.StopSignals;

/**
 * What {@code make run} starts.
 */
public final class Run {

	static final int DONE = 0;

	static final int FAILED = 1;

	private static final int INTERRUPTED = 130;

	private static final int TERMINATED = 143;

	private Run() {
	}

	/**
	 * @param arguments the repository's root, and the size of the terminal,
	 * {@code <rows>x<columns>}, or nothing where there is none
	 */
	public static void main(String[] arguments) {
		Thread main = Thread.currentThread();
		AtomicInteger stopped = new AtomicInteger();
		StopSignals.onStop((signal) -> {
			stopped.set(signal.equals("SIGINT") ? INTERRUPTED : TERMINATED);
			main.interrupt();
		});
		int code;
		try {
			code = run(Path.of(arguments[0]), Screen.Terminal.of(arguments[1], System.getenv()));
		}
		catch (Refusal ex) {
			System.err.println("run: " + ex.getMessage());
			code = FAILED;
		}
		catch (IOException ex) {
			// an interrupted read or write is one, too
			if (stopped.get() == 0) {
				System.err.println("run: " + FileProblem.withFile(ex));
			}
			code = FAILED;
		}
		catch (InterruptedException ex) {
			code = stopped.get();
		}
		if (stopped.get() == INTERRUPTED) {
			System.err.println("\nrun: interrupted; everything was stopped");
		}
		System.exit((stopped.get() != 0) ? stopped.get() : code);
	}

	private static int run(Path root, Screen.Terminal terminal) throws IOException, InterruptedException, Refusal {
		Map<String, String> environment = System.getenv();
		Wanted wanted = Wanted.of(environment, root);
		List<Ports> ports = new ArrayList<>();
		for (int central = 1; central <= wanted.centrals(); central++) {
			ports.add(new Ports(environment, central));
			ports.getLast().refuseIfTaken();
		}
		Path directory = root.resolve("target").resolve("run");
		Directories.remove(directory);
		Files.createDirectories(directory.resolve("store"));
		Launch launch = new Launch(root.resolve("target").resolve("programs"), false, environment);
		Database database = (wanted.centrals() > 1)
				? new Database(root.resolve("database").resolve("target"), launch, directory) : null;
		return new Job(wanted, ports, launch, database, directory).run(terminal);
	}

}
