package loteria.agency;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.agency.jobs.Job;
import loteria.agency.settings.ConfigFile;
import loteria.agency.settings.Interpreter;
import loteria.agency.settings.Settings;
import loteria.agency.settings.SettingsReader;
import loteria.bet.BetRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Does what the settings ask for, and keeps the exit code. A failure is one line in the
 * log; anything that throws here besides is a mistake in this program.
 */
final class AgencyRunner implements CommandLineRunner, ExitCodeGenerator {

	private static final Logger log = LoggerFactory.getLogger(AgencyRunner.class);

	private static final String LOGGERS = "loteria";

	private final ApplicationArguments arguments;

	private final ConfigurableEnvironment environment;

	private final ConfigFile configFile;

	private final Interpreter interpreter;

	private final LoggingSystem logging;

	private final BetRules rules;

	private final StopSwitch stop;

	private ExitStatus status = ExitStatus.UNUSABLE;

	AgencyRunner(ApplicationArguments arguments, ConfigurableEnvironment environment, ConfigFile configFile,
			Interpreter interpreter, LoggingSystem logging, BetRules rules, StopSwitch stop) {
		this.arguments = arguments;
		this.environment = environment;
		this.configFile = configFile;
		this.interpreter = interpreter;
		this.logging = logging;
		this.rules = rules;
		this.stop = stop;
	}

	@Override
	public void run(String... args) {
		try {
			this.stop.check();
			this.status = work();
		}
		catch (StoppedException ex) {
			this.status = ExitStatus.DONE;
		}
		catch (Failure ex) {
			log.error(ex.getMessage());
			this.status = ex.status();
			if (this.status == ExitStatus.UNUSABLE) {
				// nothing was begun, and the one line says all
				return;
			}
		}
		if (this.stop.isStopped()) {
			log.info("action: sigterm_received | result: success | signal: {}", this.stop.cause());
		}
		if (this.status.isSuccess()) {
			log.info("action: exit | result: success");
		}
		else {
			log.info("action: exit | result: fail | code: {}", this.status.code());
		}
	}

	private ExitStatus work() throws Failure {
		Settings settings = SettingsReader.read(this.arguments, this.environment, this.configFile, this.interpreter);
		this.logging.setLogLevel(LOGGERS, settings.logLevel());
		log.info("action: config | result: success | {}", settings);
		return Job.of(settings, this.rules, this.stop).run();
	}

	@Override
	public int getExitCode() {
		return this.status.code();
	}

}
