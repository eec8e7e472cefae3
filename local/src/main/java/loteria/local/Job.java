package loteria.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import loteria.protocol.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * One central, or several with a PostgreSQL, some agencies, one draw. While it waits for
 * them it does nothing: they tell it what they do.
 */
final class Job {

	private static final int REDRAW_PAUSE_MILLIS = 40;

	private final Wanted wanted;

	private final List<Ports> ports;

	private final Launch launch;

	private final @Nullable Database database;

	private final Path directory;

	private final List<Program> programs = new ArrayList<>();

	private final List<Central> centrals = new ArrayList<>();

	/** Something has changed; one that nobody has looked at yet stands for all. */
	private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);

	/**
	 * @param ports of each central
	 * @param database that they share; without one, the central has a store of its own
	 * @param directory for the logs and the store
	 */
	Job(Wanted wanted, List<Ports> ports, Launch launch, @Nullable Database database, Path directory) {
		this.wanted = wanted;
		this.ports = ports;
		this.launch = launch;
		this.database = database;
		this.directory = directory;
	}

	/** The exit code of all. Leaves no process behind, however it ends. */
	int run(Screen.Terminal terminal) throws IOException, InterruptedException, Refusal {
		long started = System.nanoTime();
		try {
			startCentrals();
			List<Agency> agencies = agencies();
			for (Central central : this.centrals) {
				central.awaitReady();
			}
			int others = this.programs.size();
			for (Agency agency : agencies) {
				start(agency, agency == agencies.getFirst());
			}
			watch(agencies, new Screen(System.out, agencies, terminal));
			Times times = Times.of(started, agencies, System.nanoTime());
			Report report = new Report(agencies, this.centrals.stream().map(Central::log).toList(), bets());
			Program.stopAll(this.programs.subList(others, this.programs.size()), this.launch.stopLimit());
			for (Central central : this.centrals) {
				central.stop(report);
			}
			if (this.database != null) {
				export(this.database);
			}
			return report.print(System.out, System.err, times);
		}
		finally {
			// who others depend on comes last
			Program.stopAll(this.programs.reversed(), this.launch.stopLimit());
		}
	}

	private void startCentrals() throws IOException, InterruptedException, Refusal {
		Map<String, String> settings = Map.of();
		if (this.database != null) {
			Program program = this.database.start();
			this.programs.add(program);
			this.database.awaitReady(program);
			settings = this.database.settings();
		}
		for (Ports each : this.ports) {
			String name = (this.ports.size() == 1) ? "central" : "central-" + (this.centrals.size() + 1);
			Central central = Central.start(each, this.launch,
					List.of("--central.agencies=" + this.wanted.list(), "--central.store.directory=" + store()),
					settings, this.directory, name + ".log");
			this.centrals.add(central);
			this.programs.add(central.program());
			central.program().process().onExit().thenRun(() -> this.news.offer(true));
		}
	}

	private Path store() {
		return this.directory.resolve("store");
	}

	private Path bets() {
		return store().resolve("bets.csv");
	}

	/** What the database has, as a central of its own would have it. */
	private void export(Database shared) throws IOException, InterruptedException, Refusal {
		Path log = this.directory.resolve("export.log");
		Program program = Program.start(this.launch.central(List.of("export", bets().toString())),
				this.launch.environment(shared.settings()), this.directory, ProcessBuilder.Redirect.to(log.toFile()));
		this.programs.add(program);
		if (!program.ends(this.launch.startLimit()) || program.exitCode() != 0) {
			throw new Refusal("the bets could not be exported; its log: " + log);
		}
	}

	private List<Agency> agencies() throws IOException {
		List<Agency> agencies = new ArrayList<>();
		for (int number : this.wanted.agencies()) {
			agencies.add(new Agency(number, this.wanted.dialect(number), Rows.count(this.wanted.file(number)),
					this.directory.resolve("agency-" + number + ".log")));
		}
		return agencies;
	}

	private void start(Agency agency, boolean first) throws IOException, Refusal {
		Map<String, String> settings = new HashMap<>();
		settings.put("CLI_ID", String.valueOf(agency.number()));
		settings.put("CLI_FILE", this.wanted.file(agency.number()).toString());
		settings.put("CLI_DIALECT", agency.dialect().name());
		settings.put("CLI_SERVER_ADDRESS", addresses(agency.dialect()));
		if (!this.wanted.batch().isEmpty()) {
			settings.put("CLI_BATCH_MAXAMOUNT", this.wanted.batch());
		}
		Program program = Program.start(this.launch.agency(first), this.launch.environment(settings), this.directory,
				ProcessBuilder.Redirect.PIPE);
		this.programs.add(program);
		agency.follow(program.process(), () -> this.news.offer(true));
	}

	private String addresses(Dialect dialect) throws Refusal {
		List<String> addresses = new ArrayList<>();
		for (Ports each : this.ports) {
			addresses.add("localhost:" + each.of(dialect));
		}
		return String.join(",", addresses);
	}

	/**
	 * With one agency gone there is no draw: the others would only wait until they are
	 * told so.
	 */
	private void watch(List<Agency> agencies, Screen screen) throws InterruptedException, IOException, Refusal {
		screen.show();
		while (agencies.stream().anyMatch(Agency::isRunning)
				&& agencies.stream().allMatch((agency) -> agency.isRunning() || agency.succeeded())) {
			for (Central central : this.centrals) {
				central.requireAlive();
			}
			this.news.take();
			TimeUnit.MILLISECONDS.sleep(REDRAW_PAUSE_MILLIS);
			screen.show();
		}
	}

}
