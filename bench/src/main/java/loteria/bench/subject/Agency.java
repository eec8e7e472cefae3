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
	 * @param jvm options of Java itself
	 */
	public static Agency start(Workplace workplace, Path jar, List<String> jvm, Path file, int port)
			throws IOException {
		List<String> command = new ArrayList<>(List.of(Central.java()));
		command.addAll(jvm);
		command.addAll(List.of("-jar", jar.toAbsolutePath().toString(), "--id=1", "--file=" + file,
				"--server.address=127.0.0.1:" + port));
		return new Agency(workplace.start(file.getParent(), command));
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
