package loteria.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import loteria.bench.load.Bets;
import loteria.bench.report.Report;
import loteria.bench.section.Scale;
import loteria.bench.section.Setup;
import loteria.bench.subject.Central;
import loteria.bench.subject.Workplace;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command behind {@code make bench} and {@code make bench-all}.
 */
@Command(name = "bench", sortOptions = false, usageHelpWidth = 110,
		description = "Measures the central beside others that do the same: tables on the terminal, and JSON beside "
				+ "what is written while it runs. Everything it starts is gone when it ends, however that happens.")
public final class Bench implements Callable<Integer> {

	/** The course's data beside the repository, where it is there. */
	private static final Path REAL_DATA = Path.of("../shared/dataset");

	private static final Path GENERATED_DATA = Path.of(".data");

	private static final int UNUSABLE = 2;

	/** As for SIGINT. */
	private static final int STOPPED = 130;

	@Option(names = "--only", paramLabel = "NAME", split = ",",
			description = "Only these measurements; --list names them.")
	private List<String> only = List.of();

	@Option(names = "--all", description = "All measurements, in full: more than half an hour.")
	private boolean all;

	@Option(names = "--smoke", description = "All that is asked for, but so little of it that the figures are "
			+ "worth nothing: to see that it works.")
	private boolean smoke;

	@Option(names = "--list", description = "Lists the measurements.")
	private boolean list;

	@Option(names = "--central", paramLabel = "JAR", defaultValue = "central/target/central.jar",
			description = "The central. Default: ${DEFAULT-VALUE}")
	private Path central = Path.of("central.jar");

	@Option(names = "--central-jvm", paramLabel = "OPTION", description = "An option of Java for it; repeatable.")
	private List<String> centralJvm = List.of();

	@Option(names = "--versus", paramLabel = "JAR",
			description = "Another central, measured in turns with the first one: A B A B.")
	private @Nullable Path versus;

	@Option(names = "--versus-name", paramLabel = "NAME", defaultValue = "before",
			description = "What to call it. Default: ${DEFAULT-VALUE}")
	private String versusName = "before";

	@Option(names = "--versus-jvm", paramLabel = "OPTION", description = "An option of Java for it; repeatable.")
	private List<String> versusJvm = List.of();

	@Option(names = "--agency", paramLabel = "JAR", defaultValue = "agency/target/agency.jar",
			description = "The agency, for its start alone. Default: ${DEFAULT-VALUE}")
	private Path agency = Path.of("agency.jar");

	@Option(names = "--agency-jvm", paramLabel = "OPTION", description = "An option of Java for it; repeatable.")
	private List<String> agencyJvm = List.of();

	@Option(names = "--data", paramLabel = "DIR",
			description = "Where agency-<n>.csv are. Default: ../shared/dataset if it is there, else .data")
	private @Nullable Path data;

	@Option(names = "--rounds", paramLabel = "N", description = "How often everything is measured. Default: 1, "
			+ "with --all 3; the table has the middle one")
	private @Nullable Integer rounds;

	@Option(names = "--directory", paramLabel = "DIR", defaultValue = "target/bench",
			description = "Where everybody writes, the JSON too: on the disk that is meant. Default: ${DEFAULT-VALUE}")
	private Path directory = Path.of("target/bench");

	@Option(names = "--docs", paramLabel = "DIR",
			description = "Writes tables and pictures into performance.md there, too.")
	private @Nullable Path docs;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Prints this.")
	private boolean help;

	@Spec
	private @Nullable CommandSpec spec;

	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new Bench()).setExecutionExceptionHandler((exception, command, arguments) -> {
			if (!(exception instanceof IOException)) {
				throw exception;
			}
			command.getErr().println("bench: " + reason(exception));
			return (exception instanceof NoSuchFileException) ? UNUSABLE
					: command.getCommandSpec().exitCodeOnExecutionException();
		});
	}

	private static String reason(Exception exception) {
		return (exception.getMessage() == null) ? exception.toString() : exception.getMessage();
	}

	@Override
	public Integer call() throws IOException {
		CommandSpec command = spec();
		PrintWriter out = command.commandLine().getOut();
		if (this.list) {
			for (Measurement measurement : Measurement.values()) {
				out.printf("%-12s %s%s%n", name(measurement), measurement.description(),
						measurement.isQuick() ? "" : " (not in the short form)");
			}
			return CommandLine.ExitCode.OK;
		}
		List<Measurement> measurements = measurements(command);
		List<Central> centrals = centrals();
		Path from = (this.data != null) ? this.data : Files.isDirectory(REAL_DATA) ? REAL_DATA : GENERATED_DATA;
		Bets bets = new Bets(from);
		try (Workplace workplace = Workplace.open(this.directory)) {
			Machine machine = Machine.here(workplace);
			Setup setup = new Setup(workplace, from, bets, centrals, this.agency, this.agencyJvm, scale(command), out);
			out.println(machine.describe());
			if (!machine.isQuiet()) {
				setup.warn("OTHERS USE THIS MACHINE: load %.1f on %d processors, these figures are worth little",
						machine.load(), machine.processors());
			}
			return run(measurements, setup, new Results(this.directory, this.docs, machine));
		}
	}

	private static int run(List<Measurement> measurements, Setup setup, Results results) throws IOException {
		try {
			for (Measurement measurement : measurements) {
				setup.out().printf("%n== %s: %s%n", name(measurement), measurement.description());
				Report report = measurement.section().run(setup);
				report.tables().forEach((table) -> setup.out().printf("%n%s", table.toText()));
				report.notes().forEach(setup.out()::println);
				setup.out().flush();
				results.write(name(measurement), report);
			}
			return CommandLine.ExitCode.OK;
		}
		catch (IOException ex) {
			if (setup.workplace().isClosed()) {
				return STOPPED;
			}
			throw ex;
		}
	}

	private List<Measurement> measurements(CommandSpec command) {
		if (!this.only.isEmpty()) {
			return this.only.stream().map((name) -> named(name, command)).toList();
		}
		return Arrays.stream(Measurement.values()).filter((measurement) -> this.all || measurement.isQuick()).toList();
	}

	private static Measurement named(String name, CommandSpec command) {
		return Arrays.stream(Measurement.values())
			.filter((measurement) -> name(measurement).equals(name))
			.findFirst()
			.orElseThrow(
					() -> new ParameterException(command.commandLine(), "--only is %s; it must be of %s".formatted(name,
							Arrays.stream(Measurement.values()).map(Bench::name).collect(Collectors.joining(", ")))));
	}

	private static String name(Measurement measurement) {
		return measurement.name().toLowerCase(Locale.ROOT);
	}

	private List<Central> centrals() throws IOException {
		List<Central> centrals = new ArrayList<>();
		centrals.add(new Central("central", this.central, this.centralJvm, Dialects.named("lines").orElseThrow()));
		if (this.versus != null) {
			centrals.add(new Central(this.versusName, this.versus, this.versusJvm, centrals.getFirst().dialect()));
		}
		for (Central one : centrals) {
			one.requireJar();
		}
		return List.copyOf(centrals);
	}

	private Scale scale(CommandSpec command) {
		Scale scale = this.smoke ? Scale.SMOKE : this.all ? Scale.FULL : Scale.SHORT;
		Integer asked = this.rounds;
		if (asked == null) {
			return scale;
		}
		if (asked < 1) {
			throw new ParameterException(command.commandLine(),
					"--rounds is %d; it must be at least 1".formatted(asked));
		}
		return scale.withRounds(asked);
	}

	private CommandSpec spec() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli sets it before it calls");
		}
		return this.spec;
	}

}
