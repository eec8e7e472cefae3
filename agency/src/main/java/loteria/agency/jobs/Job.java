package loteria.agency.jobs;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.Mode;
import loteria.agency.settings.Settings;
import loteria.agency.terminal.Terminal;
import loteria.bet.BetRules;

/**
 * What a run of the program does.
 */
public sealed interface Job permits FileJob, SingleBetJob, EchoJob {

	ExitStatus run() throws Failure;

	/**
	 * The job that {@code settings} ask for.
	 */
	static Job of(Settings settings, BetRules rules, StopSwitch stop) {
		if (settings.mode() == Mode.ECHO) {
			return new EchoJob(settings, stop);
		}
		if (settings.singleBet() != null) {
			return new SingleBetJob(settings, settings.singleBet(), rules, stop);
		}
		return new FileJob(settings, rules, stop, Terminal.display(settings.id(), settings.file().toFile().length()));
	}

}
