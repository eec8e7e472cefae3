package loteria.local.certificates;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import loteria.local.certificates.Authority.Issued;
import loteria.local.certificates.Authority.Subject;
import loteria.process.FileProblem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command behind {@code make certs}.
 */
@Command(name = "make-certs", sortOptions = false, usageHelpWidth = 100,
		description = { "Makes a private authority (ca), a certificate of the central and one of each agency:",
				"<name>.pem, and <name>.key with its private key.",
				"What is there stays, and what is missing is made by the authority that is there." })
public final class MakeCertificates implements Callable<Integer> {

	private static final String CA = "ca";

	private static final String CENTRAL = "central";

	/** Clocks differ. */
	private static final Duration BEFORE = Duration.ofHours(1);

	private static final int YEARS_OF_AUTHORITY = 10;

	private static final int MAX_DAYS = 3650;

	private final Clock clock;

	@Option(names = "--agencies", paramLabel = "N", defaultValue = "5",
			description = "How many agencies, from 1 on. Default: ${DEFAULT-VALUE}")
	private int agencies;

	@Option(names = "--names", paramLabel = "HOST", split = ",",
			defaultValue = "localhost,127.0.0.1,::1,server,central",
			description = "Names and addresses by which agencies reach the central. Default: ${DEFAULT-VALUE}")
	private List<String> names = List.of();

	@Option(names = "--days", paramLabel = "N", defaultValue = "397",
			description = "How long certificates are valid; the authority is for ten years. Default: ${DEFAULT-VALUE}")
	private int days;

	@Option(names = "--directory", paramLabel = "DIR", defaultValue = "certs",
			description = "Where the files are. Default: ${DEFAULT-VALUE}")
	private Path directory = Path.of("certs");

	@Option(names = "--force",
			description = "Makes certificates anew that are there, by the same authority: a central that reloads them "
					+ "need not be restarted.")
	private boolean force;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Prints this.")
	private boolean help;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	MakeCertificates(Clock clock) {
		this.clock = clock;
	}

	public static void main(String[] arguments) {
		System.exit(commandLine(Clock.systemUTC()).execute(arguments));
	}

	static CommandLine commandLine(Clock clock) {
		return new CommandLine(new MakeCertificates(clock))
			.setExecutionExceptionHandler((exception, command, arguments) -> {
				String problem = switch (exception) {
					case IOException file -> FileProblem.withFile(file);
					case GeneralSecurityException security ->
						"ca.pem and ca.key do not make an authority: " + security.getMessage();
					default -> throw exception;
				};
				command.getErr().println("make-certs: " + problem);
				return command.getCommandSpec().exitCodeOnExecutionException();
			});
	}

	@Override
	public Integer call() throws IOException, GeneralSecurityException {
		check("--agencies", this.agencies, 1, Integer.MAX_VALUE);
		check("--days", this.days, 1, MAX_DAYS);
		Subject central = central();
		CertificateFiles files = new CertificateFiles(this.directory);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Authority authority = authority(files, now);
		int made = make(files, CENTRAL, central, authority, now);
		for (int agency = 1; agency <= this.agencies; agency++) {
			made += make(files, "agency-" + agency, Subject.agency(agency), authority, now);
		}
		if (made == 0) {
			this.spec.commandLine()
				.getErr()
				.println("make-certs: " + this.directory
						+ " has all of them; FORCE=1 (--force) makes them anew by the same authority");
			return CommandLine.ExitCode.SOFTWARE;
		}
		return CommandLine.ExitCode.OK;
	}

	private Subject central() {
		try {
			return Subject.server(CENTRAL, this.names);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(), "--names: " + ex.getMessage());
		}
	}

	private Authority authority(CertificateFiles files, Instant now) throws IOException, GeneralSecurityException {
		if (files.have(CA)) {
			return files.authority(CA);
		}
		Authority authority = Authority.create("lottery authority", now.minus(BEFORE),
				now.plus(Duration.ofDays(365L * YEARS_OF_AUTHORITY + 3)));
		write(files, CA, authority.own());
		return authority;
	}

	private int make(CertificateFiles files, String name, Subject subject, Authority authority, Instant now)
			throws IOException, GeneralSecurityException {
		if (files.have(name) && !this.force) {
			return 0;
		}
		write(files, name, authority.issue(subject, now.minus(BEFORE), now.plus(Duration.ofDays(this.days))));
		return 1;
	}

	private void write(CertificateFiles files, String name, Issued issued)
			throws IOException, GeneralSecurityException {
		files.write(name, issued);
		this.spec.commandLine().getOut().println(files.certificate(name) + "  " + issued);
	}

	private void check(String option, int value, int least, int most) {
		if (value < least || value > most) {
			throw new ParameterException(this.spec.commandLine(), option + " is " + value + "; it must be at least "
					+ least + ((most == Integer.MAX_VALUE) ? "" : " and at most " + most));
		}
	}

}
