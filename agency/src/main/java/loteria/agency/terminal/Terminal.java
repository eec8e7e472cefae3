package loteria.agency.terminal;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether anybody looks at standard error. {@link Console} can't tell: it is about
 * standard input and output.
 */
public final class Terminal {

	private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

	/** To the first column, then erase up to the end of the line. */
	private static final String ERASE_LINE = "\r\u001B[K";

	private Terminal() {
	}

	/**
	 * Asks the shell's own test, which inherits the stream in question; but where the
	 * system shows it to be a file or a pipe, without starting a process.
	 */
	public static boolean hasErrors() {
		try {
			if (Files.isSymbolicLink(STANDARD_ERROR) && !Files.readSymbolicLink(STANDARD_ERROR).startsWith("/dev")) {
				return false;
			}
			return new ProcessBuilder("test", "-t", "2").redirectError(Redirect.INHERIT).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * What a line of the log begins with so that it does not run into the progress bar:
	 * nothing, unless both go to the same terminal.
	 */
	public static String logPrefix() {
		Console console = System.console();
		return (console != null && console.isTerminal() && hasErrors()) ? ERASE_LINE : "";
	}

}
