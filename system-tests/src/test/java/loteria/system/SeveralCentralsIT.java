package loteria.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import loteria.database.Server;
import loteria.torture.Torture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Centrals that share a draw, a database that all of them keep it in, and what happens to
 * either.
 */
@Tag(Torture.TAG)
class SeveralCentralsIT {

	private static final int CENTRALS = 3;

	/** Where it is the database that things happen to. */
	private static final int CENTRALS_OF_DATABASE = 2;

	private static final List<String> LINES = List.of("lines");

	/** In one job. */
	private static final int KILLS = 20;

	private static final int RESTARTS = 10;

	private static final int FAILOVERS = 5;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	private int databases;

	@Test
	void agenciesOfAllDialectsGetTheirWinnersFromThreeCentrals() throws Exception {
		int jobs = Torture.count("shared-jobs", 1);
		Outcome outcome = Outcome.NOTHING_WRONG;
		try (Server server = server("database").start()) {
			for (int job = 0; job < jobs; job++) {
				int dialect = job % (Lottery.DIALECTS.size() + 1);
				Data data = Data.real();
				try (Centrals centrals = new Centrals(this.directory.resolve("job-" + job), data, database(server),
						CENTRALS)) {
					centrals.awaitReady();
					outcome = outcome.plus(centrals.end(
							centrals.startAgencies(
									(dialect == 0) ? Lottery.DIALECTS : List.of(Lottery.DIALECTS.get(dialect - 1))),
							1));
				}
			}
		}
		outcome.report("19 three centrals, one draw", jobs, "");
	}

	@Test
	void everyBetIsStoredOnceHoweverOftenACentralOfThreeIsKilled() throws Exception {
		int kills = Torture.count("shared-central-kills", 1);
		Random random = Torture.random("kill -9 of a central of three");
		Outcome outcome = Outcome.NOTHING_WRONG;
		try (Server server = server("database").start()) {
			for (int made = 0; made < kills; made += KILLS) {
				outcome = outcome.plus(job("kills-" + made, database(server), CENTRALS, Math.min(KILLS, kills - made),
						random, (centrals) -> centrals.killAndStart(random.nextInt(CENTRALS))));
			}
		}
		outcome.report("20 kill -9 of a central of three", kills, "");
	}

	@Test
	void everyBetIsStoredOnceHoweverOftenTheDatabaseIsRestarted() throws Exception {
		int restarts = Torture.count("database-restarts", 1);
		Random random = Torture.random("restart of PostgreSQL");
		Outcome outcome = Outcome.NOTHING_WRONG;
		try (Server server = server("database").start()) {
			for (int made = 0; made < restarts; made += RESTARTS) {
				outcome = outcome.plus(job("restarts-" + made, database(server), CENTRALS_OF_DATABASE,
						Math.min(RESTARTS, restarts - made), random, (_) -> {
							if (random.nextBoolean()) {
								server.crash();
							}
							else {
								server.stop();
							}
							server.start();
						}));
			}
		}
		outcome.report("21 restart of PostgreSQL", restarts, "half of them without notice");
	}

	/** The standby of one is the primary of the next. */
	@Test
	void everyBetIsStoredOnceThoughThePrimaryIsLostAndItsStandbyTakesOver() throws Exception {
		int failovers = Torture.count("failovers", 1);
		Random random = Torture.random("loss of the primary");
		Outcome outcome = Outcome.NOTHING_WRONG;
		for (int made = 0; made < failovers; made += FAILOVERS) {
			try (Pair pair = new Pair(this.directory.resolve("pair-" + made))) {
				String database = database(pair.primary);
				pair.follow();
				String url = "jdbc:postgresql://127.0.0.1:" + pair.primary.port() + ",127.0.0.1:" + pair.standby.port()
						+ "/" + database.replaceAll(".*/", "") + "&targetServerType=primary&connectTimeout=5";
				outcome = outcome.plus(job("failovers-" + made, url, CENTRALS_OF_DATABASE,
						Math.min(FAILOVERS, failovers - made), random, (_) -> pair.failOver()));
			}
		}
		outcome.report("18 loss of the primary, promotion of the standby", failovers, "synchronous");
	}

	/** Nothing installs what it needs: where that is not there, nothing is shown. */
	@Test
	void everyBetIsStoredOnceThoughTheLeaderOfAClusterIsLost() throws Exception {
		int failovers = Torture.count("patroni-failovers", 0);
		Assumptions.assumeTrue(failovers > 0, "only in a long run");
		List<String> missing = Patroni.missing();
		if (!missing.isEmpty()) {
			System.err.println("!!!! NO " + String.join(", ", missing).toUpperCase(Locale.ROOT)
					+ " HERE: a real cluster of three was NOT tried (Debian: apt-get install "
					+ String.join(" ", missing) + ")");
			return;
		}
		Random random = Torture.random("loss of Patroni's leader");
		try (Patroni cluster = Patroni.start(this.directory.resolve("cluster"))) {
			Server.query(cluster.url("postgres"), "CREATE DATABASE lottery");
			job("patroni", cluster.url("lottery"), CENTRALS, failovers, random, (_) -> cluster.killLeader())
				.report("22 kill -9 of the leader of a Patroni cluster", failovers, "over HAProxy");
		}
	}

	/** All agencies send, and {@code times} something happens. */
	private Outcome job(String name, String url, int count, int times, Random random, Event event) throws Exception {
		boolean isLong = times > 1;
		Data data = isLong ? Data.real() : Data.generated();
		long bets = data.rows().size();
		try (Centrals centrals = new Centrals(this.directory.resolve(name), data, url, count)) {
			centrals.awaitReady();
			Agencies agencies = centrals.startAgencies(LINES, Agencies.PATIENT);
			for (int i = 0; i < times; i++) {
				// somewhere in its part of the work
				centrals.awaitStored((long) (bets * (i + random.nextDouble()) / (times + 1)), agencies);
				Torture.pass(Duration.ofMillis(random.nextInt(20)));
				event.happens(centrals);
			}
			// a central that is killed may have drawn and not said so
			return centrals.end(agencies, 0);
		}
	}

	private Server server(String name) {
		return new Server(this.directory.resolve(name), Lottery.freePorts(1).getFirst());
	}

	/** A new one, and its address. */
	private String database(Server server) throws Exception {
		String name = "lottery" + ++this.databases;
		server.query("CREATE DATABASE " + name);
		return server.url(name);
	}

	@FunctionalInterface
	private interface Event {

		void happens(Centrals centrals) throws Exception;

	}

	/**
	 * A primary and its standby, at two ports that stay.
	 */
	private static final class Pair implements AutoCloseable {

		private final Path directory;

		private Server primary;

		private Server standby;

		private int made;

		private Pair(Path directory) throws Exception {
			this.directory = directory;
			List<Integer> ports = Lottery.freePorts(2);
			this.primary = new Server(next(), ports.getFirst()).start();
			this.standby = new Server(next(), ports.getLast());
		}

		private Path next() {
			return this.directory.resolve("data-" + ++this.made);
		}

		/** Makes the standby of what the primary has. */
		private void follow() throws Exception {
			this.standby = this.primary.standby(next(), this.standby.port());
		}

		private void failOver() throws Exception {
			Server lost = this.primary;
			lost.crash();
			this.standby.promote();
			this.primary = this.standby;
			this.standby = lost;
			// which stops the new primary for a moment, too
			follow();
		}

		@Override
		public void close() {
			this.standby.close();
			this.primary.close();
		}

	}

}
