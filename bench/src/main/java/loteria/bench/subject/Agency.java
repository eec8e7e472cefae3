package loteria.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The agency program. Closing it ends it.
 */
public final class Agency implements AutoCloseable {

	private final Child child;

	private Agency(Child child) {
		this.child = child;
	}

	/**
	 * @param options of Java, the jar among them
	 */
	public static Agency start(Workplace workplace, List<String> options, Path file, int port) throws IOException {
		List<String> command = new ArrayList<>(List.of(Central.java()));
		command.addAll(options);
		command.addAll(List.of("--id=1", "--file=" + file, "--server.address=127.0.0.1:" + port));
		return new Agency(workplace.start(file.toAbsolutePath().resolveSibling(""), command));
	}

	/** As {@link System#nanoTime()}. */
	public long startedAt() {
		return this.child.startedAt();
	}

	@Override
	public void close() {
		this.child.end();
	}

}
