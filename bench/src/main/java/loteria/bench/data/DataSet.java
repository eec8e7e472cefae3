package loteria.bench.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A directory of {@code agency-<n>.csv}. Whatever makes a set leaves exactly that set: a
 * file of an earlier, larger one would become an agency of this one.
 */
final class DataSet {

	private static final Pattern FILE_NAME = Pattern.compile("agency-[1-9]\\d*\\.csv");

	private final Path directory;

	DataSet(Path directory) {
		this.directory = directory;
	}

	/**
	 * Invents a set.
	 * @param bets how many bets each agency has; begun again where there are more
	 * agencies
	 */
	List<Path> generate(int agencies, List<Integer> bets, long seed) throws IOException {
		Files.createDirectories(this.directory);
		Population population = new Population(seed, agencies);
		List<Path> files = new ArrayList<>();
		for (int agency = 1; agency <= agencies; agency++) {
			Path file = this.directory.resolve("agency-" + agency + ".csv");
			write(file, population.queueAt(agency), bets.get((agency - 1) % bets.size()));
			files.add(file);
		}
		removeAllBut(files);
		return files;
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
		List<Path> files = new ArrayList<>();
		try (InputStream bytes = Files.newInputStream(archive); ZipInputStream zip = new ZipInputStream(bytes)) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				// the name without its folder: an entry cannot say where outside it wants
				// to be written
				String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
				if (FILE_NAME.matcher(name).matches()) {
					Path file = this.directory.resolve(name);
					Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
					files.add(file);
				}
			}
		}
		if (files.isEmpty()) {
			throw new IOException("%s holds no agency-<n>.csv; take it away to have bets invented".formatted(archive));
		}
		removeAllBut(files);
		return files;
	}

	private void removeAllBut(List<Path> files) throws IOException {
		try (DirectoryStream<Path> present = Files.newDirectoryStream(this.directory,
				(path) -> FILE_NAME.matcher(path.getFileName().toString()).matches() && !files.contains(path))) {
			for (Path stale : present) {
				Files.delete(stale);
			}
		}
	}

}
