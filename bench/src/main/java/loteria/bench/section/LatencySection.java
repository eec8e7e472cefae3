package loteria.bench.section;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import loteria.bench.load.Shape;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Peers;
import loteria.bench.subject.Subject;

/**
 * How long an answer takes when half as much is asked as could be done: batches are due
 * at equal distances, and count from when they were due.
 */
public final class LatencySection implements Section {

	private static final int BATCH = 100;

	private static final int WINDOW = 16;

	@Override
	public Report run(Setup setup) throws IOException {
		List<Subject> subjects = new ArrayList<>(setup.centrals());
		Peers.redis().ifPresent(subjects::add);
		Shape full = setup.shape(Setup.AGENCIES, BATCH, WINDOW);
		Rounds peak = Rounds.of(setup, subjects.stream().map((subject) -> Contender.of(subject, full)).toList());
		List<Contender> contenders = new ArrayList<>();
		for (Subject subject : subjects) {
			double rate = peak.betsPerSecond(subject.name()) / 2;
			long bets = (long) (rate * setup.scale().limit().toMillis() / 1e3);
			contenders.add(Contender.of(subject, full.with(bets, setup.scale().limit()).at(rate)));
		}
		Rounds half = Rounds.of(setup, contenders);
		Table table = Columns.table("`lines`, " + Setup.AGENCIES + " connections, " + BATCH + " a batch", "",
				"peak bets/s");
		subjects.forEach((subject) -> Columns.row(table, half, subject.name(),
				Figures.number(peak.betsPerSecond(subject.name()))));
		List<Run> runs = new ArrayList<>(peak.runs());
		runs.addAll(half.runs());
		return Report.of(table, runs);
	}

}
