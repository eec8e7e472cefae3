package loteria.bench.section;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import loteria.bench.load.LoadRun;
import loteria.bench.load.Shape;
import loteria.bench.load.Traffic;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.bench.subject.Peers;
import loteria.bench.subject.Postgres;
import loteria.bench.subject.Running;
import loteria.bench.subject.SharedCentrals;

/**
 * Centrals on one PostgreSQL, beside COPY alone with statements as large as theirs, and
 * beside a central with a file.
 */
public final class SharedSection implements Section {

	private static final int CENTRALS = 3;

	private static final int BATCH = 100;

	private static final int WINDOW = 16;

	@Override
	public Report run(Setup setup) throws IOException {
		Optional<Postgres> found = Peers.postgres("COPY alone");
		if (found.isEmpty()) {
			setup.warn("NO POSTGRESQL HERE: nothing is measured (Debian: apt-get install postgresql)");
			return new Report(List.of(), List.of(), Map.of(), List.of());
		}
		Postgres postgres = found.get();
		Central central = setup.central();
		SharedCentrals one = new SharedCentrals("one central on PostgreSQL", central, postgres, 1);
		SharedCentrals three = new SharedCentrals("three centrals on PostgreSQL", central, postgres, CENTRALS);
		Shape shape = setup.shape(Setup.AGENCIES, BATCH, WINDOW);
		int statement = statement(setup, one, shape);
		setup.say("a statement of one central has %,d bets on average", statement);
		String copy = String.format(Locale.ROOT, "COPY alone, %,d a statement", statement);
		Contender alone = new Contender(copy, postgres, setup.shape(1, statement, 1), 0);
		List<Contender> contenders = List.of(Contender.of(one, shape), Contender.of(three, shape), alone,
				new Contender("COPY alone, a batch a statement", postgres, shape, 0),
				new Contender("one central with a file", central, shape, 0));
		Rounds rounds = Rounds.of(setup, contenders);
		Table table = Columns.table("`lines`, " + shape.name(), "", "of COPY alone", "of the file");
		for (Contender contender : contenders) {
			double speed = rounds.betsPerSecond(contender.name());
			boolean shared = contender.subject() instanceof SharedCentrals;
			Columns.row(table, rounds, contender.name(), shared ? Figures.ratio(speed, rounds.betsPerSecond(copy)) : "",
					shared ? Figures.ratio(speed, rounds.betsPerSecond("one central with a file")) : "");
		}
		return new Report(new ArrayList<>(List.of(table)), List.of(), Map.of(), rounds.runs());
	}

	/** What waits at a central goes in one statement: how many bets that are. */
	private static int statement(Setup setup, SharedCentrals one, Shape shape) throws IOException {
		Shape some = shape.with(setup.scale().warmup(), setup.scale().limit());
		try (Running running = one.start(setup.workplace())) {
			LoadRun.of(running.addresses(), Traffic.of(one.wire(), setup.bets(), some), some);
			return Math.max(1, SharedCentrals.statement(running));
		}
	}

}
