package loteria.bench.section;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import loteria.bench.load.Shape;
import loteria.bench.report.Chart;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;

/**
 * How cost grows with one thing while all others stay as they are.
 */
public enum GrowthSection implements Section {

	/** With the number of connections, each of which waits for every answer. */
	CONNECTIONS("connections", List.of(1, 5, 50, 500, 5_000)) {
		@Override
		Shape shape(Setup setup, int value) {
			return setup.shape(Math.min(value, setup.scale().connections()), BATCH, 1);
		}
	},

	/** With the size of a batch. */
	BATCH_SIZE("bets a batch", List.of(1, 3, 10, 30, 100, 300, 1_000)) {
		@Override
		Shape shape(Setup setup, int value) {
			return setup.shape(Setup.AGENCIES, value, WINDOW);
		}
	};

	private static final int BATCH = 100;

	private static final int WINDOW = 16;

	private final String what;

	private final List<Integer> values;

	GrowthSection(String what, List<Integer> values) {
		this.what = what;
		this.values = values;
	}

	abstract Shape shape(Setup setup, int value);

	@Override
	public Report run(Setup setup) throws IOException {
		Table table = Columns.table("`lines`, " + this.what, "");
		Map<String, Map<Double, Double>> speed = new LinkedHashMap<>();
		Map<String, Map<Double, Double>> delay = new LinkedHashMap<>();
		List<Run> runs = new ArrayList<>();
		for (int value : this.values) {
			List<Contender> contenders = new ArrayList<>();
			for (Central central : setup.centrals()) {
				contenders.add(new Contender(String.format(Locale.ROOT, "%s, %,d", central.name(), value), central,
						shape(setup, value), 0));
			}
			Rounds rounds = Rounds.of(setup, contenders);
			for (Contender contender : contenders) {
				String name = contender.subject().name();
				speed.computeIfAbsent(name, (key) -> new TreeMap<>())
					.put((double) value, rounds.betsPerSecond(contender.name()));
				delay.computeIfAbsent(name, (key) -> new TreeMap<>())
					.put((double) value, rounds.median(contender.name(), Run::p99Millis));
				Columns.row(table, rounds, contender.name());
			}
			runs.addAll(rounds.runs());
		}
		String file = this.what.replace(' ', '-');
		return new Report(List.of(table), List.of(),
				Map.of(file + ".svg", new Chart("Speed by " + this.what, this.what, "bets/s", speed).draw(),
						file + "-p99.svg", new Chart("p99 by " + this.what, this.what, "ms", delay).draw()),
				runs);
	}

}
