package loteria.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.bench.section.Scale;
import loteria.bench.section.Section;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command behind {@code make bench} and {@code make bench-all}.
 */
@Command(name = "bench", sortOptions = false, usageHelpWidth = 110,
		description = {
				"Measures the central beside others that do the same: tables on the terminal, JSON in a directory.",
				"Everything it starts is gone when it ends, however that happens." })
public final class Bench implements Callable<Integer> {

	@Option(names = "--list", description = "Lists the measurements.")
	private boolean list;

	@Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these measurements.")
	private List<String> only = List.of();

	@Option(names = "--all", description = "All measurements, in full: half an hour, twice that with --versus.")
	private boolean all;

	@Option(names = "--smoke",
			description = "So little of everything that the figures are worth nothing: to see that " + "it works.")
	private boolean smoke;

	@Option(names = "--docs", paramLabel = "DIR",
			description = "Writes tables and pictures into performance.md there, too.")
	private @Nullable Path docs;

	@Mixin
	private Common common = new Common();

	@Spec
	private @Nullable CommandSpec spec;

	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return Common.commandLine(new Bench());
	}

	@Override
	public Integer call() throws IOException {
		if (this.spec == null) {
			throw new IllegalStateException("picocli sets it before it calls");
		}
		CommandLine line = this.spec.commandLine();
		if (this.list) {
			print(line.getOut());
			return CommandLine.ExitCode.OK;
		}
		Map<String, Section> sections = new LinkedHashMap<>();
		measurements(line).forEach((measurement) -> sections.put(measurement.toString(), measurement.section()));
		Scale scale = this.smoke ? Scale.SMOKE : this.all ? Scale.FULL : Scale.SHORT;
		return this.common.run(line, sections, scale, this.docs);
	}

	private static void print(PrintWriter out) {
		for (Measurement measurement : Measurement.values()) {
			out.printf(Locale.ROOT, "%-12s %s%s%n", measurement, measurement.description(),
					measurement.isQuick() ? "" : " (not in the short form)");
		}
	}

	private List<Measurement> measurements(CommandLine line) {
		if (this.only.isEmpty()) {
			return Stream.of(Measurement.values()).filter((measurement) -> this.all || measurement.isQuick()).toList();
		}
		List<Measurement> measurements = new ArrayList<>();
		for (String name : this.only) {
			measurements.add(Stream.of(Measurement.values())
				.filter((measurement) -> measurement.toString().equals(name))
				.findFirst()
				.orElseThrow(() -> new ParameterException(line,
						String.format(Locale.ROOT, "--only is %s; it must be of %s", name,
								Stream.of(Measurement.values())
									.map(Measurement::toString)
									.collect(Collectors.joining(", "))))));
		}
		return measurements;
	}

}
