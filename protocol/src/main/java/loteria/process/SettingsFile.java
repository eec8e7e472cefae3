package loteria.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Files that tell a program how to work: settings, certificates, keys. They are small and
 * end; a pipe would be waited for, and a device read until the memory is full.
 */
public final class SettingsFile {

	private static final int MAX_BYTES = 1024 * 1024;

	/** What is wrong with a number that {@linkplain #isMisread is misread}. */
	public static final String MISREAD = "YAML reads this as another number: write its decimal digits, or put it in quotes";

	/** What is wrong with an alias of YAML: a few of them make a text without end. */
	public static final String ALIAS = "aliases are not resolved here: write what it stands for";

	private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");

	private SettingsFile() {
	}

	/** Whether there is such a file, or a link of that name, wherever it leads. */
	public static boolean exists(Path path) {
		return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * @throws FileSystemException with the reason in words, where it is none
	 */
	public static byte[] read(Path path) throws IOException {
		if (Files.notExists(path) && Files.isSymbolicLink(path)) {
			throw new FileSystemException(path.toString(), null,
					"it is a link to " + Files.readSymbolicLink(path) + ", which is not there");
		}
		if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
			throw new FileSystemException(path.toString(), null, "it is a pipe or a device, and no regular file");
		}
		try (InputStream in = Files.newInputStream(path)) {
			byte[] bytes = in.readNBytes(MAX_BYTES + 1);
			if (bytes.length > MAX_BYTES) {
				throw new FileSystemException(path.toString(), null, "it has more than 1 MB");
			}
			return bytes;
		}
	}

	/**
	 * Whether a number of YAML 1.1 is another one than it shows: 010 is 8 there, 1:40 is
	 * 100, and 1.10 is 1.1.
	 * @param scalar what YAML takes for a number
	 */
	public static boolean isMisread(String scalar) {
		if (INTEGER.matcher(scalar).matches()) {
			return false;
		}
		try {
			return !Double.toString(Double.parseDouble(scalar)).equals(scalar);
		}
		catch (NumberFormatException ex) {
			return true;
		}
	}

}
