package loteria.bench.section;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import loteria.bench.load.LoadRun;
import loteria.bench.load.Outcome;
import loteria.bench.load.Shape;
import loteria.bench.load.Traffic;
import loteria.bench.report.Figures;
import loteria.bench.subject.Running;
import loteria.bench.subject.Usage;

/**
 * Several contenders that take turns, so that what changes on the machine meanwhile
 * changes for all of them; each begins with nothing stored.
 */
final class Rounds {

	private final Setup setup;

	private final Map<Traffic.Key, Traffic> traffic = new HashMap<>();

	private final List<Run> runs = new ArrayList<>();

	private Rounds(Setup setup) {
		this.setup = setup;
	}

	static Rounds of(Setup setup, List<Contender> contenders) throws IOException {
		Rounds rounds = new Rounds(setup);
		for (int round = 1; round <= setup.scale().rounds(); round++) {
			for (Contender contender : contenders) {
				rounds.run(contender, round);
			}
		}
		rounds.traffic.clear();
		return rounds;
	}

	private void run(Contender contender, int round) throws IOException {
		Shape shape = contender.shape();
		Traffic.Key key = new Traffic.Key(contender.subject().wire(), shape.connections(), shape.batch());
		Traffic sent = this.traffic.get(key);
		if (sent == null) {
			sent = Traffic.of(key.wire(), this.setup.bets(), shape);
			this.traffic.put(key, sent);
		}
		try (Running running = contender.subject().start(this.setup.workplace()); Idle idle = new Idle()) {
			idle.open(running.address(), contender.idle());
			Shape warmup = shape.at(0).with(this.setup.scale().warmup(), this.setup.scale().limit());
			LoadRun.of(running.addresses(), sent, warmup);
			Usage before = running.usage();
			Outcome outcome = LoadRun.of(running.addresses(), sent, shape);
			Run run = Run.of(contender.name(), shape, round, outcome, before, running.usage());
			this.runs.add(run);
			this.setup.say("%s, %s: %s bets/s, p99 %s ms", run.subject(), run.shape(),
					Figures.number(run.betsPerSecond()), Figures.number(run.p99Millis()));
		}
	}

	List<Run> runs() {
		return this.runs;
	}

	/** The middle one of the rounds; 0 if {@code contender} had none. */
	double median(String contender, ToDoubleFunction<Run> figure) {
		List<Double> values = this.runs.stream()
			.filter((run) -> run.subject().equals(contender))
			.map(figure::applyAsDouble)
			.toList();
		return values.isEmpty() ? 0 : Figures.median(values);
	}

	double betsPerSecond(String contender) {
		return median(contender, Run::betsPerSecond);
	}

	/** How far apart the rounds were, as {@code lowest … highest}. */
	String range(String contender) {
		List<Double> values = this.runs.stream()
			.filter((run) -> run.subject().equals(contender))
			.map(Run::betsPerSecond)
			.sorted()
			.toList();
		return (values.size() < 2) ? Figures.NONE
				: Figures.number(values.getFirst()) + " … " + Figures.number(values.getLast());
	}

	/** Processor seconds for a million bets. */
	double cpuPerMillion(String contender) {
		return median(contender, (run) -> run.cpuSeconds() / run.bets() * 1e6);
	}

	/**
	 * Connections that say nothing, open until this is closed.
	 */
	private static final class Idle implements AutoCloseable {

		private final List<SocketChannel> channels = new ArrayList<>();

		void open(InetSocketAddress address, int count) throws IOException {
			for (int i = 0; i < count; i++) {
				this.channels.add(SocketChannel.open(address));
			}
		}

		@Override
		public void close() throws IOException {
			for (SocketChannel channel : this.channels) {
				channel.close();
			}
		}

	}

}
