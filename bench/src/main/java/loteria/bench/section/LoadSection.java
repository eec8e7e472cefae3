package loteria.bench.section;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import loteria.bench.load.Shape;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.protocol.Dialect;

/**
 * One load that somebody asked for.
 *
 * @param idle connections besides, that say nothing
 */
public record LoadSection(Dialect dialect, Shape shape, int idle) implements Section {

	@Override
	public Report run(Setup setup) throws IOException {
		List<Contender> contenders = setup.centrals()
			.stream()
			.map((central) -> new Contender(central.name(), central.speaking(this.dialect), this.shape, this.idle))
			.toList();
		Rounds rounds = Rounds.of(setup, contenders);
		Table table = Columns.table(String.format(Locale.ROOT, "`%s`, %s", this.dialect.name(), this.shape.name()), "");
		contenders.forEach((contender) -> Columns.row(table, rounds, contender.name()));
		return Report.of(table, rounds.runs());
	}

}
