package loteria.local.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A directory of {@code agency-<n>.csv}. Whatever makes a set leaves exactly that set: a
 * file of an earlier, larger one would become an agency of this one. A file that was not
 * made here and is in the way stops it before anything is changed.
 *
 * @param force whether files that were not made here may be removed and overwritten
 * @param warnings told, before that happens, which files of a repository change
 */
record DataSet(Path directory, boolean force, Consumer<String> warnings) {

	private static final Pattern FILE_NAME = Pattern.compile("agency-[1-9][0-9]*\\.csv");

	private static final int NAMED = 5;

	/**
	 * Invents a set.
	 * @param bets how many bets each agency has; begun again where there are more
	 * agencies
	 */
	List<Path> generate(int agencies, List<Integer> bets, long seed) throws IOException {
		Files.createDirectories(this.directory);
		return make((workshop) -> {
			Population population = new Population(seed, agencies);
			for (int agency = 1; agency <= agencies; agency++) {
				Path file = workshop.resolve("agency-" + agency + ".csv");
				write(file, population.queueAt(agency), bets.get((agency - 1) % bets.size()));
			}
		});
	}

	private static void write(Path file, Population.Queue queue, int bets) throws IOException {
		try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
			StringBuilder row = new StringBuilder();
			for (int i = 0; i < bets; i++) {
				row.setLength(0);
				queue.appendNext(row);
				writer.append(row);
			}
		}
	}

	/**
	 * Unpacks every {@code agency-<n>.csv} of an archive, from whatever folder it is in
	 * there.
	 */
	List<Path> unpack(Path archive) throws IOException {
		return make((workshop) -> {
			try (InputStream bytes = Files.newInputStream(archive); ZipInputStream zip = new ZipInputStream(bytes)) {
				for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
					// the name without its folder: an entry cannot say where outside it
					// wants to be written
					String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
					if (!FILE_NAME.matcher(name).matches()) {
						continue;
					}
					if (Files.exists(workshop.resolve(name))) {
						throw new IOException(archive + " holds more than one " + name + "; leave one of them in it");
					}
					Files.copy(zip, workshop.resolve(name));
				}
			}
			if (present(workshop).isEmpty()) {
				throw new IOException(archive + " holds no agency-<n>.csv; take it away to have bets invented");
			}
		});
	}

	/** Makes the files beside the present ones, and swaps them when all are there. */
	private List<Path> make(Maker maker) throws IOException {
		Manifest manifest = Manifest.of(this.directory);
		List<Path> before = present(this.directory);
		refuseIfSomebodys(before, manifest);
		Path workshop = Files.createTempDirectory(this.directory, ".making-");
		try {
			maker.makeIn(workshop);
			List<Path> made = present(workshop);
			warnOfTracked(before, workshop);
			// known before they are there: where this is ended in the middle, it takes
			// none
			// of them for the user's own when it is run again
			manifest.add(made);
			List<Path> files = new ArrayList<>();
			for (Path file : made) {
				Path place = this.directory.resolve(file.getFileName());
				Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
				files.add(place);
			}
			before.removeAll(files);
			for (Path stale : before) {
				Files.delete(stale);
			}
			manifest.keepOnly(files);
			return files;
		}
		finally {
			for (Path unfinished : present(workshop)) {
				Files.delete(unfinished);
			}
			Files.delete(workshop);
		}
	}

	private void refuseIfSomebodys(List<Path> before, Manifest manifest) throws IOException {
		if (this.force) {
			return;
		}
		List<Path> theirs = new ArrayList<>();
		for (Path file : before) {
			if (!manifest.made(file)) {
				theirs.add(file);
			}
		}
		if (!theirs.isEmpty()) {
			throw new IOException(named(theirs)
					+ ": not made by this command, or changed since. Nothing was written or removed."
					+ " Move them away (make run DATA=<directory> takes bets from anywhere), or lose them with FORCE=1 (--force)");
		}
	}

	/** A commit that takes other bets with it is a surprise to its author. */
	private void warnOfTracked(List<Path> before, Path workshop) throws IOException {
		Set<String> tracked = tracked();
		List<Path> changing = new ArrayList<>();
		for (Path file : before) {
			Path next = workshop.resolve(file.getFileName());
			if (tracked.contains(file.getFileName().toString())
					&& (Files.notExists(next) || Files.mismatch(file, next) >= 0)) {
				changing.add(file);
			}
		}
		if (!changing.isEmpty()) {
			this.warnings.accept("git tracks " + named(changing) + ", which change now; git checkout -- "
					+ this.directory + " brings them back");
		}
	}

	/** Names of the directory's files; none where there is no git, or no repository. */
	private Set<String> tracked() throws IOException {
		ProcessBuilder git = new ProcessBuilder("git", "ls-files", "-z").directory(this.directory.toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		try (InputStream names = git.start().getInputStream()) {
			return new HashSet<>(List.of(new String(names.readAllBytes(), StandardCharsets.UTF_8).split("\0")));
		}
		catch (IOException ex) {
			return Set.of();
		}
	}

	private static String named(List<Path> files) {
		return files.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", "))
				+ ((files.size() > NAMED) ? " and more" : "");
	}

	private static List<Path> present(Path directory) throws IOException {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory,
				(path) -> FILE_NAME.matcher(path.getFileName().toString()).matches())) {
			entries.forEach(files::add);
		}
		// by number, of whatever size
		files.sort(Comparator.comparingInt((Path file) -> file.toString().length()).thenComparing(Path::toString));
		return files;
	}

	@FunctionalInterface
	private interface Maker {

		void makeIn(Path workshop) throws IOException;

	}

}
