package loteria.central.store.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import com.sun.security.auth.module.UnixSystem;
import org.jspecify.annotations.Nullable;

/**
 * Whose the files of a store are, and who may read them: only the user that runs the
 * central. They are full of names and documents. On systems that know of no users and
 * modes, nothing is asked and nothing is set.
 */
public final class Owner {

	private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.OTHERS_READ,
			PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

	private static final Set<PosixFilePermission> WRITERS = EnumSet.of(PosixFilePermission.OTHERS_WRITE,
			PosixFilePermission.GROUP_WRITE);

	private static final FileAttribute<?>[] NONE = {};

	private Owner() {
	}

	private static boolean isKnown(Path path, String view) {
		return path.getFileSystem().supportedFileAttributeViews().contains(view);
	}

	/** What a file or a directory is to be created with. */
	public static FileAttribute<?>[] only(Path path, String permissions) {
		return isKnown(path, "posix") ? new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) } : NONE;
	}

	/**
	 * Refuses a file that another user than this one, or the system's own, has put there.
	 */
	static void requireOwn(Path file) throws IOException {
		if (Files.isSymbolicLink(file)) {
			throw new FileSystemException(file.toString(), null,
					"it is a link, and a store has none: put the file itself in its place");
		}
		if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			requireOwner(file, LinkOption.NOFOLLOW_LINKS);
		}
	}

	/** Refuses the same of a directory; a link to one must be this user's too. */
	static void requireOwnDirectory(Path directory) throws IOException {
		requireOwner(directory, LinkOption.NOFOLLOW_LINKS);
		requireOwner(directory);
	}

	private static void requireOwner(Path path, LinkOption... options) throws IOException {
		if (!isKnown(path, "unix")) {
			return;
		}
		int owner = (int) Files.getAttribute(path, "unix:uid", options);
		long user = new UnixSystem().getUid();
		if (owner != user && owner != 0) {
			throw new FileSystemException(path.toString(), null, String.format(Locale.ROOT,
					"it belongs to user %d, this program runs as user %d; make it its own (chown), or run as that user",
					owner, user));
		}
	}

	/**
	 * What follows "permission denied", if that is the problem with a store's directory.
	 */
	public static String advice(Path directory, IOException problem) {
		if (!(problem instanceof AccessDeniedException) || !isKnown(directory, "unix")) {
			return "";
		}
		long user = new UnixSystem().getUid();
		Path there = directory.toAbsolutePath();
		while (there.getParent() != null && !Files.exists(there)) {
			there = there.getParent();
		}
		String command = Files.exists(directory) ? "chown -R " + user + " " + directory : Files.isExecutable(there)
				? "mkdir -p " + directory + " && chown -R " + user + " " + directory : "chown " + user + " " + there;
		return String.format(Locale.ROOT, " to user %d, which runs this program; give it to that user: %s", user,
				command);
	}

	/** Takes away what all users of the machine may do with a file; its group stays. */
	static void hideFromOthers(Path file) throws IOException {
		if (!isKnown(file, "posix")) {
			return;
		}
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
		if (permissions.removeAll(OTHERS)) {
			Files.setPosixFilePermissions(file, permissions);
		}
	}

	/**
	 * The permissions of a directory in which other users may replace files, else null.
	 */
	static @Nullable String writers(Path directory) throws IOException {
		if (!isKnown(directory, "posix")) {
			return null;
		}
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
		return permissions.stream().anyMatch(WRITERS::contains) ? PosixFilePermissions.toString(permissions) : null;
	}

}
