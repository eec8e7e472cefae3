package loteria.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of bets, {@code agency-<n>.csv}, and what a central makes of them.
 *
 * @param agencies 1 to this many have a file
 */
record Data(Path directory, int agencies) {

	private static final String WINNER = ",7574";

	/** The course's data where it is found, else the generated set. */
	static Data real() {
		Path course = Path
			.of(System.getProperty("dataset", Program.repository().resolveSibling("shared/dataset") + ""));
		return new Data(Files.isDirectory(course) ? course : generated().directory(), 5);
	}

	/** The small set that comes with the project. */
	static Data generated() {
		return new Data(Program.repository().resolve(".data"), 5);
	}

	/**
	 * The first rows of other data, for what must be quick.
	 * @param target where to put them
	 */
	static Data first(int rows, Data of, int agencies, Path target) {
		try {
			Files.createDirectories(target);
			for (int agency = 1; agency <= agencies; agency++) {
				List<String> lines = of.lines(1 + (agency - 1) % of.agencies());
				int most = Math.min(rows, lines.size());
				Files.write(target.resolve("agency-" + agency + ".csv"), lines.subList(0, most));
			}
			return new Data(target, agencies);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path file(int agency) {
		return this.directory.resolve("agency-" + agency + ".csv");
	}

	List<String> lines(int agency) {
		try {
			return Files.readAllLines(file(agency), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The rows that bets.csv has of {@code agency}, in their order, line ends off. */
	List<String> rows(int agency) {
		return lines(agency).stream().map((line) -> agency + "," + line).toList();
	}

	/** All rows, agency by agency. */
	List<String> rows() {
		List<String> rows = new ArrayList<>();
		for (int agency = 1; agency <= this.agencies; agency++) {
			rows.addAll(rows(agency));
		}
		return rows;
	}

	/** How large bets.csv is when all are stored. */
	long bytes() {
		return rows().stream().mapToLong((row) -> row.getBytes(StandardCharsets.UTF_8).length + 2L).sum();
	}

	long winners(int agency) {
		return documents(agency).size();
	}

	/** Of the agency's winners, in their order. */
	List<String> documents(int agency) {
		return lines(agency).stream()
			.filter((line) -> line.endsWith(WINNER))
			.map((line) -> line.split(",")[2])
			.toList();
	}

}
