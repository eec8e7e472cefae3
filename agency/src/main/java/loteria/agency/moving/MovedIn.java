package loteria.agency.moving;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import loteria.agency.ending.Failure;
import loteria.agency.settings.ConfigFile;
import loteria.agency.settings.Interpreter;
import loteria.bet.InvalidBet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands what the five systems' agencies understand.
 */
public final class MovedIn implements Interpreter {

	private static final Logger log = LoggerFactory.getLogger(MovedIn.class);

	private static final String COMMON = "config.yaml";

	private static final String TLV = "app/config/config.yaml";

	private final Path here;

	private final Path root;

	/**
	 * @param here where our own file is looked for
	 * @param root where theirs are
	 */
	public MovedIn(Path here, Path root) {
		this.here = here;
		this.root = root;
	}

	@Override
	public Interpretation interpret(ConfigFile ours, Map<String, ?> variables) throws Failure {
		ConfigFile file = ours.exists() ? ours
				: Stream.of(COMMON, TLV)
					.map((place) -> new ConfigFile(this.root.resolve(place)))
					.filter(ConfigFile::exists)
					.findFirst()
					.orElse(ours);
		if (file != ours) {
			log.info("action: config | result: in_progress | file: {} | reason: there is no {}", file.path(),
					InvalidBet.printable(ours.path().toString()));
		}
		Moving moving = new Moving(this.here, this.root, variables, file.read());
		if (file.path().equals(this.root.resolve(TLV))) {
			moving.isSign("tlv", file.path().toString());
		}
		return moving;
	}

}
