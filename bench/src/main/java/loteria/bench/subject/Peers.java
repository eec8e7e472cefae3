package loteria.bench.subject;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The other programs of this machine that do what the central does.
 */
public final class Peers {

	private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

	private static final Path BINARIES = Path.of("bin");

	private Peers() {
	}

	public static Optional<Redis> redis() {
		return onPath("redis-server").map(Redis::new);
	}

	/** Debian's newest, or that of the PATH. */
	public static Optional<Postgres> postgres(String name) throws IOException {
		List<Path> directories = new ArrayList<>();
		if (Files.isDirectory(DEBIAN)) {
			try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
				versions.forEach((version) -> directories.add(version.resolve(BINARIES)));
			}
		}
		directories.sort(Comparator.reverseOrder());
		onPath("initdb").map(Path::getParent).ifPresent(directories::add);
		return directories.stream()
			.filter((directory) -> Files.isExecutable(directory.resolve("initdb"))
					&& Files.isExecutable(directory.resolve("postgres")))
			.findFirst()
			.map((directory) -> new Postgres(directory, name));
	}

	private static Optional<Path> onPath(String program) {
		for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
			Path path = Path.of(directory, program);
			if (Files.isExecutable(path)) {
				return Optional.of(path);
			}
		}
		return Optional.empty();
	}

}
