package loteria.bench.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import loteria.bench.report.Figures;
import loteria.bench.report.Table;

/**
 * The table that most measurements end in: how fast, how long it took, what it cost.
 */
final class Columns {

	private static final List<String> COMMON = List.of("bets/s", "rounds", "p50 ms", "p99 ms", "p99.9 ms", "max ms",
			"CPU s / 10⁶ bets", "peak MB");

	private Columns() {
	}

	/**
	 * @param more columns behind the name
	 */
	static Table table(String title, String first, String... more) {
		List<String> columns = new ArrayList<>(List.of(first));
		columns.addAll(Arrays.asList(more));
		columns.addAll(COMMON);
		return new Table(title, columns, new ArrayList<>());
	}

	static void row(Table table, Rounds rounds, String contender, String... more) {
		List<String> cells = new ArrayList<>(List.of(contender));
		cells.addAll(Arrays.asList(more));
		cells.add(Figures.number(rounds.betsPerSecond(contender)));
		cells.add(rounds.range(contender));
		cells.add(Figures.number(rounds.median(contender, Run::p50Millis)));
		cells.add(Figures.number(rounds.median(contender, Run::p99Millis)));
		cells.add(Figures.number(rounds.median(contender, Run::p999Millis)));
		cells.add(Figures.number(rounds.median(contender, Run::maxMillis)));
		cells.add(Figures.number(rounds.cpuPerMillion(contender)));
		cells.add(Figures.megabytes(rounds.median(contender, Run::peakBytes)));
		table.row(cells.toArray(String[]::new));
	}

}
