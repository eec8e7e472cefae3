package loteria.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import loteria.database.Server;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several centrals that share a database, and agencies that know all of them. Closing it
 * kills whatever still runs.
 */
final class Centrals implements AutoCloseable {

	private static final String ROWS = "SELECT concat_ws(',', agency, first_name, last_name, document, birthdate, number) "
			+ "FROM bets ORDER BY agency, seq";

	/** On a machine that has other things to do. */
	private static final Duration START_LIMIT = Duration.ofMinutes(5);

	private final Path directory;

	private final Data data;

	private final String url;

	private final List<Map<String, Integer>> ports = new ArrayList<>();

	private final List<Integer> httpPorts = new ArrayList<>();

	private final List<Program> centrals = new ArrayList<>();

	private final List<Program> agencies = new ArrayList<>();

	/**
	 * @param directory empty, of this alone
	 * @param url of an empty database, as the centrals are told
	 */
	Centrals(Path directory, Data data, String url, int count) {
		this.directory = directory;
		this.data = data;
		this.url = url;
		List<Integer> free = Lottery.freePorts(count * (Lottery.DIALECTS.size() + 1));
		for (int central = 0; central < count; central++) {
			Map<String, Integer> ports = new HashMap<>();
			Lottery.DIALECTS.forEach((dialect) -> ports.put(dialect, free.removeFirst()));
			this.ports.add(ports);
			this.httpPorts.add(free.removeFirst());
			this.centrals.add(launch(central));
		}
	}

	private Program launch(int central) {
		Map<String, String> settings = new TreeMap<>();
		this.ports.get(central)
			.forEach((dialect, port) -> settings.put("CENTRAL_LISTENERS_" + dialect.toUpperCase(Locale.ROOT) + "_PORT",
					port.toString()));
		settings.put("SERVER_PORT", this.httpPorts.get(central).toString());
		settings.put("CENTRAL_AGENCIES", "1-" + this.data.agencies());
		settings.put("CENTRAL_STORE_TYPE", "postgres");
		settings.put("SPRING_DATASOURCE_URL", this.url);
		return Program.start("central", this.directory.resolve("central-" + central), settings);
	}

	int count() {
		return this.centrals.size();
	}

	int httpPort(int central) {
		return this.httpPorts.get(central);
	}

	/** Waits until each of them can be used. */
	void awaitReady() {
		for (int port : this.httpPorts) {
			Awaitility.await("readiness")
				.atMost(START_LIMIT)
				.pollInterval(Duration.ofMillis(50))
				.until(() -> Http.status(port, "/actuator/health/readiness") == 200);
		}
	}

	/** SIGKILL, and the same one again. */
	void killAndStart(int central) {
		this.centrals.get(central).kill();
		this.centrals.set(central, launch(central));
	}

	Agencies startAgencies(List<String> dialects, String... settings) {
		return new Agencies(this.data,
				(agency) -> startAgency(agency, dialects.get((agency - 1) % dialects.size()), settings));
	}

	private Program startAgency(int agency, String dialect, String... settings) {
		Map<String, String> environment = new TreeMap<>();
		environment.put("CLI_ID", "" + agency);
		environment.put("CLI_DIALECT", dialect);
		environment.put("CLI_SERVER_ADDRESS",
				this.ports.stream().map((ports) -> "localhost:" + ports.get(dialect)).collect(Collectors.joining(",")));
		environment.put("CLI_FILE", this.data.file(agency).toString());
		for (int i = 0; i < settings.length; i += 2) {
			environment.put(settings[i], settings[i + 1]);
		}
		Program program = Program.start("agency", this.directory.resolve("agency-" + agency), environment);
		this.agencies.add(program);
		return program;
	}

	/** How many bets are stored, or -1 where the database does not say. */
	long stored() {
		try {
			return Long.parseLong(Server.query(this.url, "SELECT coalesce(sum(stored), 0) FROM agencies"));
		}
		catch (SQLException ex) {
			return -1;
		}
	}

	/** Returns as soon as so many bets are stored, or all agencies are done. */
	void awaitStored(long bets, Agencies agencies) {
		Awaitility.await(bets + " bets")
			.atMost(Lottery.LIMIT)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> stored() >= bets || agencies.areDone());
	}

	/**
	 * Waits until every agency has its winners, stops the centrals, and looks at what is
	 * in the database and what the centrals have said of the draw.
	 * @param draws the least number of lines that tell of it
	 */
	Outcome end(Agencies agencies, int draws) throws Exception {
		agencies.awaitWinners();
		// one that was killed at the end may be about to start
		awaitReady();
		for (Program central : this.centrals) {
			central.stop("TERM", Lottery.LIMIT);
		}
		assertThat(this.centrals.stream()
			.mapToInt((central) -> central.log("action: sorteo | result: success").size())
			.sum()).as("lines that tell of the draw").isBetween(draws, 1);
		Outcome outcome = Outcome.of(this.data, rows());
		assertThat(outcome).isEqualTo(Outcome.NOTHING_WRONG);
		return outcome;
	}

	private List<String> rows() throws SQLException {
		List<String> rows = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(ROWS)) {
			while (result.next()) {
				rows.add(result.getString(1));
			}
		}
		return rows;
	}

	@Override
	public void close() {
		this.agencies.forEach(Program::close);
		this.centrals.forEach(Program::close);
	}

}
