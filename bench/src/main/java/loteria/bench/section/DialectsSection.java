package loteria.bench.section;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;

/**
 * The five dialects, each with batches as large as its agencies usually send them.
 */
public final class DialectsSection implements Section {

	private static final int WINDOW = 16;

	@Override
	public Report run(Setup setup) throws IOException {
		List<Contender> contenders = new ArrayList<>();
		for (Dialect dialect : Dialects.ofAgencies()) {
			for (Central central : setup.centrals()) {
				contenders.add(new Contender(name(dialect, central), central.speaking(dialect),
						setup.shape(Setup.AGENCIES, Usual.batch(dialect), WINDOW), 0));
			}
		}
		Rounds rounds = Rounds.of(setup, contenders);
		Table table = Columns.table(Setup.AGENCIES + " connections, " + WINDOW + " batches under way", "",
				"of the first");
		for (Contender contender : contenders) {
			Central central = (Central) contender.subject();
			double first = rounds.betsPerSecond(name(Dialects.ofAgencies().getFirst(), central));
			Columns.row(table, rounds, contender.name(), Figures.ratio(rounds.betsPerSecond(contender.name()), first));
		}
		return Report.of(table, rounds.runs());
	}

	private static String name(Dialect dialect, Central central) {
		return String.format(Locale.ROOT, "%s, %s, %d a batch", central.name(), dialect.name(), Usual.batch(dialect));
	}

}
