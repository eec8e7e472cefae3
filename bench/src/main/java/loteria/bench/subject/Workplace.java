package loteria.bench.subject;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The one directory in which everything is written that is measured, so that all of it is
 * on the same disk, and the processes that write there. Closing it, or ending this
 * process, ends them and removes what they wrote.
 */
public final class Workplace implements Closeable {

	private static final String LOCK = "lock";

	private static final String WORK = "work";

	private final Path work;

	private final FileChannel lock;

	private final Set<Child> children = ConcurrentHashMap.newKeySet();

	private boolean closed;

	private int directories;

	private Workplace(Path work, FileChannel lock) {
		this.work = work;
		this.lock = lock;
	}

	/**
	 * @param directory made if there is none
	 * @throws IOException if it can't be used, or another bench uses it
	 */
	public static Workplace open(Path directory) throws IOException {
		Path absolute = Files.createDirectories(directory).toRealPath();
		FileChannel lock = FileChannel.open(absolute.resolve(LOCK), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		if (!isLocked(lock)) {
			lock.close();
			throw new IOException("another bench runs in " + absolute + ": wait for its end");
		}
		Workplace workplace = new Workplace(absolute.resolve(WORK), lock);
		workplace.sweep();
		Runtime.getRuntime().addShutdownHook(new Thread(workplace::close, "workplace"));
		return workplace;
	}

	private static boolean isLocked(FileChannel lock) throws IOException {
		try {
			return lock.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			// held by this very process
			return false;
		}
	}

	/** A new directory. */
	public synchronized Path directory(String name) throws IOException {
		return Files.createDirectories(this.work.resolve(name + "-" + ++this.directories));
	}

	/**
	 * Starts a process that is gone at the latest when this is closed.
	 * @param directory where it runs and its output is kept
	 */
	public synchronized Child start(Path directory, List<String> command) throws IOException {
		if (this.closed) {
			throw new IOException("stopped");
		}
		Child child = Child.start(directory, command, this.children::remove);
		this.children.add(child);
		return child;
	}

	/** Whether all is being ended: what fails then, fails because of that. */
	public synchronized boolean isClosed() {
		return this.closed;
	}

	/** Ends all processes and removes what they wrote. */
	@Override
	public void close() {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
		}
		this.children.parallelStream().forEach(Child::end);
		try (this.lock) {
			sweep();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void sweep() throws IOException {
		remove(this.work);
	}

	/** Removes a directory and all that is in it. */
	public static void remove(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return;
		}
		try (Stream<Path> paths = Files.walk(directory)) {
			for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		}
	}

}
