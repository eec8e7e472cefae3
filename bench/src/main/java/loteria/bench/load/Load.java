package loteria.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Plays a whole draw: agencies of one dialect or of all, each on a virtual thread, until
 * every one has its winners.
 */
@Command(name = "load", sortOptions = false, usageHelpWidth = 100,
		description = "Plays a whole draw against a central on this machine and checks every agency's winners.")
public final class Load implements Callable<Integer> {

	@Option(names = "--agencies", defaultValue = "1000", description = "How many. Default: ${DEFAULT-VALUE}")
	private int agencies;

	@Option(names = "--bets", defaultValue = "100", description = "Bets of each. Default: ${DEFAULT-VALUE}")
	private int bets;

	@Option(names = "--winners", defaultValue = "3", description = "Winning bets of each. Default: ${DEFAULT-VALUE}")
	private int winners;

	@Option(names = "--winning-number", defaultValue = "7574", description = "The central's. Default: ${DEFAULT-VALUE}")
	private int winningNumber;

	@Option(names = "--batch", defaultValue = "100", description = "Bets of a batch. Default: ${DEFAULT-VALUE}")
	private int batch;

	@Option(names = "--dialect", defaultValue = "all", description = "One, or all in turn. Default: ${DEFAULT-VALUE}")
	private String dialect = "all";

	@Option(names = "--port-offset", defaultValue = "0",
			description = "Added to each dialect's own port. Default: ${DEFAULT-VALUE}")
	private int portOffset;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Prints this.")
	private boolean help;

	public static void main(String[] arguments) {
		System.exit(new CommandLine(new Load()).execute(arguments));
	}

	@Override
	public Integer call() throws InterruptedException {
		List<Dialect> dialects = this.dialect.equals("all") ? Dialects.all()
				: Dialects.named(this.dialect).map(List::of).orElseThrow();
		long started = System.nanoTime();
		List<String> failures = new ArrayList<>();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<@Nullable Void>> running = new ArrayList<>();
			for (int i = 0; i < this.agencies; i++) {
				int agency = i + 1;
				Dialect spoken = dialects.get(i % dialects.size());
				running.add(executor.submit(() -> play(agency, spoken)));
			}
			for (Future<@Nullable Void> agency : running) {
				try {
					agency.get();
				}
				catch (ExecutionException ex) {
					failures.add(String.valueOf(ex.getCause()));
				}
			}
		}
		double seconds = (System.nanoTime() - started) / 1e9;
		long all = (long) this.agencies * this.bets;
		System.out.printf(Locale.ROOT, "%d agencies (%s), %d bets, %.2f s, %.0f bets/s, %d failed%n", this.agencies,
				this.dialect, all, seconds, all / seconds, failures.size());
		failures.stream().limit(10).forEach(System.out::println);
		return failures.isEmpty() ? 0 : 1;
	}

	private @Nullable Void play(int agency, Dialect spoken) throws IOException {
		InetSocketAddress central = new InetSocketAddress("127.0.0.1", spoken.port() + this.portOffset);
		try (LoadAgency load = new LoadAgency(central, spoken, agency, this.bets, this.batch)) {
			load.run(this.bets, this.winners, this.winningNumber);
		}
		return null;
	}

}
