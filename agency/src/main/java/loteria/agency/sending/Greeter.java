package loteria.agency.sending;

import java.io.IOException;

import loteria.agency.ending.Failure;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a connection by asking how many bets are stored, and takes those off the
 * backlog; finds out, the first time, whether that can be asked at all.
 */
final class Greeter {

	private static final Logger log = LoggerFactory.getLogger(Greeter.class);

	private final int agency;

	private final Central central;

	private final Patience patience;

	private final Backlog backlog;

	private final Tally tally;

	private Answer expected;

	private boolean hungUpBefore;

	private boolean allSent;

	/**
	 * @param greets whether the dialect has a greeting
	 */
	Greeter(int agency, Central central, Patience patience, Backlog backlog, Tally tally, boolean greets) {
		this.agency = agency;
		this.central = central;
		this.patience = patience;
		this.backlog = backlog;
		this.tally = tally;
		this.expected = greets ? Answer.UNKNOWN : Answer.NONE;
	}

	/** Whether the central has said how many bets are stored, and will again. */
	boolean isUnderstood() {
		return this.expected == Answer.STORED;
	}

	/** Whether there is no use in asking. */
	boolean isHopeless() {
		return this.expected == Answer.NONE;
	}

	/** From now on an answer is all that can be hoped for, as nothing is left to send. */
	void allSent() {
		this.allSent = true;
	}

	void greet() throws IOException, Failure {
		Reply reply = this.central.ask(new Request.Greeting(this.agency), Central.REPLY_LIMIT);
		switch (reply) {
			case Reply.Greeted(long stored, boolean closed) -> goOnFrom(stored, closed);
			case Reply.Refused(Refusal refusal) -> heed(refusal);
			case Reply.Stored _, Reply.Checked _, Reply.Winners _, Reply.NotReady _, Reply.Echoed _,
					Reply.Acknowledged _, Reply.Silence _ ->
				throw new IllegalStateException(reply + " to a greeting");
		}
	}

	private void goOnFrom(long stored, boolean closed) throws Failure {
		log.info("action: greeting | result: success | stored: {} | closed: {}", stored, closed);
		this.expected = Answer.STORED;
		long before = this.tally.durable();
		this.backlog.resume(stored);
		if (stored > before) {
			this.patience.progress();
		}
		else if (this.allSent) {
			this.patience.reached();
		}
		if (closed) {
			this.backlog.refuseMore();
		}
	}

	/**
	 * A central that understood before and now refuses is in trouble, and asked again
	 * later. So is, once, one that hangs up: it may be about to stop, and understand when
	 * it is back; bets that it has would then be sent twice.
	 */
	private void heed(Refusal refusal) throws IOException {
		boolean hungUp = this.central.hangsUp();
		if (this.expected == Answer.STORED || (hungUp && !this.hungUpBefore)) {
			this.hungUpBefore = true;
			this.central.close();
			throw new IOException("greeting refused, " + refusal);
		}
		this.expected = Answer.NONE;
		log.warn("action: greeting | result: fail | reason: the central does not know it"
				+ " | warning: one batch at a time, and no resuming after a lost connection");
	}

	/**
	 * What a greeting brings.
	 */
	private enum Answer {

		UNKNOWN, STORED, NONE

	}

}
