package loteria.system;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import loteria.torture.Torture;

/**
 * What the store lacks of the input, and has too much.
 *
 * @param ordered whether the rows of each agency are in the order of its file
 */
record Outcome(long lost, long twice, boolean ordered) {

	static final Outcome NOTHING_WRONG = new Outcome(0, 0, true);

	static Outcome of(Data data, Lottery lottery) throws IOException {
		return of(data, lottery.rows());
	}

	/**
	 * @param rows of all agencies, as in bets.csv
	 */
	static Outcome of(Data data, List<String> rows) {
		Map<String, List<String>> byAgency = rows.stream()
			.collect(Collectors.groupingBy((row) -> row.substring(0, row.indexOf(','))));
		Outcome sum = NOTHING_WRONG;
		for (int agency = 1; agency <= data.agencies(); agency++) {
			sum = sum.plus(compare(data.rows(agency), byAgency.getOrDefault("" + agency, List.of())));
		}
		return sum;
	}

	private static Outcome compare(List<String> sent, List<String> stored) {
		Map<String, Integer> balance = new HashMap<>();
		sent.forEach((row) -> balance.merge(row, 1, Integer::sum));
		stored.forEach((row) -> balance.merge(row, -1, Integer::sum));
		long lost = balance.values().stream().mapToLong((count) -> Math.max(0, count)).sum();
		long twice = balance.values().stream().mapToLong((count) -> Math.max(0, -count)).sum();
		return new Outcome(lost, twice, sent.equals(stored));
	}

	Outcome plus(Outcome other) {
		return new Outcome(this.lost + other.lost, this.twice + other.twice, this.ordered && other.ordered);
	}

	/** Adds a line to the table of faults. */
	void report(String fault, int runs, String remark) {
		Torture.report(fault, runs, this.lost, this.twice, remark);
	}

}
