package loteria.agency.jobs;

import java.io.IOException;
import java.util.List;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.agency.file.BetCheck;
import loteria.agency.sending.Likely;
import loteria.agency.settings.Settings;
import loteria.agency.settings.SingleBet;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.agency.tcp.WrongPeerException;
import loteria.bet.Bet;
import loteria.bet.BetRules;
import loteria.bet.CheckedBet;
import loteria.bet.InvalidBet;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the one bet of the environment. The agency has not finished with it: another run
 * may send the next.
 */
final class SingleBetJob implements Job {

	private static final Logger log = LoggerFactory.getLogger(SingleBetJob.class);

	private final Settings settings;

	private final SingleBet given;

	private final BetRules rules;

	private final StopSwitch stop;

	SingleBetJob(Settings settings, SingleBet given, BetRules rules, StopSwitch stop) {
		this.settings = settings;
		this.given = given;
		this.rules = rules;
		this.stop = stop;
	}

	@Override
	public ExitStatus run() throws Failure {
		Bet bet = bet();
		Patience patience = new Patience(this.settings.reconnectLimit(), this.stop);
		try (Central central = new Central(this.settings, this::codec, true, patience, this.stop)) {
			central.connect();
			this.stop.underWay(describe(bet));
			Reply reply = central.ask(new ClientRequest.StoreBets(bet.agency(), List.of(bet)), Central.REPLY_LIMIT);
			this.stop.underWay(null);
			if (reply instanceof Reply.Refused(Refusal refusal)) {
				throw failure(bet, Likely.reason(refusal, bet.agency()));
			}
			log.info("action: apuesta_enviada | result: success | {}", describe(bet));
			central.leave();
			return ExitStatus.DONE;
		}
		catch (WrongPeerException ex) {
			throw failure(bet, String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			throw inDoubt(bet, String.valueOf(ex.getMessage()));
		}
		catch (StoppedException ex) {
			if (this.stop.underWay() == null) {
				throw ex;
			}
			throw inDoubt(bet, "stopped by " + ex.getMessage() + " before the answer");
		}
	}

	private static Failure inDoubt(Bet bet, String reason) {
		return failure(bet, reason + " | warning: the answer is lost, and the bet in doubt, stored or not");
	}

	/** A batch of this one bet is a full one, so that nothing takes it for the last. */
	private ClientCodec codec() {
		return this.settings.dialect().client(this.settings.id(), 1).orElseThrow();
	}

	private Bet bet() throws Failure {
		CheckedBet checked = new BetCheck(this.settings.id(), this.rules, codec()).check(this.given.firstName(),
				this.given.lastName(), this.given.document(), this.given.birthdate(), this.given.number());
		return switch (checked) {
			case Bet bet -> bet;
			case InvalidBet invalid -> throw this.given.refused(invalid);
		};
	}

	private static Failure failure(Bet bet, String reason) {
		return Failure.ofCentral("apuesta_enviada", describe(bet) + " | reason: " + reason);
	}

	/** As {@code key: value} pairs for the log. */
	private static String describe(Bet bet) {
		return "dni: " + bet.document() + " | numero: " + bet.number();
	}

}
