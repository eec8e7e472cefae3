package loteria.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The table at the end, and what is not as it should be: what the agencies say and what
 * the central has must be the same.
 */
final class Report {

	private static final String DRAW = "action: sorteo | result: success";

	private final List<Agency> agencies;

	private final List<Path> logs;

	private final Path bets;

	private final Duration all;

	private final Duration drawing;

	private boolean failed;

	/**
	 * @param logs of the centrals
	 * @param bets of all agencies, as they were stored
	 * @param all from the start of the job until its last agency had ended
	 * @param drawing what of this came after the draw
	 */
	Report(List<Agency> agencies, List<Path> logs, Path bets, Duration all, Duration drawing) {
		this.agencies = agencies;
		this.logs = logs;
		this.bets = bets;
		this.all = all;
		this.drawing = drawing;
	}

	/** The exit code of all. */
	int print(PrintStream out, PrintStream err) throws IOException {
		table(out);
		long skipped = sum("skipped");
		for (Agency agency : this.agencies) {
			if (agency.isRunning()) {
				say(err, "agency " + agency.number() + " was stopped before it was done");
			}
			else if (!agency.succeeded()) {
				fail(err, "agency " + agency.number() + " failed with exit code " + agency.exitCode() + "; its log: "
						+ agency.log());
			}
			else if (agency.summary("skipped") > 0) {
				say(err, "agency " + agency.number() + " skipped " + agency.summary("skipped")
						+ " rows; its log says which: " + agency.log());
			}
		}
		if (!this.failed) {
			compare(err);
		}
		return this.failed ? Run.FAILED : (skipped > 0) ? Agency.ROWS_SKIPPED : Run.DONE;
	}

	private void table(PrintStream out) {
		out.printf(Locale.ROOT, "%n%6s  %-7s  %10s  %8s%n", "agency", "dialect", "bets", "winners");
		for (Agency agency : this.agencies) {
			boolean done = agency.succeeded();
			out.printf(Locale.ROOT, "%6d  %-7s  %10s  %8s%n", agency.number(), agency.dialect().name(),
					done ? agency.summary("sent") : "-", done ? agency.summary("winners") : "-");
		}
		out.printf(Locale.ROOT, "%6s  %-7s  %10d  %8d  %.1f s%n%n", "total", "", sum("sent"), sum("winners"),
				seconds(this.all));
		double sending = this.agencies.stream().mapToDouble(Agency::seconds).max().orElse(0);
		out.printf(Locale.ROOT, "time: starting %.1f s, sending %.1f s, drawing %.1f s%n",
				seconds(this.all.minus(this.drawing)) - sending, sending, seconds(this.drawing));
		out.printf(Locale.ROOT, "logs: %s, agency-<n>.log; store: %s%n", logs(), this.bets.getParent());
		out.flush();
	}

	private static double seconds(Duration duration) {
		return duration.toNanos() / 1e9;
	}

	private long sum(String key) {
		return this.agencies.stream().filter(Agency::succeeded).mapToLong((agency) -> agency.summary(key)).sum();
	}

	private String logs() {
		return (this.logs.size() == 1) ? this.logs.getFirst().toString()
				: this.logs.getFirst().resolveSibling("central-<n>.log").toString();
	}

	private void compare(PrintStream err) throws IOException {
		long stored = FilledLines.count(this.bets);
		if (stored != sum("sent")) {
			fail(err, "the agencies sent " + sum("sent") + " bets, but " + this.bets + " has " + stored + " rows");
		}
		long draws = 0;
		for (Path log : this.logs) {
			try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
				draws += lines.filter((line) -> line.contains(DRAW)).count();
			}
		}
		if (draws != 1) {
			fail(err, "there were " + draws + " draws instead of one; the log: " + logs());
		}
	}

	void fail(PrintStream err, String line) {
		say(err, line);
		this.failed = true;
	}

	private static void say(PrintStream err, String line) {
		err.println("run: " + line);
	}

}
