package loteria.central.tcp;

import java.time.Duration;
import java.util.OptionalInt;

import loteria.bet.InvalidBet;
import loteria.bet.Rows;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens on one connection, in the course's words, and counts it. Every line
 * names the agency as soon as the connection has said which it is.
 */
final class ListenerLog {

	private static final Logger log = LoggerFactory.getLogger(ListenerLog.class);

	private final String peer;

	private final ListenerMeters meters;

	private final LogContext context;

	/** 0 as long as it is not known. */
	private volatile int agency;

	/**
	 * @param peer address and port
	 */
	ListenerLog(String peer, ListenerMeters meters) {
		this.peer = peer;
		this.meters = meters;
		this.context = new LogContext(peer, meters.dialect());
	}

	/** See {@link LogContext#enter}. */
	LogContext.Scope enter() {
		return this.context.enter();
	}

	/** Takes note of whom the connection is. */
	void isOf(OptionalInt known) {
		known.ifPresent((value) -> this.agency = value);
	}

	void accepted() {
		this.meters.opened();
		log.info("action: accept_connections | result: success | {}", who());
	}

	/** A connection that nobody talks with. */
	void notAccepted(Limit limit, Refusal refusal) {
		this.meters.reached(limit);
		notAccepted(refusal);
	}

	void notAccepted(Refusal refusal) {
		this.meters.refused(refusal.reason());
		log.warn("action: accept_connections | result: fail | {} | reason: {}", who(), refusal);
	}

	/** Closed so that another peer could connect. */
	void madeRoom(Duration idle) {
		this.meters.reached(Limit.MADE_ROOM);
		log.info(
				"action: close_connection | result: success | {} | reason: idle for {}s without a bet, made room for another",
				who(), idle.toSeconds());
	}

	/** Its batches were held up. */
	void heldUp() {
		this.meters.reached(Limit.BATCH_RATE);
	}

	void closed() {
		this.meters.closed();
		log.debug("action: close_connection | result: success | {}", who());
	}

	void unsent(String error) {
		log.warn("action: send_message | result: fail | {} | error: {}", who(), error);
	}

	void notTaken(Duration limit) {
		this.meters.reached(Limit.ANSWER);
		refused(new Refusal(Reason.TOO_SLOW, "a reply that the peer did not take within " + limit.toSeconds() + "s"));
	}

	void tooSlow(Refusal refusal) {
		this.meters.reached(Limit.MESSAGE);
		refused(refusal);
	}

	void idle(Limit limit, Duration time) {
		this.meters.reached(limit);
		log.info("action: close_connection | result: success | {} | reason: idle for {}s", who(), time.toSeconds());
	}

	/** A refusal that belongs to no request: the connection broke off. */
	void refused(Refusal refusal) {
		this.meters.refused(refusal.reason());
		log.warn("action: receive_message | result: fail | {} | reason: {}", who(), refusal);
	}

	/** Something that the reply does not say, and goes without. */
	void leftOut(Refusal refusal) {
		this.meters.refused(refusal.reason());
		log.warn("action: consulta_ganadores | result: in_progress | {} | reason: {}", who(), refusal);
	}

	/** An agency has finished that had not before. */
	void finished(Request request) {
		log.info("action: agencia_finalizada | result: success | {}",
				(request instanceof Request.AwaitWinners(OptionalInt named) && named.isEmpty())
						? "agency: unnamed | " + where() : who(request));
	}

	/** Counts what became of a request; told apart from the log, which may come later. */
	void count(Request request, Reply reply) {
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			this.meters.refused(refusal.reason());
		}
		else if (request instanceof Request.StoreBets(Rows rows)) {
			this.meters.stored(rows.count());
		}
	}

	/** The batches of one burst were answered, this long after they were understood. */
	void answeredIn(long nanos) {
		this.meters.answered(nanos);
	}

	void answered(Request request, Reply reply) {
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			answered(request, refusal);
			return;
		}
		switch (request) {
			case Request.StoreBets(Rows rows) -> stored(request, rows);
			case Request.AwaitWinners _, Request.FindWinners _ -> winners(request, reply);
			case Request.Greeting _ ->
				log.info("action: saludo | result: success | {} | {}", who(request), describe(reply));
			case Request.Check _ ->
				log.info("action: comprobacion | result: success | {} | {}", who(request), describe(reply));
			case Request.Echo(String text) -> log.info("action: receive_message | result: success | ip: {} | msg: {}",
					this.peer, InvalidBet.printable(text.substring(text.indexOf('\n') + 1)));
			case Request.CloseAgency _, Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> {
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
		String action = switch (request) {
			case Request.StoreBets _ -> "apuesta_recibida";
			case Request.AwaitWinners _, Request.FindWinners _ -> "consulta_ganadores";
			case Request.CloseAgency _ -> "agencia_finalizada";
			case Request.Greeting _, Request.Check _, Request.Echo _, Request.Disconnect _, Request.Unacceptable _,
					Request.Garbage _ ->
				"receive_message";
		};
		log.warn("action: {} | result: fail | {} | reason: {}", action, who(request), refusal);
	}

	private void stored(Request request, Rows rows) {
		log.info("action: apuesta_recibida | result: success | cantidad: {} | {}", rows.count(), who(request));
		if (rows.count() == 1) {
			Rows.Single bet = rows.single();
			log.info("action: apuesta_almacenada | result: success | dni: {} | numero: {} | {}", bet.document(),
					bet.number(), who(request));
		}
	}

	private void winners(Request request, Reply reply) {
		if (reply instanceof Reply.Winners winners) {
			log.info("action: consulta_ganadores | result: success | cant_ganadores: {} | {}", winners.count(),
					who(request));
		}
		else {
			log.debug("action: consulta_ganadores | result: in_progress | {}", who(request));
		}
	}

	private String who() {
		return who(this.agency);
	}

	/** A connection that batches are read ahead on may have named another by now. */
	private String who(Request request) {
		return who(switch (request) {
			case Request.StoreBets(Rows rows) -> rows.agency();
			case Request.CloseAgency(int named) -> named;
			case Request.FindWinners(int named) -> named;
			case Request.Greeting(int named) -> named;
			case Request.Check(int named) -> named;
			case Request.AwaitWinners(OptionalInt named) -> named.orElse(0);
			case Request.Echo _, Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> this.agency;
		});
	}

	private String who(int named) {
		return (named == 0) ? where() : "agency: " + named + " | " + where();
	}

	private String where() {
		return "ip: " + this.peer + " | dialect: " + this.meters.dialect();
	}

}
