package loteria.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One central, some agencies, one draw. While it waits for them it does nothing: they
 * tell it what they do.
 */
final class Job {

	private static final int READY_PAUSE_MILLIS = 20;

	private static final int REDRAW_PAUSE_MILLIS = 40;

	private static final int ANSWER_MILLIS = 5_000;

	private final Wanted wanted;

	private final Ports ports;

	private final Launch launch;

	private final Path directory;

	private final List<Program> programs = new ArrayList<>();

	/** Something has changed; one that nobody has looked at yet stands for all. */
	private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);

	/**
	 * @param directory for the logs and the store
	 */
	Job(Wanted wanted, Ports ports, Launch launch, Path directory) {
		this.wanted = wanted;
		this.ports = ports;
		this.launch = launch;
		this.directory = directory;
	}

	/** The exit code of all. Leaves no process behind, however it ends. */
	int run(Screen.Terminal terminal) throws IOException, InterruptedException, Refusal {
		long started = System.nanoTime();
		try {
			Program central = startCentral();
			List<Agency> agencies = agencies();
			awaitReady(central);
			for (Agency agency : agencies) {
				start(agency, agency == agencies.getFirst());
			}
			watch(central, agencies, new Screen(System.out, agencies, terminal));
			Times times = Times.of(started, agencies, System.nanoTime());
			Report report = new Report(agencies, this.directory);
			Program.stopAll(this.programs.subList(1, this.programs.size()), this.launch.stopLimit());
			stop(central, report);
			return report.print(System.out, System.err, times);
		}
		finally {
			Program.stopAll(this.programs, this.launch.stopLimit());
		}
	}

	private Program startCentral() throws IOException {
		List<String> command = this.launch.central(List.of("--central.agencies=" + this.wanted.list(),
				"--central.store.directory=" + this.directory.resolve("store")));
		Program central = Program.start(command, this.launch.environment(Map.of()), this.directory,
				ProcessBuilder.Redirect.to(log().toFile()));
		this.programs.add(central);
		central.process().onExit().thenRun(() -> this.news.offer(true));
		return central;
	}

	private Path log() {
		return this.directory.resolve("central.log");
	}

	private List<Agency> agencies() throws IOException {
		List<Agency> agencies = new ArrayList<>();
		for (int number : this.wanted.agencies()) {
			agencies.add(new Agency(number, this.wanted.dialect(number), Rows.count(this.wanted.file(number)),
					this.directory.resolve("agency-" + number + ".log")));
		}
		return agencies;
	}

	private void awaitReady(Program central) throws IOException, InterruptedException, Refusal {
		long limit = System.nanoTime() + this.launch.startLimit().toNanos();
		while (!isReady()) {
			if (central.ends(Duration.ofMillis(READY_PAUSE_MILLIS))) {
				throw gone(central, "before it was ready");
			}
			if (System.nanoTime() - limit > 0) {
				throw new Refusal("the central was not ready within " + this.launch.startLimit().toSeconds()
						+ " s; its log: " + log());
			}
		}
	}

	private boolean isReady() throws Refusal {
		try (Socket socket = new Socket()) {
			socket.setSoTimeout(ANSWER_MILLIS);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.ports.http()));
			OutputStream request = socket.getOutputStream();
			request.write("GET /actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			return new String(answer.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII).endsWith(" 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void start(Agency agency, boolean first) throws IOException, Refusal {
		Map<String, String> settings = new HashMap<>();
		settings.put("CLI_ID", String.valueOf(agency.number()));
		settings.put("CLI_FILE", this.wanted.file(agency.number()).toString());
		settings.put("CLI_DIALECT", agency.dialect().name());
		settings.put("CLI_SERVER_ADDRESS", "localhost:" + this.ports.of(agency.dialect()));
		if (!this.wanted.batch().isEmpty()) {
			settings.put("CLI_BATCH_MAXAMOUNT", this.wanted.batch());
		}
		Program program = Program.start(this.launch.agency(first), this.launch.environment(settings), this.directory,
				ProcessBuilder.Redirect.PIPE);
		this.programs.add(program);
		agency.follow(program.process(), () -> this.news.offer(true));
	}

	/**
	 * With one agency gone there is no draw: the others would only wait until they are
	 * told so.
	 */
	private void watch(Program central, List<Agency> agencies, Screen screen)
			throws InterruptedException, IOException, Refusal {
		screen.show();
		while (agencies.stream().anyMatch(Agency::isRunning)
				&& agencies.stream().allMatch((agency) -> agency.isRunning() || agency.succeeded())) {
			if (!central.isAlive()) {
				throw gone(central, "in the middle");
			}
			this.news.take();
			TimeUnit.MILLISECONDS.sleep(REDRAW_PAUSE_MILLIS);
			screen.show();
		}
	}

	private Refusal gone(Program central, String when) throws IOException {
		try (Stream<String> lines = Files.lines(log(), StandardCharsets.UTF_8)) {
			lines.filter((line) -> line.contains("ERROR") || line.contains("result: fail"))
				.reduce((first, second) -> second)
				.ifPresent(System.err::println);
		}
		return new Refusal(
				"the central ended " + when + ", with exit code " + central.exitCode() + "; its log: " + log());
	}

	private void stop(Program central, Report report) throws InterruptedException {
		central.terminate();
		if (!central.ends(this.launch.stopLimit())) {
			report.fail(System.err,
					"the central did not stop within " + this.launch.stopLimit().toSeconds() + " s; its log: " + log());
		}
		else if (central.exitCode() != 0) {
			report.fail(System.err, "the central ended with exit code " + central.exitCode() + "; its log: " + log());
		}
	}

}
