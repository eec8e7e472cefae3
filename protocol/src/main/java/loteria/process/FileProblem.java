package loteria.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in words what the system's answer about a file means.
 */
public final class FileProblem {

	private FileProblem() {
	}

	/** With the name of the file, where the system says it. */
	public static String withFile(IOException cause) {
		return (cause instanceof FileSystemException system && system.getFile() != null)
				? system.getFile() + ": " + of(cause) : of(cause);
	}

	/**
	 * @return without the file's name, which the caller knows better
	 */
	public static String of(IOException cause) {
		return switch (cause) {
			case NoSuchFileException _ -> "there is no such file or directory";
			case AccessDeniedException _ -> "permission denied";
			case FileAlreadyExistsException _, NotDirectoryException _ -> "there is a file of that name";
			case FileSystemException system when system.getReason() != null -> system.getReason();
			default -> String.valueOf(cause.getMessage());
		};
	}

}
