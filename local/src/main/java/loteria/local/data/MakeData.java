package loteria.local.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import loteria.process.FileProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command behind {@code make data}.
 */
@Command(name = "make-data", sortOptions = false, usageHelpWidth = 100,
		description = { "Writes agency-<n>.csv, one bet a row: firstName,lastName,document,birthdate,number.",
				"Unpacks dataset.zip if the directory has one, else invents bets: the same bytes for the same options.",
				"Files that it did not make itself (made.sha256 remembers which it did) stop it." })
public final class MakeData implements Callable<Integer> {

	private static final String ARCHIVE = "dataset.zip";

	@Option(names = "--agencies", paramLabel = "N", defaultValue = "5",
			description = "How many agencies. Default: ${DEFAULT-VALUE}")
	private int agencies;

	@Option(names = "--bets", paramLabel = "N", split = ",", defaultValue = "1900,1800,1100,650,70",
			description = "Bets of an agency: one number for all, or one for each with commas between them, "
					+ "begun again where there are more agencies. Default: ${DEFAULT-VALUE}")
	private List<Integer> bets = List.of();

	@Option(names = "--seed", paramLabel = "N", defaultValue = "7574",
			description = "Another seed makes other people. Default: ${DEFAULT-VALUE}")
	private long seed;

	@Option(names = "--directory", paramLabel = "DIR", defaultValue = ".data",
			description = "Where the files are. Default: ${DEFAULT-VALUE}")
	private Path directory = Path.of(".data");

	@Option(names = "--force",
			description = "Removes and overwrites agency-<n>.csv that were not made by this command, too.")
	private boolean force;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Prints this.")
	private boolean help;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new MakeData()).setExecutionExceptionHandler((exception, command, arguments) -> {
			if (!(exception instanceof IOException problem)) {
				throw exception;
			}
			command.getErr().println("make-data: " + FileProblem.withFile(problem));
			return command.getCommandSpec().exitCodeOnExecutionException();
		});
	}

	@Override
	public Integer call() throws IOException {
		check("--agencies", this.agencies, 1);
		this.bets.forEach((count) -> check("--bets", count, 0));
		DataSet set = new DataSet(this.directory, this.force,
				(warning) -> this.spec.commandLine().getErr().println("make-data: " + warning));
		Path archive = this.directory.resolve(ARCHIVE);
		boolean unpack = Files.exists(archive);
		List<Path> files = unpack ? set.unpack(archive) : set.generate(this.agencies, this.bets, this.seed);
		PrintWriter out = this.spec.commandLine().getOut();
		for (Path file : files) {
			out.printf(Locale.ROOT, "%s  %,d bytes%n", file, Files.size(file));
		}
		out.println(unpack ? "unpacked from " + archive : "invented, seed " + this.seed);
		return CommandLine.ExitCode.OK;
	}

	private void check(String option, int value, int least) {
		if (value < least) {
			throw new ParameterException(this.spec.commandLine(),
					option + " is " + value + "; it must be at least " + least);
		}
	}

}
