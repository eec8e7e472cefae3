package loteria.agency.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether anybody looks at what this program writes. {@link java.io.Console} can't tell:
 * it is about standard input and output together.
 */
public final class Terminal {

	private static final int OUTPUT = 1;

	private static final int ERRORS = 2;

	private Terminal() {
	}

	/**
	 * A bar on standard error, if that is a terminal. Where the log goes there too, its
	 * lines come above the bar from now on.
	 * @param size of the file in bytes
	 */
	public static ProgressDisplay display(int agency, long size) {
		if (!isTerminal(ERRORS) || "dumb".equals(System.getenv("TERM"))) {
			return ProgressDisplay.NONE;
		}
		BottomLine line = new BottomLine(System.err);
		if (isTerminal(OUTPUT)) {
			System.setOut(new PrintStream(line.above(System.out), true, StandardCharsets.UTF_8));
		}
		return new TerminalBar(agency, size, line);
	}

	/**
	 * Asks the shell's own test, which inherits the stream in question; but where the
	 * system shows it to be a file or a pipe, without starting a process.
	 */
	private static boolean isTerminal(int stream) {
		Path opened = Path.of("/proc/self/fd/" + stream);
		try {
			if (Files.isSymbolicLink(opened) && !Files.readSymbolicLink(opened).startsWith("/dev")) {
				return false;
			}
			ProcessBuilder test = new ProcessBuilder("test", "-t", String.valueOf(stream));
			test.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
			return test.start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
