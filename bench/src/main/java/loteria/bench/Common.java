package loteria.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import loteria.bench.load.Bets;
import loteria.bench.report.Report;
import loteria.bench.section.Scale;
import loteria.bench.section.Section;
import loteria.bench.section.Setup;
import loteria.bench.subject.Central;
import loteria.bench.subject.Workplace;
import loteria.protocol.Dialects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * What all commands here take, and how they go about their sections.
 */
final class Common {

	private static final int UNUSABLE = 2;

	/** As for SIGINT. */
	private static final int STOPPED = 130;

	/** The course's data beside the repository, where it is there. */
	private static final Path REAL_DATA = Path.of("../shared/dataset");

	private static final Path GENERATED_DATA = Path.of(".data");

	@Option(names = "--central", paramLabel = "JAR", defaultValue = "central/target/central.jar",
			description = "The central. Default: ${DEFAULT-VALUE}")
	private Path central = Path.of("central.jar");

	@Option(names = "--central-jvm", paramLabel = "OPTION",
			description = "An option of Java for it; repeatable. Default: those that the images and make run have.")
	private List<String> centralJvm = Central.AS_IT_COMES;

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

	@Option(names = "--trained", paramLabel = "DIR", defaultValue = "target/programs",
			description = "Both programs as make build leaves them to start faster, for their starts alone. "
					+ "Default: ${DEFAULT-VALUE}")
	private Path trained = Path.of("programs");

	@Option(names = "--data", paramLabel = "DIR",
			description = "Where agency-<n>.csv are. Default: ../shared/dataset if it is there, else .data")
	private @Nullable Path data;

	@Option(names = "--rounds", paramLabel = "N",
			description = "How often everything is measured; tables have the middle one. Default: 1, with --all 3")
	private @Nullable Integer rounds;

	@Option(names = "--directory", paramLabel = "DIR", defaultValue = "target/bench",
			description = "Where everybody writes, the JSON too: on the disk that is meant. Default: ${DEFAULT-VALUE}")
	private Path directory = Path.of("target/bench");

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Prints this.")
	private boolean help;

	static CommandLine commandLine(Object command) {
		return new CommandLine(command).setExecutionExceptionHandler((exception, line, arguments) -> {
			if (!(exception instanceof IOException)) {
				throw exception;
			}
			line.getErr().printf(Locale.ROOT, "%s: %s%n", line.getCommandName(), reason(exception));
			return (exception instanceof NoSuchFileException) ? UNUSABLE
					: line.getCommandSpec().exitCodeOnExecutionException();
		});
	}

	private static String reason(Exception exception) {
		return (exception.getMessage() == null) ? exception.toString() : exception.getMessage();
	}

	/**
	 * Runs sections and shows what they found.
	 * @param sections by their names
	 * @param docs where {@code performance.md} is, if it is to be written
	 */
	int run(CommandLine line, Map<String, Section> sections, Scale scale, @Nullable Path docs) throws IOException {
		PrintWriter out = line.getOut();
		List<Central> centrals = centrals();
		Path from = (this.data != null) ? this.data : Files.isDirectory(REAL_DATA) ? REAL_DATA : GENERATED_DATA;
		Bets bets = new Bets(from);
		Scale scaled = scaled(line, scale);
		try (Workplace workplace = Workplace.open(this.directory)) {
			Machine machine = Machine.here(workplace);
			Setup setup = new Setup(workplace, from, bets, centrals, this.agency, this.agencyJvm, this.trained, scaled,
					out);
			out.println(machine.describe());
			if (!machine.isQuiet()) {
				setup.warn("OTHERS USE THIS MACHINE: load %.1f on %d processors, these figures are worth little",
						machine.load(), machine.processors());
			}
			return run(sections, setup, new Results(this.directory, docs, machine));
		}
	}

	private static int run(Map<String, Section> sections, Setup setup, Results results) throws IOException {
		try {
			for (Map.Entry<String, Section> section : sections.entrySet()) {
				setup.out().printf(Locale.ROOT, "%n== %s%n", section.getKey());
				Report report = section.getValue().run(setup);
				report.tables().forEach((table) -> setup.out().printf(Locale.ROOT, "%n%s", table.toText()));
				report.notes().forEach(setup.out()::println);
				setup.out().flush();
				results.write(section.getKey(), report);
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

	private Scale scaled(CommandLine line, Scale scale) {
		Integer asked = this.rounds;
		if (asked == null) {
			return scale;
		}
		if (asked < 1) {
			throw new ParameterException(line,
					String.format(Locale.ROOT, "--rounds is %d; it must be at least 1", asked));
		}
		return scale.withRounds(asked);
	}

}
