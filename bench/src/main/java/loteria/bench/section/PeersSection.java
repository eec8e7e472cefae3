package loteria.bench.section;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import loteria.bench.load.Shape;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.bench.subject.Floor;
import loteria.bench.subject.Peers;
import loteria.bench.subject.Postgres;
import loteria.bench.subject.Redis;

/**
 * The same rows into the central, into Redis, into PostgreSQL, and into a file that
 * nobody parses.
 */
public final class PeersSection implements Section {

	private static final int LARGE_BATCH = 100;

	private static final int SMALL_BATCH = 10;

	private static final int WINDOW = 16;

	/** Of a COPY that takes all bets of a connection at once. */
	private static final int ALL = 100_000;

	@Override
	public Report run(Setup setup) throws IOException {
		Optional<Redis> redis = Peers.redis();
		Optional<Postgres> postgres = Peers.postgres("PostgreSQL, a COPY a batch");
		Optional<Postgres> copy = Peers.postgres("PostgreSQL, one COPY for all");
		if (redis.isEmpty()) {
			setup.warn("NO REDIS HERE: not compared with it (Debian: apt-get install redis-server)");
		}
		if (postgres.isEmpty()) {
			setup.warn("NO POSTGRESQL HERE: not compared with it (Debian: apt-get install postgresql)");
		}
		Floor floor = new Floor(setup.central().wire());
		List<Table> tables = new ArrayList<>();
		List<Run> runs = new ArrayList<>();
		for (Shape shape : List.of(setup.shape(Setup.AGENCIES, LARGE_BATCH, WINDOW),
				setup.shape(Setup.AGENCIES, LARGE_BATCH, 1), setup.shape(Setup.AGENCIES, SMALL_BATCH, 1))) {
			List<Contender> contenders = new ArrayList<>();
			setup.centralsBothWays().forEach((central) -> contenders.add(Contender.of(central, shape)));
			redis.ifPresent((peer) -> contenders.add(Contender.of(peer, shape)));
			postgres.ifPresent((peer) -> contenders.add(Contender.of(peer, shape)));
			if (tables.isEmpty()) {
				copy.ifPresent((peer) -> contenders.add(Contender.of(peer, all(setup))));
				contenders.add(Contender.of(floor, setup.shape(1, LARGE_BATCH, WINDOW)));
			}
			Rounds rounds = Rounds.of(setup, contenders);
			tables.add(table(shape, rounds, contenders));
			runs.addAll(rounds.runs());
		}
		return new Report(tables, List.of(), Map.of(), runs);
	}

	private static Shape all(Setup setup) {
		int bets = (int) Math.min(ALL, setup.scale().bets() / Setup.AGENCIES);
		return setup.shape(Setup.AGENCIES, bets, 1).with((long) bets * Setup.AGENCIES, setup.scale().limit());
	}

	private static Table table(Shape shape, Rounds rounds, List<Contender> contenders) {
		double redis = contenders.stream()
			.filter((contender) -> contender.subject() instanceof Redis)
			.mapToDouble((contender) -> rounds.betsPerSecond(contender.name()))
			.sum();
		double floor = contenders.stream()
			.filter((contender) -> contender.subject() instanceof Floor)
			.mapToDouble((contender) -> rounds.betsPerSecond(contender.name()))
			.sum();
		Table table = Columns.table("`lines`, " + shape.name(), "", "of Redis", "of the floor");
		for (Contender contender : contenders) {
			double speed = rounds.betsPerSecond(contender.name());
			boolean own = contender.subject() instanceof Central;
			Columns.row(table, rounds, contender.name(), own ? Figures.ratio(speed, redis) : "",
					own ? Figures.ratio(speed, floor) : "");
		}
		return table;
	}

}
