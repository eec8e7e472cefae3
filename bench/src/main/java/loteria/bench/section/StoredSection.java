package loteria.bench.section;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import loteria.bench.load.Conversation;
import loteria.bench.load.LoadRun;
import loteria.bench.load.Outcome;
import loteria.bench.load.Shape;
import loteria.bench.load.Together;
import loteria.bench.load.Traffic;
import loteria.bench.report.Chart;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.bench.subject.Running;
import loteria.protocol.Reply;
import loteria.protocol.Request;

/**
 * What many stored bets cost: memory, a restart, and the draw, from when the last agency
 * finishes until all have their winners.
 */
public final class StoredSection implements Section {

	private static final int BATCH = 1_000;

	private static final int WINDOW = 16;

	private static final String SMALL_HEAP = "-Xmx128m";

	/** Slower than this nobody waits. */
	private static final double LEAST_SPEED = 20_000;

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/**
	 * @param emptyStartSeconds with nothing stored
	 * @param startSeconds with all stored
	 */
	private record Filled(String subject, long bets, double betsPerSecond, long peakBytes, double emptyStartSeconds,
			double startSeconds, double drawMillis) {
	}

	@Override
	public Report run(Setup setup) throws IOException {
		Table table = Table.of("`lines`, " + BATCH + " a batch, " + SMALL_HEAP, "", "bets", "bets/s", "peak MB",
				"start s", "of an empty store s", "draw ms");
		List<Filled> all = new ArrayList<>();
		Map<String, Map<Double, Double>> starts = new LinkedHashMap<>();
		Map<String, Map<Double, Double>> memory = new LinkedHashMap<>();
		Map<String, Map<Double, Double>> draws = new LinkedHashMap<>();
		for (long bets : setup.scale().stored()) {
			for (Central central : setup.centrals()) {
				Filled filled = fill(setup, central, bets);
				setup.say("%s, %s stored: start %s s, draw %s ms", filled.subject(), Figures.number(bets),
						Figures.number(filled.startSeconds()), Figures.number(filled.drawMillis()));
				all.add(filled);
				table.row(filled.subject(), String.format(Locale.ROOT, "%,d", bets),
						Figures.number(filled.betsPerSecond()), Figures.megabytes(filled.peakBytes()),
						Figures.number(filled.startSeconds()), Figures.number(filled.emptyStartSeconds()),
						Figures.number(filled.drawMillis()));
				point(starts, filled, filled.startSeconds());
				point(memory, filled, filled.peakBytes() / 1e6);
				point(draws, filled, filled.drawMillis());
			}
		}
		String x = "stored bets";
		return new Report(List.of(table), List.of(),
				Map.of("stored-start.svg", new Chart("Start by stored bets", x, "s", starts).draw(),
						"stored-memory.svg", new Chart("Peak memory by stored bets", x, "MB", memory).draw(),
						"stored-draw.svg",
						new Chart("Last agency finishes until all have their winners", x, "ms", draws).draw()),
				all);
	}

	private static void point(Map<String, Map<Double, Double>> series, Filled filled, double y) {
		series.computeIfAbsent(filled.subject(), (key) -> new TreeMap<>()).put((double) filled.bets(), y);
	}

	private static Filled fill(Setup setup, Central any, long bets) throws IOException {
		Central central = any.with(SMALL_HEAP);
		Shape shape = new Shape(Setup.AGENCIES, BATCH, WINDOW, bets,
				Duration.ofSeconds(30 + (long) (bets / LEAST_SPEED)), 0);
		Traffic traffic = Traffic.of(central.wire(), setup.bets(), shape);
		Running running = central.start(setup.workplace(), Setup.AGENCIES);
		try {
			Outcome outcome = LoadRun.of(running.address(), traffic, shape);
			if (outcome.bets() < bets) {
				throw new IOException(String.format(Locale.ROOT, "only %,.0f of %,d bets were stored in %d s",
						outcome.bets(), bets, shape.limit().toSeconds()));
			}
			long peakBytes = running.usage().peakBytes();
			double emptyStartSeconds = running.startSeconds();
			running = central.restart(setup.workplace(), running, Setup.AGENCIES);
			return new Filled(any.name(), bets, outcome.betsPerSecond(), peakBytes, emptyStartSeconds,
					running.startSeconds(), draw(central, running.address()));
		}
		finally {
			running.close();
		}
	}

	private static double draw(Central central, InetSocketAddress address) throws IOException {
		AtomicLong lastFinishes = new AtomicLong();
		List<Callable<Long>> agencies = new ArrayList<>();
		for (int agency = 1; agency <= Setup.AGENCIES; agency++) {
			int number = agency;
			agencies.add(() -> {
				try (Conversation conversation = new Conversation(address, central.dialect(), number, BATCH)) {
					conversation.ask(new Request.Greeting(number));
					if (number == Setup.AGENCIES) {
						for (int other = 1; other < number; other++) {
							awaitFinished(central, address, other);
						}
						lastFinishes.set(System.nanoTime());
					}
					conversation.finish();
					return System.nanoTime();
				}
			});
		}
		long last = Together.run(agencies).stream().mapToLong((at) -> at).max().orElseThrow();
		return (last - lastFinishes.get()) / 1e6;
	}

	private static void awaitFinished(Central central, InetSocketAddress address, int agency) throws IOException {
		try (Conversation conversation = new Conversation(address, central.dialect(), agency, BATCH)) {
			while (conversation.ask(new Request.Greeting(agency)) instanceof Reply.Greeted greeted
					&& !greeted.closed()) {
				LockSupport.parkNanos(POLL_NANOS);
			}
		}
	}

}
