package loteria.central.moving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import loteria.protocol.Dialect;

/**
 * Where the central of a system has its files.
 *
 * @param configIni the first that is there counts
 * @param store where this central's store is to be, if that matters: several centrals
 * that share a volume must find the same one, so that one of them works and the others
 * are refused
 */
record FormerPlaces(List<Path> configIni, Path bets, Optional<Path> store) {

	private static final String INI = "config.ini";

	private static final String BETS = "bets.csv";

	private static final String SHARED = "shared-volume";

	static FormerPlaces of(Dialect dialect, Path root) {
		Path app = root.resolve("app");
		List<Path> places = List.of(root.resolve(INI), app.resolve(INI));
		Path shared = root.resolve(SHARED);
		if (dialect.name().equals("packets") && Files.isDirectory(shared)) {
			return new FormerPlaces(places, shared.resolve(BETS), Optional.of(shared.resolve("store")));
		}
		boolean inApp = dialect.name().equals("tlv");
		return new FormerPlaces(inApp ? places.reversed() : places, bets((inApp ? app : root).resolve(BETS)),
				Optional.empty());
	}

	/** In a container theirs was there, for which ours has made it; else where it ran. */
	private static Path bets(Path theirs) {
		return Files.isRegularFile(theirs) && Files.isWritable(theirs) ? theirs : Path.of(BETS);
	}

}
