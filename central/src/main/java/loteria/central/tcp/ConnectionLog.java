package loteria.central.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

import loteria.bet.InvalidBet;
import loteria.bet.InvalidBet.Field;
import loteria.bet.Rows;
import loteria.bet.Texts;
import loteria.central.tcp.LogRate.Kind;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.tls.TlsFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells what happens on one connection, in the course's words, and counts it. Every line
 * names the agency as soon as the connection has said which it is, and none says whose
 * bets they are: where a refusal quotes what the peer sent, the line has its outline. An
 * address that makes many lines is cut short by its {@link LogRate}.
 */
final class ConnectionLog {

	/** Fields that say of no person who it is. */
	private static final List<Field> OPEN_FIELDS = List.of(Field.AGENCY, Field.NUMBER);

	/** No document fits in what these fields should have. */
	private static final int OPEN_LENGTH = 6;

	private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);

	/** Address and port. */
	private final String peer;

	private final ListenerMeters meters;

	private final LogRate rate;

	private final Presence.Visit visit;

	/**
	 * What structured lines show besides, whichever class writes them: an id that no
	 * other connection of any central has, the peer, and the dialect.
	 */
	private final Map<String, String> fields;

	/** 0 as long as it is not known. */
	private volatile int agency;

	/**
	 * @param peer address and port
	 */
	ConnectionLog(String peer, ListenerMeters meters, LogRate rate, Presence.Visit visit) {
		this.peer = peer;
		this.meters = meters;
		this.rate = rate;
		this.visit = visit;
		String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
		this.fields = Map.of("connection", id, "peer", peer, "dialect", meters.dialect());
	}

	/** What this thread logs until the scope is closed is about this connection. */
	Scope enter() {
		Map<String, String> before = MDC.getCopyOfContextMap();
		MDC.setContextMap(this.fields);
		return new Scope(before);
	}

	/** Takes note of the agency that the connection speaks for. */
	void isOf(OptionalInt known) {
		known.ifPresent((value) -> this.agency = value);
	}

	void accepted() {
		this.meters.opened();
		if (succeeds("accept_connections")) {
			log.info("action: accept_connections | result: success | {}", who());
		}
	}

	/** A connection that is closed without a conversation. */
	void notAccepted(Limit limit, Refusal refusal) {
		this.meters.reached(limit);
		notAccepted(refusal);
	}

	void notAccepted(Refusal refusal) {
		refusedAs(refusal, 0);
		if (fails("accept_connections", refusal.reason().tag())) {
			log.warn("action: accept_connections | result: fail | {} | reason: {}", who(), refusal);
		}
	}

	/** Closed so that another peer could connect. */
	void madeRoom(Duration silence) {
		this.meters.reached(Limit.MADE_ROOM);
		if (succeeds("close_connection")) {
			log.info("action: close_connection | result: success | {} | reason: silent for {}ms, made room for another",
					who(), silence.toMillis());
		}
	}

	/** It has to wait. */
	void heldUp(Limit limit) {
		this.meters.reached(limit);
	}

	/** One line for each: the connection has not come about, and closes. */
	void noHandshake(TlsFailure.Kind kind, String reason) {
		this.meters.noHandshake(kind);
		if (fails("handshake", kind.name().toLowerCase(Locale.ROOT))) {
			// a certificate says of itself what its owner likes
			log.warn("action: handshake | result: fail | {} | reason: {}", who(), reason.replace('|', '¦'));
		}
	}

	/** The peer was gone before it could be told. */
	void left(IOException ex) {
		log.debug("action: close_connection | result: fail | {} | error: {}", who(), ex.getMessage());
	}

	void closed() {
		this.meters.closed();
		this.visit.left();
		log.debug("action: close_connection | result: success | {}", who());
	}

	void unsent(String error) {
		if (fails("send_message", "error")) {
			log.warn("action: send_message | result: fail | {} | error: {}", who(), error);
		}
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
		if (succeeds("close_connection")) {
			log.info("action: close_connection | result: success | {} | reason: idle for {}s", who(), time.toSeconds());
		}
	}

	/** A refusal that belongs to no request: the connection broke off. */
	void refused(Refusal refusal) {
		refusedAs(refusal, this.agency);
		if (fails("receive_message", refusal.reason().tag())) {
			log.warn("action: receive_message | result: fail | {} | reason: {}", who(), discreet(refusal));
		}
	}

	/** Something that the reply does not say, and goes without. */
	void leftOut(Refusal refusal) {
		this.meters.refused(refusal.reason());
		if (fails("consulta_ganadores", refusal.reason().tag())) {
			log.warn("action: consulta_ganadores | result: in_progress | {} | reason: {}", who(), discreet(refusal));
		}
	}

	/** Counts what became of a request; told apart from the log, which may come later. */
	void count(Request request, Reply reply) {
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			refusedAs(refusal, agency(request));
		}
		else if (request instanceof Request.StoreBets(Rows rows)) {
			this.meters.stored(rows.count());
		}
		else if (reply instanceof Reply.Winners) {
			this.visit.told();
		}
	}

	private void refusedAs(Refusal refusal, int agency) {
		this.meters.refused(refusal.reason());
		this.visit.refused(agency, refusal.reason());
	}

	/** What is asked may be asked for that agency: it is there. */
	void heard(Request request) {
		this.visit.heard(agency(request));
	}

	/** The batches of one burst were answered, this long after they were understood. */
	void answeredIn(long nanos) {
		this.meters.answered(nanos);
	}

	/** An agency has finished that had not before. */
	void finished(Request request) {
		log.info("action: agencia_finalizada | result: success | {}",
				(request instanceof Request.AwaitWinners(OptionalInt named) && named.isEmpty()) ? unnamed()
						: who(request));
	}

	/** Tells what became of a request. */
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
		if (succeeds(action)) {
			log.info("action: {} | result: success | {} | {}", action, who(request), what);
		}
	}

	/** What a peer has said must not look like something that happened. */
	private void echoed(String message) {
		if (succeeds("receive_message")) {
			log.info("action: receive_message | result: success | ip: {} | msg: {}", this.peer,
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
		if (fails(action, refusal.reason().tag())) {
			log.warn("action: {} | result: fail | {} | reason: {}", action, who(request), discreet(refusal));
		}
	}

	private void stored(Request request, Rows rows) {
		if (!this.rate.allowsStored(rows.agency(), rows.count())) {
			return;
		}
		log.info("action: apuesta_recibida | result: success | cantidad: {} | {}", rows.count(), who(request));
		if (rows.count() == 1) {
			Rows.Single bet = rows.single();
			log.info("action: apuesta_almacenada | result: success | dni: {} | numero: {} | {}", bet.document(),
					bet.number(), who(request));
		}
	}

	private void winners(Request request, Reply reply) {
		if (reply instanceof Reply.Winners winners) {
			if (succeeds("consulta_ganadores")) {
				log.info("action: consulta_ganadores | result: success | cant_ganadores: {} | {}", winners.count(),
						who(request));
			}
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
		return who(agency(request));
	}

	/** 0 where the request names none, and the connection has not. */
	private int agency(Request request) {
		return switch (request) {
			case Request.StoreBets(Rows rows) -> rows.agency();
			case Request.CloseAgency(int named) -> named;
			case Request.FindWinners(int named) -> named;
			case Request.Greeting(int named) -> named;
			case Request.Check(int named) -> named;
			case Request.AwaitWinners(OptionalInt named) -> named.orElse(0);
			case Request.Echo _, Request.Disconnect _, Request.Unacceptable _, Request.Garbage _ -> this.agency;
		};
	}

	/** An agency that has not said which it is. */
	private String unnamed() {
		return "agency: unnamed | " + where();
	}

	private String who(int named) {
		return (named == 0) ? where() : "agency: " + named + " | " + where();
	}

	private String where() {
		return "ip: " + this.peer + " | dialect: " + this.meters.dialect();
	}

	/** Whether one more line may be written of what went well. */
	private boolean succeeds(String action) {
		return this.rate.allows(new Kind(address(), action, false, "none"));
	}

	/** Whether one more line may be written of what went wrong. */
	private boolean fails(String action, String reason) {
		return this.rate.allows(new Kind(address(), action, true, reason));
	}

	private String address() {
		return this.peer.substring(0, Math.max(this.peer.lastIndexOf(':'), 0));
	}

	/**
	 * With the outline of what is quoted, unless that is the agency or the number of a
	 * bet. A peer that sends bets where no bets belong may have any text quoted.
	 */
	private static String discreet(Refusal refusal) {
		String text = refusal.toString();
		int from = text.indexOf('"') + 1;
		int end = text.lastIndexOf('"');
		if (from <= 0 || end <= from) {
			return text;
		}
		String quoted = text.substring(from, end);
		boolean isKnown = OPEN_FIELDS.stream()
			.anyMatch((field) -> text.startsWith(field + " ", from - field.toString().length() - 2))
				&& quoted.length() <= OPEN_LENGTH && quoted.chars().noneMatch(Character::isLetter);
		return isKnown ? text : text.substring(0, from) + Texts.outline(quoted) + text.substring(end);
	}

	/**
	 * @param before what the thread goes back to
	 */
	record Scope(@Nullable Map<String, String> before) implements AutoCloseable {

		@Override
		public void close() {
			if (this.before == null) {
				MDC.clear();
			}
			else {
				MDC.setContextMap(this.before);
			}
		}

	}

}
