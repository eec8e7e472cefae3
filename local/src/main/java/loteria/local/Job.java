package loteria.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One central, or several with a PostgreSQL, some agencies, one draw.
 */
final class Job {

	/** The central counts once a second. */
	private static final int PAUSE_MILLIS = 250;

	private final Wanted wanted;

	private final List<Ports> ports;

	private final Programs programs;

	private final @Nullable SharedPostgres database;

	private final List<Central> centrals = new ArrayList<>();

	private final List<Agency> agencies = new ArrayList<>();

	private final Map<Agency, Process> processes = new LinkedHashMap<>();

	/** A program has ended; one that is not looked at yet stands for all. */
	private final BlockingQueue<Boolean> ends = new ArrayBlockingQueue<>(1);

	/** When the draw happened, or was first seen to have happened. */
	private @Nullable Instant drawn;

	/**
	 * @param ports of each central
	 * @param database that they share; without one, the central has a store of its own
	 */
	Job(Wanted wanted, List<Ports> ports, Programs programs, @Nullable SharedPostgres database) {
		this.wanted = wanted;
		this.ports = ports;
		this.programs = programs;
		this.database = database;
	}

	/** The exit code of all. Leaves no process behind, however it ends. */
	int run(Screen.Terminal terminal) throws IOException, InterruptedException, JobFailure {
		Instant started = Instant.now();
		try {
			startCentrals();
			for (int number : this.wanted.agencies()) {
				this.agencies.add(new Agency(number, this.wanted.dialect(number),
						FilledLines.count(this.wanted.file(number)), file("agency-" + number + ".log")));
			}
			for (Central central : this.centrals) {
				central.awaitReady();
			}
			for (Agency agency : this.agencies) {
				start(agency);
			}
			watch(new Screen(System.out, this.agencies, terminal));
			Instant ended = Instant.now();
			Report report = new Report(this.agencies, this.centrals.stream().map(Central::log).toList(), bets(),
					Duration.between(started, ended),
					Duration.between((this.drawn == null) ? ended : this.drawn, ended));
			this.programs.stop(List.copyOf(this.processes.values()));
			for (Central central : this.centrals) {
				central.stop(report);
			}
			if (this.database != null) {
				export(this.database);
			}
			return report.print(System.out, System.err);
		}
		finally {
			this.programs.stopAll();
		}
	}

	private void startCentrals() throws IOException, InterruptedException, JobFailure {
		Map<String, String> settings = (this.database == null) ? Map.of() : this.database.start();
		for (Ports each : this.ports) {
			String name = (this.ports.size() == 1) ? "central" : "central-" + (this.centrals.size() + 1);
			Central central = Central.start(each, this.programs,
					List.of("--central.agencies=" + this.wanted.list(), "--central.store.directory=" + file("store")),
					settings, name + ".log");
			this.centrals.add(central);
			tellEndOf(central.process());
		}
	}

	private void tellEndOf(Process process) {
		process.onExit().thenRun(() -> this.ends.offer(true));
	}

	private Path file(String name) {
		return this.programs.directory().resolve(name);
	}

	private Path bets() {
		return file("store").resolve("bets.csv");
	}

	/** What the database has, as a central of its own would have it. */
	private void export(SharedPostgres shared) throws IOException, InterruptedException, JobFailure {
		Path log = file("export.log");
		Process process = this.programs.central(List.of("export", bets().toString()), shared.settings(), log);
		if (!Programs.hasEnded(process, this.programs.startLimit()) || process.exitValue() != 0) {
			throw new JobFailure("the bets could not be exported; its log: " + log);
		}
	}

	private void start(Agency agency) throws IOException {
		Map<String, String> settings = new HashMap<>();
		settings.put("CLI_ID", String.valueOf(agency.number()));
		settings.put("CLI_FILE", this.wanted.file(agency.number()).toString());
		settings.put("CLI_DIALECT", agency.dialect().name());
		settings.put("CLI_SERVER_ADDRESS",
				this.ports.stream()
					.map((each) -> "localhost:" + each.dialects().get(agency.dialect()))
					.collect(Collectors.joining(",")));
		if (!this.wanted.batch().isEmpty()) {
			settings.put("CLI_BATCH_MAXAMOUNT", this.wanted.batch());
		}
		Process process = this.programs.agency(this.processes.isEmpty(), settings, agency.log());
		this.processes.put(agency, process);
		tellEndOf(process);
	}

	/**
	 * Until all agencies have ended, or one has failed: with one agency gone there is no
	 * draw, and the others would only wait until they are told so.
	 */
	private void watch(Screen screen) throws InterruptedException, IOException, JobFailure {
		screen.show();
		while (this.agencies.stream().anyMatch(Agency::isRunning)
				&& this.agencies.stream().allMatch((agency) -> agency.isRunning() || agency.succeeded())) {
			for (Central central : this.centrals) {
				central.requireAlive();
			}
			this.ends.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
			look(this.centrals.getFirst().draw());
			screen.show();
		}
	}

	private void look(Central.Draw draw) throws IOException {
		Map<Integer, Central.Row> rows = new HashMap<>();
		draw.rows().forEach((row) -> rows.put(row.agency(), row));
		if (this.drawn == null && draw.result() != null) {
			this.drawn = draw.result().instant();
		}
		for (Map.Entry<Agency, Process> each : this.processes.entrySet()) {
			Agency agency = each.getKey();
			Central.Row row = rows.get(agency.number());
			if (row != null) {
				agency.stored(row.bets(), row.betsPerSecond());
			}
			if (agency.isRunning() && !each.getValue().isAlive()) {
				agency.ended(each.getValue().exitValue());
				if (this.drawn == null && agency.succeeded()) {
					this.drawn = Instant.now();
				}
			}
		}
	}

}
