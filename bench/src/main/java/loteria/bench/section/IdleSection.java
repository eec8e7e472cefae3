package loteria.bench.section;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.bench.load.Shape;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;

/**
 * What connections cost that say nothing.
 */
public final class IdleSection implements Section {

	private static final int ACTIVE = 50;

	private static final int BATCH = 100;

	/** As much as a central should need. */
	private static final String SMALL_HEAP = "-Xmx128m";

	@Override
	public Report run(Setup setup) throws IOException {
		int idle = setup.scale().connections() - ACTIVE;
		Shape shape = setup.shape(ACTIVE, BATCH, 1);
		List<Central> centrals = new ArrayList<>();
		for (Central central : setup.centrals()) {
			centrals.add(central);
			centrals.add(central.with(SMALL_HEAP));
		}
		List<Contender> contenders = new ArrayList<>();
		for (Central central : centrals) {
			contenders.add(Contender.of(central, shape));
			contenders.add(new Contender(withIdle(central), central, shape, idle));
		}
		Rounds rounds = Rounds.of(setup, contenders);
		Table table = Columns.table(String.format(Locale.ROOT, "`lines`, %s, and %,d idle", shape.name(), idle), "",
				"of none idle");
		for (Central central : centrals) {
			Columns.row(table, rounds, central.name(), "");
			Columns.row(table, rounds, withIdle(central),
					Figures.ratio(rounds.betsPerSecond(withIdle(central)), rounds.betsPerSecond(central.name())));
		}
		return Report.of(table, rounds.runs());
	}

	private static String withIdle(Central central) {
		return central.name() + ", with idle";
	}

}
