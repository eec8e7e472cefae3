package loteria.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.bet.Bet;
import loteria.bet.BetRules;

/**
 * The bets that are sent: those of {@code agency-<n>.csv}, and their rows over and over
 * where more are needed than there are.
 */
public final class Bets {

	private static final String FIELD_SEPARATOR = ",";

	private static final int FIELDS = 5;

	private final BetRules rules = new BetRules(Clock.systemUTC());

	private final List<List<String[]>> agencies = new ArrayList<>();

	/**
	 * Reads {@code agency-1.csv}, {@code agency-2.csv} and so on, as many as there are.
	 */
	public Bets(Path directory) throws IOException {
		for (Path file = file(directory); Files.exists(file); file = file(directory)) {
			this.agencies.add(read(file));
		}
		if (this.agencies.isEmpty()) {
			throw new NoSuchFileException(file(directory).toString(), null, "no bets to send: make data writes some");
		}
	}

	private Path file(Path directory) {
		return directory.resolve("agency-" + (this.agencies.size() + 1) + ".csv");
	}

	private static List<String[]> read(Path file) throws IOException {
		List<String[]> rows = new ArrayList<>();
		for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
			String[] fields = line.split(FIELD_SEPARATOR, -1);
			if (fields.length != FIELDS) {
				throw new IOException(String.format(Locale.ROOT, "%s, line %d: %d fields instead of %d", file,
						rows.size() + 1, fields.length, FIELDS));
			}
			rows.add(fields);
		}
		if (rows.isEmpty()) {
			throw new IOException(file + " has no bets");
		}
		return rows;
	}

	/** How many agencies have a file. */
	public int agencies() {
		return this.agencies.size();
	}

	/** The rows of the file of {@code agency}. */
	public List<String> rows(int agency) {
		return this.agencies.get(agency - 1).stream().map((fields) -> String.join(FIELD_SEPARATOR, fields)).toList();
	}

	/** All bets of the file of {@code agency}. */
	public List<Bet> of(int agency) throws IOException {
		return batch(agency, agency, 0, this.agencies.get(agency - 1).size());
	}

	/**
	 * A batch of any agency, even one without a file.
	 * @param index of the batch; another one has other bets as long as there are any
	 */
	public List<Bet> batch(int agency, int index, int bets) throws IOException {
		return batch(agency, 1 + (agency - 1) % this.agencies.size(), (long) index * bets, bets);
	}

	private List<Bet> batch(int agency, int source, long first, int count) throws IOException {
		List<String[]> rows = this.agencies.get(source - 1);
		List<Bet> bets = new ArrayList<>(count);
		for (long i = first; i < first + count; i++) {
			String[] row = rows.get((int) (i % rows.size()));
			if (!(this.rules.check(agency, row[0], row[1], row[2], row[3], row[4]) instanceof Bet bet)) {
				throw new IOException("agency-" + source + ".csv, line " + (i % rows.size() + 1) + ": no bet");
			}
			bets.add(bet);
		}
		return bets;
	}

}
