package loteria.agency.sending;

import java.io.IOException;

import loteria.agency.ending.Failure;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a connection by asking how many bets are stored, makes sure that they are the
 * first ones of the file, and takes them off the backlog.
 */
final class Greeter {

	private static final Logger log = LoggerFactory.getLogger(Greeter.class);

	private final Patience patience;

	private final Backlog backlog;

	private final Extension greeting;

	private final StoredCheck check;

	private boolean allSent;

	private boolean greeted;

	private boolean closed;

	private boolean closedBefore;

	/**
	 * @param greets whether the dialect has a greeting
	 */
	Greeter(int agency, Central central, Patience patience, Backlog backlog, boolean greets, StoredCheck check) {
		this.patience = patience;
		this.backlog = backlog;
		this.greeting = new Extension("greeting", new Request.Greeting(agency), central, greets);
		this.check = check;
	}

	/** Whether the central has said how many bets are stored, and will again. */
	boolean isUnderstood() {
		return this.greeting.isUnderstood();
	}

	/** Whether there is no use in asking. */
	boolean isHopeless() {
		return this.greeting.isHopeless();
	}

	/** Whether the central has said that the agency has finished. */
	boolean isClosed() {
		return this.closed;
	}

	/** Whether it had finished before this run. */
	boolean wasClosedBefore() {
		return this.closedBefore;
	}

	/** From now on an answer is all that can be hoped for, as nothing is left to send. */
	void allSent() {
		this.allSent = true;
	}

	/**
	 * Where another run of the same agency is sending too, what is stored grows between
	 * one question and the next: it begins again until both speak of the same bets.
	 */
	void greet() throws IOException, Failure {
		boolean inStep = false;
		while (!inStep) {
			Reply reply = this.greeting.ask();
			switch (reply) {
				case null -> {
					log.warn("action: greeting | result: fail | reason: the central refused it: it does not know the"
							+ " greeting, or does not expect this agency"
							+ " | warning: one batch at a time, and no resuming after a lost connection");
					return;
				}
				case Reply.Greeted(long stored, boolean finished) -> inStep = goOnFrom(stored, finished);
				case Reply.Refused _, Reply.Checked _, Reply.Stored _, Reply.Winners _, Reply.NotReady _,
						Reply.Echoed _, Reply.Acknowledged _, Reply.Silence _ ->
					throw new IllegalStateException(reply + " to a greeting");
			}
		}
	}

	/**
	 * @return whether the connection is ready for the next batch
	 */
	private boolean goOnFrom(long stored, boolean finished) throws IOException, Failure {
		log.info("action: greeting | result: success | stored: {} | closed: {}", stored, finished);
		if (this.backlog.resume(stored)) {
			this.patience.progress();
		}
		else if (this.allSent) {
			this.patience.reached();
		}
		if (this.backlog.hasClaims() && !this.check.accepts(stored)) {
			return false;
		}
		this.closed = finished;
		if (finished) {
			this.backlog.refuseMore();
			if (!this.greeted) {
				this.closedBefore = true;
				log.warn(
						"action: resume | result: in_progress | stored: {} | reason: this agency has finished before, so"
								+ " nothing is left to send; it asks for its winners, and waits if the draw is still to come",
						stored);
			}
		}
		this.greeted = true;
		return true;
	}

}
