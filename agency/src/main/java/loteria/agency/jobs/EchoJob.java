package loteria.agency.jobs;

import java.io.IOException;
import java.util.Locale;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.Settings;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.bet.InvalidBet;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the central says again what it is told, as often as the settings say. A
 * message whose echo was lost with the connection is sent again.
 */
final class EchoJob implements Job {

	private static final Logger log = LoggerFactory.getLogger(EchoJob.class);

	private final Settings settings;

	private final StopSwitch stop;

	EchoJob(Settings settings, StopSwitch stop) {
		this.settings = settings;
		this.stop = stop;
	}

	@Override
	public ExitStatus run() throws Failure {
		Patience patience = new Patience(this.settings.reconnectLimit(), this.stop);
		try (Central central = new Central(this.settings,
				() -> this.settings.dialect().client(this.settings.id(), 1).orElseThrow(), true, patience, this.stop)) {
			for (int i = 1; i <= this.settings.loopAmount(); i++) {
				if (i > 1) {
					this.stop.sleep(this.settings.loopPeriod());
				}
				check("[CLIENT " + this.settings.id() + "] Message N°" + i, central, patience);
			}
			central.leave();
		}
		log.info("action: loop_finished | result: success | client_id: {}", this.settings.id());
		return ExitStatus.DONE;
	}

	private void check(String message, Central central, Patience patience) throws Failure {
		while (true) {
			try {
				Reply reply = central.ask(new Request.Echo(message), Central.REPLY_LIMIT);
				if (!(reply instanceof Reply.Echoed(String text)) || !text.equals(message)) {
					throw Failure.ofCentral("receive_message",
							String.format(Locale.ROOT, "client_id: %d | msg: %s | reason: got %s", this.settings.id(),
									message, InvalidBet.printable(said(reply))));
				}
				log.info("action: receive_message | result: success | client_id: {} | msg: {}", this.settings.id(),
						text);
				patience.progress();
				return;
			}
			catch (IOException ex) {
				patience.pause(ex);
			}
		}
	}

	private static String said(Reply reply) {
		return (reply instanceof Reply.Echoed(String text)) ? text : reply.toString();
	}

}
