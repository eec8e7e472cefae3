package loteria.agency.moving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where one of the five systems has the file of an agency.
 *
 * @param path from the root, {@code <id>} being the agency
 */
record Place(String dialect, String path) {

	private static final List<Place> ALL = List.of(new Place("fixed", "data/agency-<id>.csv"),
			new Place("packets", "data/agency-<id>.csv"), new Place("csv", ".data/agency-<id>.csv"),
			new Place("tlv", "app/data/agency-<id>.csv"), new Place("lines", "data/agency.csv"));

	/**
	 * The first where there is a file; that of {@code dialect} before all others.
	 */
	static Optional<Place> first(Path root, String id, Optional<String> dialect) {
		return all(dialect).filter((place) -> Files.isRegularFile(place.of(root, id))).findFirst();
	}

	private static Stream<Place> all(Optional<String> dialect) {
		return ALL.stream().sorted(Comparator.comparing((place) -> !dialect.equals(Optional.of(place.dialect))));
	}

	Path of(Path root, String id) {
		return root.resolve(this.path.replace("<id>", id));
	}

	/** Whether no other system has its files there. */
	boolean isOfOne() {
		return ALL.stream().filter((place) -> place.path.equals(this.path)).count() == 1;
	}

}
