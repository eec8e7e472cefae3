package loteria.central.tcp;

import java.time.Duration;

import loteria.bet.InvalidBet;
import loteria.bet.Rows;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens on one connection, in the course's words, and counts it.
 *
 * @param peer address and port
 */
record ListenerLog(String peer, ListenerMeters meters) {

	private static final Logger log = LoggerFactory.getLogger(ListenerLog.class);

	void accepted() {
		this.meters.opened();
		log.info("action: accept_connections | result: success | ip: {} | dialect: {}", this.peer, dialect());
	}

	void tooMany(int limit) {
		log.warn(
				"action: accept_connections | result: fail | ip: {} | dialect: {} | reason: {} connections are open, central.connections.max",
				this.peer, dialect(), limit);
	}

	void closed() {
		this.meters.closed();
		log.debug("action: close_connection | result: success | ip: {} | dialect: {}", this.peer, dialect());
	}

	void unsent(String error) {
		log.warn("action: send_message | result: fail | ip: {} | dialect: {} | error: {}", this.peer, dialect(), error);
	}

	void notTaken(Duration limit) {
		refused(new Refusal(Reason.TOO_SLOW,
				"a reply that the peer did not take within %ds".formatted(limit.toSeconds())));
	}

	void idle(Duration limit) {
		log.info("action: close_connection | result: success | ip: {} | dialect: {} | reason: idle for {}s", this.peer,
				dialect(), limit.toSeconds());
	}

	/** A refusal that belongs to no request: the connection broke off. */
	void refused(Refusal refusal) {
		this.meters.refused(refusal.reason());
		log.warn("action: receive_message | result: fail | ip: {} | dialect: {} | reason: {}", this.peer, dialect(),
				refusal);
	}

	void answered(Request request, Reply reply) {
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			answered(request, refusal);
			return;
		}
		switch (request) {
			case Request.StoreBets(Rows rows) -> stored(rows);
			case Request.AwaitWinners _ -> winners(reply);
			case Request.FindWinners _ -> winners(reply);
			case Request.CloseAgency(int agency) ->
				log.info("action: agencia_finalizada | result: success | agency: {} | ip: {} | dialect: {}", agency,
						this.peer, dialect());
			case Request.Greeting(int agency) ->
				log.info("action: saludo | result: success | agency: {} | ip: {} | dialect: {} | {}", agency, this.peer,
						dialect(), describe(reply));
			case Request.Check(int agency) ->
				log.info("action: comprobacion | result: success | agency: {} | ip: {} | dialect: {} | {}", agency,
						this.peer, dialect(), describe(reply));
			case Request.Echo(String text) -> log.info("action: receive_message | result: success | ip: {} | msg: {}",
					this.peer, InvalidBet.printable(text.substring(text.indexOf('\n') + 1)));
			case Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> {
			}
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
		this.meters.refused(refusal.reason());
		String action = switch (request) {
			case Request.StoreBets _ -> "apuesta_recibida";
			case Request.AwaitWinners _, Request.FindWinners _ -> "consulta_ganadores";
			case Request.CloseAgency _ -> "agencia_finalizada";
			case Request.Greeting _, Request.Check _, Request.Echo _, Request.Disconnect _, Request.Unacceptable _,
					Request.Garbage _ ->
				"receive_message";
		};
		log.warn("action: {} | result: fail | ip: {} | dialect: {} | reason: {}", action, this.peer, dialect(),
				refusal);
	}

	private void stored(Rows rows) {
		this.meters.stored(rows.count());
		log.info("action: apuesta_recibida | result: success | cantidad: {} | agency: {} | ip: {} | dialect: {}",
				rows.count(), rows.agency(), this.peer, dialect());
		if (rows.count() == 1) {
			Rows.Single bet = rows.single();
			log.info("action: apuesta_almacenada | result: success | dni: {} | numero: {}", bet.document(),
					bet.number());
		}
	}

	private void winners(Reply reply) {
		if (reply instanceof Reply.Winners winners) {
			log.info("action: consulta_ganadores | result: success | cant_ganadores: {} | ip: {} | dialect: {}",
					winners.count(), this.peer, dialect());
		}
		else {
			log.debug("action: consulta_ganadores | result: in_progress | ip: {} | dialect: {}", this.peer, dialect());
		}
	}

	private String dialect() {
		return this.meters.dialect();
	}

}
