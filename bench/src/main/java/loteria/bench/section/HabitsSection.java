package loteria.bench.section;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import loteria.bench.load.Bets;
import loteria.bench.load.Conversation;
import loteria.bench.load.Together;
import loteria.bench.report.Figures;
import loteria.bench.report.Report;
import loteria.bench.report.Table;
import loteria.bench.subject.Central;
import loteria.bench.subject.Running;
import loteria.bet.Bet;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import loteria.protocol.Reply;

/**
 * A whole draw as the existing agencies of each dialect play it: all files at once, one
 * batch at a time, against a central that has just been started.
 */
public final class HabitsSection implements Section {

	/** With each one's own server, which forces nothing; measured elsewhere, once. */
	private static final Map<String, String> OWN_SERVER = Map.of("lines", "3.1", "fixed", "9.0", "csv", "2.4",
			"packets", "1.2", "tlv", "5.2");

	/** As {@code application.yaml} has it. */
	private static final int WINNING_NUMBER = 7574;

	/**
	 * @param storedSeconds until the last batch was answered
	 * @param seconds until the last agency had its winners
	 */
	private record Job(String subject, int round, long bets, double storedSeconds, double seconds) {
	}

	@Override
	public Report run(Setup setup) throws IOException {
		List<Job> jobs = new ArrayList<>();
		Map<String, List<Job>> rows = new LinkedHashMap<>();
		for (Dialect dialect : Dialects.ofAgencies()) {
			for (int round = 1; round <= setup.scale().rounds(); round++) {
				for (Central central : setup.centralsBothWays()) {
					Job job = run(setup, central.speaking(dialect), round);
					setup.say("%s: %s bets, stored after %s s, drawn after %s s", job.subject(),
							Figures.number(job.bets()), Figures.number(job.storedSeconds()),
							Figures.number(job.seconds()));
					jobs.add(job);
					rows.computeIfAbsent(job.subject(), (subject) -> new ArrayList<>()).add(job);
				}
			}
		}
		Table table = Table.of(
				String.format(Locale.ROOT, "%d agencies at once, %,d bets, until all have their winners",
						setup.bets().agencies(), jobs.getFirst().bets()),
				"", "all stored s", "all drawn s", "rounds", "its own server s");
		rows.forEach((subject, ofSubject) -> table.row(subject,
				Figures.number(Figures.median(ofSubject.stream().map(Job::storedSeconds).toList())),
				Figures.number(Figures.median(ofSubject.stream().map(Job::seconds).toList())),
				Figures.number(ofSubject.stream().mapToDouble(Job::seconds).min().orElse(0)) + " … "
						+ Figures.number(ofSubject.stream().mapToDouble(Job::seconds).max().orElse(0)),
				OWN_SERVER.getOrDefault(subject.substring(subject.lastIndexOf(' ') + 1), Figures.NONE)));
		return Report.of(table, jobs);
	}

	private static Job run(Setup setup, Central central, int round) throws IOException {
		int agencies = setup.bets().agencies();
		try (Running running = central.start(setup.workplace(), agencies)) {
			List<Habit> habits = new ArrayList<>();
			for (int agency = 1; agency <= agencies; agency++) {
				habits.add(new Habit(running.address(), central.dialect(), agency, setup.bets()));
			}
			List<Callable<Long>> tasks = new ArrayList<>(habits);
			long started = System.nanoTime();
			long stored = Together.run(tasks).stream().mapToLong((at) -> at).max().orElse(started);
			long ended = System.nanoTime();
			return new Job(central.name() + ", " + central.dialect().name(), round,
					habits.stream().mapToLong(Habit::bets).sum(), (stored - started) / 1e9, (ended - started) / 1e9);
		}
	}

	private record Batch(ClientRequest request, byte[] encoded) {
	}

	/**
	 * One agency; returns when its last batch was answered.
	 */
	private static final class Habit implements Callable<Long> {

		private final Conversation conversation;

		private final int agency;

		private final List<Bet> bets;

		private final List<Batch> batches = new ArrayList<>();

		Habit(InetSocketAddress central, Dialect dialect, int agency, Bets all) throws IOException {
			this.agency = agency;
			this.bets = all.of(agency);
			int batch = dialect.batchSize(Usual.lockstepBatch(dialect), this.bets.size());
			this.conversation = new Conversation(central, dialect, agency, batch);
			for (int from = 0; from < this.bets.size(); from += batch) {
				ClientRequest request = new ClientRequest.StoreBets(agency,
						this.bets.subList(from, Math.min(from + batch, this.bets.size())));
				this.batches.add(new Batch(request, this.conversation.encode(request)));
			}
		}

		long bets() {
			return this.bets.size();
		}

		@Override
		public Long call() throws IOException {
			try (this.conversation) {
				for (Batch batch : this.batches) {
					Reply reply = this.conversation.ask(batch.request(), batch.encoded());
					require(reply instanceof Reply.Stored, "a batch was answered with " + reply);
				}
				long stored = System.nanoTime();
				List<String> winners = this.bets.stream()
					.filter((bet) -> bet.number() == WINNING_NUMBER)
					.map(Bet::document)
					.toList();
				List<String> told = this.conversation.finish().documents().first(Integer.MAX_VALUE);
				require(told.equals(winners), "winners are " + winners + ", told were " + told);
				return stored;
			}
		}

		private void require(boolean holds, String otherwise) throws IOException {
			if (!holds) {
				throw new IOException("agency " + this.agency + ": " + otherwise);
			}
		}

	}

}
