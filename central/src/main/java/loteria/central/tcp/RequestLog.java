package loteria.central.tcp;

import java.util.OptionalInt;

import loteria.bet.InvalidBet;
import loteria.bet.Rows;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what became of the requests of one connection, in the course's words.
 */
final class RequestLog {

	private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

	private final LogSubject subject;

	RequestLog(LogSubject subject) {
		this.subject = subject;
	}

	/** An agency has finished that had not before. */
	void finished(Request request) {
		log.info("action: agencia_finalizada | result: success | {}",
				(request instanceof Request.AwaitWinners(OptionalInt named) && named.isEmpty()) ? this.subject.unnamed()
						: this.subject.who(request));
	}

	void answered(Request request, Reply reply) {
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			answered(request, refusal);
			return;
		}
		switch (request) {
			case Request.StoreBets(Rows rows) -> stored(request, rows);
			case Request.AwaitWinners _, Request.FindWinners _ -> winners(request, reply);
			case Request.Greeting _ -> tell("saludo", request, describe(reply));
			case Request.Check _ -> tell("comprobacion", request, describe(reply));
			case Request.Echo(String text) -> echoed(text.substring(text.indexOf('\n') + 1));
			case Request.CloseAgency _, Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> {
			}
		}
	}

	private void tell(String action, Request request, String what) {
		if (this.subject.succeeds(action)) {
			log.info("action: {} | result: success | {} | {}", action, this.subject.who(request), what);
		}
	}

	/** What a peer has said must not look like something that happened. */
	private void echoed(String message) {
		if (this.subject.succeeds("receive_message")) {
			log.info("action: receive_message | result: success | ip: {} | msg: {}", this.subject.peer(),
					InvalidBet.printable(message).replace("action:", "action¦"));
		}
	}

	private static String describe(Reply reply) {
		return switch (reply) {
			case Reply.Greeted(long stored, boolean closed) -> "stored: " + stored + " | closed: " + closed;
			case Reply.Checked(long stored, String sha256) -> "stored: " + stored + " | sha256: " + sha256;
			default -> reply.toString();
		};
	}

	private void answered(Request request, Refusal refusal) {
		String action = switch (request) {
			case Request.StoreBets _ -> "apuesta_recibida";
			case Request.AwaitWinners _, Request.FindWinners _ -> "consulta_ganadores";
			case Request.CloseAgency _ -> "agencia_finalizada";
			case Request.Greeting _, Request.Check _, Request.Echo _, Request.Disconnect _, Request.Unacceptable _,
					Request.Garbage _ ->
				"receive_message";
		};
		if (this.subject.fails(action, refusal.reason().tag())) {
			log.warn("action: {} | result: fail | {} | reason: {}", action, this.subject.who(request),
					LogSubject.discreet(refusal));
		}
	}

	private void stored(Request request, Rows rows) {
		if (!this.subject.stores(rows.agency(), rows.count())) {
			return;
		}
		log.info("action: apuesta_recibida | result: success | cantidad: {} | {}", rows.count(),
				this.subject.who(request));
		if (rows.count() == 1) {
			Rows.Single bet = rows.single();
			log.info("action: apuesta_almacenada | result: success | dni: {} | numero: {} | {}", bet.document(),
					bet.number(), this.subject.who(request));
		}
	}

	private void winners(Request request, Reply reply) {
		if (reply instanceof Reply.Winners winners) {
			if (this.subject.succeeds("consulta_ganadores")) {
				log.info("action: consulta_ganadores | result: success | cant_ganadores: {} | {}", winners.count(),
						this.subject.who(request));
			}
		}
		else {
			log.debug("action: consulta_ganadores | result: in_progress | {}", this.subject.who(request));
		}
	}

}
