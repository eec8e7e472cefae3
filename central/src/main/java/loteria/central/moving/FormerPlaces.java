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
		List<Path> places = List.of(root.resolve(INI), root.resolve("app").resolve(INI));
		Path shared = root.resolve(SHARED);
		return (dialect.name().equals("packets") && Files.isDirectory(shared))
				? new FormerPlaces(places, shared.resolve(BETS), Optional.of(shared.resolve("store")))
				: new FormerPlaces(dialect.name().equals("tlv") ? places.reversed() : places, Path.of(BETS),
						Optional.empty());
	}

}
