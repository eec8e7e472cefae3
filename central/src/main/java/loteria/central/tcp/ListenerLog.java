package loteria.central.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

import loteria.bet.Rows;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.tls.TlsFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens on one connection, in the course's words, and counts it. Lines of
 * its requests are those of {@link RequestLog}.
 */
final class ListenerLog {

	private static final Logger log = LoggerFactory.getLogger(ListenerLog.class);

	private final ListenerMeters meters;

	private final LogContext context;

	private final LogSubject subject;

	private final RequestLog requests;

	private final Presence.Visit visit;

	/**
	 * @param peer address and port
	 */
	ListenerLog(String peer, ListenerMeters meters, LogRate rate, Presence.Visit visit) {
		this.meters = meters;
		this.context = new LogContext(peer, meters.dialect());
		this.subject = new LogSubject(peer, meters.dialect(), rate);
		this.requests = new RequestLog(this.subject);
		this.visit = visit;
	}

	/** See {@link LogContext#enter}. */
	LogContext.Scope enter() {
		return this.context.enter();
	}

	/** Takes note of whom the connection is. */
	void isOf(OptionalInt known) {
		this.subject.isOf(known);
	}

	void accepted() {
		this.meters.opened();
		if (this.subject.succeeds("accept_connections")) {
			log.info("action: accept_connections | result: success | {}", this.subject.who());
		}
	}

	/** A connection that nobody talks with. */
	void notAccepted(Limit limit, Refusal refusal) {
		this.meters.reached(limit);
		notAccepted(refusal);
	}

	void notAccepted(Refusal refusal) {
		refusedAs(refusal, 0);
		if (this.subject.fails("accept_connections", refusal.reason().tag())) {
			log.warn("action: accept_connections | result: fail | {} | reason: {}", this.subject.who(), refusal);
		}
	}

	/** Closed so that another peer could connect. */
	void madeRoom(Duration silence) {
		this.meters.reached(Limit.MADE_ROOM);
		if (this.subject.succeeds("close_connection")) {
			log.info("action: close_connection | result: success | {} | reason: silent for {}ms, made room for another",
					this.subject.who(), silence.toMillis());
		}
	}

	/** It has to wait. */
	void heldUp(Limit limit) {
		this.meters.reached(limit);
	}

	/** One line for each: the connection has not come about, and closes. */
	void noHandshake(TlsFailure.Kind kind, String reason) {
		this.meters.noHandshake(kind);
		if (this.subject.fails("handshake", kind.name().toLowerCase(Locale.ROOT))) {
			// a certificate says of itself what its owner likes
			log.warn("action: handshake | result: fail | {} | reason: {}", this.subject.who(),
					reason.replace('|', '¦'));
		}
	}

	/** Nobody is there any more to be told something. */
	void left(IOException ex) {
		log.debug("action: close_connection | result: fail | {} | error: {}", this.subject.who(), ex.getMessage());
	}

	void closed() {
		this.meters.closed();
		this.visit.left();
		log.debug("action: close_connection | result: success | {}", this.subject.who());
	}

	void unsent(String error) {
		if (this.subject.fails("send_message", "error")) {
			log.warn("action: send_message | result: fail | {} | error: {}", this.subject.who(), error);
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
		if (this.subject.succeeds("close_connection")) {
			log.info("action: close_connection | result: success | {} | reason: idle for {}s", this.subject.who(),
					time.toSeconds());
		}
	}

	/** A refusal that belongs to no request: the connection broke off. */
	void refused(Refusal refusal) {
		refusedAs(refusal, this.subject.agency());
		if (this.subject.fails("receive_message", refusal.reason().tag())) {
			log.warn("action: receive_message | result: fail | {} | reason: {}", this.subject.who(),
					LogSubject.discreet(refusal));
		}
	}

	/** Something that the reply does not say, and goes without. */
	void leftOut(Refusal refusal) {
		this.meters.refused(refusal.reason());
		if (this.subject.fails("consulta_ganadores", refusal.reason().tag())) {
			log.warn("action: consulta_ganadores | result: in_progress | {} | reason: {}", this.subject.who(),
					LogSubject.discreet(refusal));
		}
	}

	/** Counts what became of a request; told apart from the log, which may come later. */
	void count(Request request, Reply reply) {
		if (reply instanceof Reply.Refused(Refusal refusal)) {
			refusedAs(refusal, this.subject.agency(request));
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
		this.visit.heard(this.subject.agency(request));
	}

	/** The batches of one burst were answered, this long after they were understood. */
	void answeredIn(long nanos) {
		this.meters.answered(nanos);
	}

	/** See {@link RequestLog#answered}. */
	void answered(Request request, Reply reply) {
		this.requests.answered(request, reply);
	}

	/** See {@link RequestLog#finished}. */
	void finished(Request request) {
		this.requests.finished(request);
	}

}
