package loteria.local.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import loteria.bytes.Sha256;

/**
 * Which files of a directory were made here, by their hashes: what is not written down is
 * the user's own, and so is what was changed since. The lines are those of
 * {@code sha256sum}, which can check them.
 *
 * @param file beside those that it names
 */
record Manifest(Path file, Set<String> lines) {

	static final String NAME = "made.sha256";

	static Manifest of(Path directory) throws IOException {
		Path file = directory.resolve(NAME);
		try {
			return new Manifest(file, new TreeSet<>(Files.readAllLines(file, StandardCharsets.UTF_8)));
		}
		catch (NoSuchFileException ex) {
			return new Manifest(file, new TreeSet<>());
		}
	}

	/** A link is never made here, whatever it leads to. */
	boolean made(Path present) throws IOException {
		return Files.isRegularFile(present, LinkOption.NOFOLLOW_LINKS) && this.lines.contains(line(present));
	}

	/** Adds files that are about to get their names. */
	void add(List<Path> files) throws IOException {
		this.lines.addAll(lines(files));
		write();
	}

	/** Forgets all but these. */
	void keepOnly(List<Path> files) throws IOException {
		this.lines.retainAll(lines(files));
		write();
	}

	private void write() throws IOException {
		Files.write(this.file, this.lines, StandardCharsets.UTF_8);
	}

	private static List<String> lines(List<Path> files) throws IOException {
		List<String> lines = new ArrayList<>();
		for (Path file : files) {
			lines.add(line(file));
		}
		return lines;
	}

	private static String line(Path file) throws IOException {
		MessageDigest digest = Sha256.digest();
		try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
			bytes.transferTo(OutputStream.nullOutputStream());
		}
		return Sha256.hex(digest) + "  " + file.getFileName();
	}

}
