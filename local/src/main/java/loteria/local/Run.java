package loteria.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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
		catch (JobFailure ex) {
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

	private static int run(Path root, Screen.Terminal terminal) throws IOException, InterruptedException, JobFailure {
		Map<String, String> environment = System.getenv();
		Wanted wanted = Wanted.of(environment, root);
		Path target = Files.createDirectories(root.resolve("target"));
		// locked until the end, whichever that is
		try (FileChannel _ = lock(target.resolve("run.lock"))) {
			List<Ports> ports = new ArrayList<>();
			for (int central = 1; central <= wanted.centrals(); central++) {
				ports.add(Ports.of(environment, central));
				ports.getLast().refuseIfTaken();
			}
			Path directory = target.resolve("run");
			remove(directory);
			Files.createDirectories(directory.resolve("store"));
			Programs programs = new Programs(target.resolve("programs"), false, environment, directory);
			SharedPostgres database = (wanted.centrals() > 1)
					? new SharedPostgres(root.resolve("database").resolve("target"), programs) : null;
			return new Job(wanted, ports, programs, database).run(terminal);
		}
	}

	/** With all that is in it; links are removed, not followed. */
	static void remove(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	/**
	 * Makes sure that no other job uses the directory, which each begins by clearing it.
	 * @param file tells other jobs which process has it
	 */
	static FileChannel lock(Path file) throws IOException, JobFailure {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() == null) {
				throw new OverlappingFileLockException();
			}
			byte[] process = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
			channel.truncate(0).write(ByteBuffer.wrap(process));
			return channel;
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw new JobFailure("another make run is at work here (process " + Files.readString(file).strip()
					+ "); wait for its end, or stop it");
		}
	}

}
