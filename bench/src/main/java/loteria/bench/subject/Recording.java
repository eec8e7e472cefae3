package loteria.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording by the Java Flight Recorder of a process that runs.
 */
public final class Recording {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String NAME = "name=bench";

	private final Workplace workplace;

	private final long pid;

	private final Path directory;

	private Recording(Workplace workplace, long pid, Path directory) {
		this.workplace = workplace;
		this.pid = pid;
		this.directory = directory;
	}

	static Recording start(Workplace workplace, long pid, List<String> settings) throws IOException {
		Recording recording = new Recording(workplace, pid, workplace.directory("recording"));
		List<String> start = new ArrayList<>(List.of("JFR.start", NAME));
		start.addAll(settings);
		recording.command(start);
		return recording;
	}

	/** Ends it and returns its file, which lasts as long as the workplace. */
	public Path stop() throws IOException {
		Path file = this.directory.resolve("central.jfr");
		command(List.of("JFR.stop", NAME, "filename=" + file));
		return file;
	}

	private void command(List<String> arguments) throws IOException {
		Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
		if (!Files.isExecutable(jcmd)) {
			throw new NoSuchFileException(jcmd.toString(), null, "a profile needs a JDK, not a JRE");
		}
		List<String> command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(this.pid)));
		command.addAll(arguments);
		this.workplace.start(this.directory, command).awaitSuccess(LIMIT);
	}

}
