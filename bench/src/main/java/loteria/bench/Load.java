package loteria.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import loteria.bench.load.Shape;
import loteria.bench.section.LoadSection;
import loteria.bench.section.Scale;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The load generator by itself: one load of whatever shape.
 */
@Command(name = "load", sortOptions = false, usageHelpWidth = 110,
		description = { "Starts a central, sends it one load, and says how fast it was and how long answers took.",
				"Everything it starts is gone when it ends, however that happens." })
public final class Load implements Callable<Integer> {

	@Option(names = "--dialect", defaultValue = "lines", description = "Default: ${DEFAULT-VALUE}")
	private String dialect = "lines";

	@Option(names = "--connections", paramLabel = "N", defaultValue = "5",
			description = "At once, each of an agency of its own. Default: ${DEFAULT-VALUE}")
	private int connections;

	@Option(names = "--batch", paramLabel = "N", defaultValue = "100",
			description = "Bets a batch. Default: ${DEFAULT-VALUE}")
	private int batch;

	@Option(names = "--window", paramLabel = "N", defaultValue = "16",
			description = "Batches under way on a connection. Default: ${DEFAULT-VALUE}")
	private int window;

	@Option(names = "--bets", paramLabel = "N", defaultValue = "2000000",
			description = "In all. Default: ${DEFAULT-VALUE}")
	private long bets;

	@Option(names = "--seconds", paramLabel = "N", defaultValue = "30",
			description = "After which nothing more is sent. Default: ${DEFAULT-VALUE}")
	private long seconds;

	@Option(names = "--rate", paramLabel = "N", defaultValue = "0",
			description = "Bets a second, sent when they are due whatever was answered. Default: as fast as answers come")
	private double rate;

	@Option(names = "--idle", paramLabel = "N", defaultValue = "0",
			description = "Connections besides, that say nothing. Default: ${DEFAULT-VALUE}")
	private int idle;

	@Option(names = "--tls", description = "Measures the same by mutual TLS, too, in turns.")
	private boolean tls;

	@Mixin
	private Common common = new Common();

	@Spec
	private @Nullable CommandSpec spec;

	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return Common.commandLine(new Load());
	}

	@Override
	public Integer call() throws IOException {
		if (this.spec == null) {
			throw new IllegalStateException("picocli sets it before it calls");
		}
		CommandLine line = this.spec.commandLine();
		Dialect spoken = Dialects.named(this.dialect)
			.orElseThrow(() -> new ParameterException(line,
					String.format(Locale.ROOT, "--dialect is %s; it must be one of %s", this.dialect,
							String.join(", ", Dialects.all().stream().map(Dialect::name).toList()))));
		check(line, "--connections", this.connections, 1, spoken.maxAgency());
		check(line, "--batch", this.batch, 1, spoken.habits().maxBets());
		check(line, "--window", this.window, 1, Integer.MAX_VALUE);
		check(line, "--bets", this.bets, 1, Long.MAX_VALUE);
		check(line, "--seconds", this.seconds, 1, Integer.MAX_VALUE);
		check(line, "--rate", (long) this.rate, 0, Long.MAX_VALUE);
		check(line, "--idle", this.idle, 0, Integer.MAX_VALUE);
		Shape shape = new Shape(this.connections, this.batch, this.window, this.bets, Duration.ofSeconds(this.seconds),
				this.rate);
		return this.common.run(line, Map.of("load", new LoadSection(spoken, shape, this.idle, this.tls)), Scale.SHORT,
				null);
	}

	private static void check(CommandLine line, String option, long value, long least, long most) {
		if (value < least || value > most) {
			throw new ParameterException(line,
					String.format(Locale.ROOT, "%s is %d; it must be from %d to %d", option, value, least, most));
		}
	}

}
