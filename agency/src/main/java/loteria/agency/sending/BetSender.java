package loteria.agency.sending;

import java.io.IOException;
import java.util.Locale;

import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.agency.tcp.WrongPeerException;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends all bets. Where the central knows the greeting, a lost connection costs nothing:
 * the next one begins with how many bets are stored, and several batches may be under
 * way. Elsewhere nobody can say whether a batch whose answer was lost is stored: sending
 * it again might store it twice, leaving it out might lose it, so the run ends there.
 */
public final class BetSender {

	private static final Logger log = LoggerFactory.getLogger(BetSender.class);

	private static final String TWICE = "all before it is stored, and would be stored twice if this file were sent again";

	private final int agency;

	private final Central central;

	private final Patience patience;

	private final Backlog backlog;

	private final Tally tally;

	private final Greeter greeter;

	private final StoredCheck check;

	private final int greetedWindow;

	/** How many bets were stored when a batch was last refused. */
	private long refusedAt = -1;

	/**
	 * @param greets whether the dialect has a greeting
	 * @param window how many batches may be under way where the central knows it
	 */
	public BetSender(int agency, Central central, Patience patience, BatchSource source, Tally tally, StopSwitch stop,
			boolean greets, int window) {
		this.agency = agency;
		this.central = central;
		this.patience = patience;
		this.backlog = new Backlog(source, tally, stop);
		this.tally = tally;
		this.check = new StoredCheck(agency, central, this.backlog, patience, greets);
		this.greeter = new Greeter(agency, central, patience, this.backlog, greets, this.check);
		this.greetedWindow = window;
	}

	/** Whether a lost connection can be made up for. */
	public boolean resumes() {
		return this.greeter.isUnderstood();
	}

	/** Whether the central has said that the agency has finished. */
	public boolean isClosed() {
		return this.greeter.isClosed();
	}

	/** Whether the agency had finished before this run, which then sent nothing. */
	public boolean wasClosedBefore() {
		return this.greeter.wasClosedBefore();
	}

	/** Compares what was drawn over with what was sent, once the winners are known. */
	public DrawnOver afterDraw() {
		return resumes() ? this.check.afterDraw() : DrawnOver.NOT_AVAILABLE;
	}

	/**
	 * Returns when every bet that can be sent is stored. May be called again after a
	 * connection was lost.
	 */
	public void send() throws Failure {
		try {
			sendUntilStored();
			this.greeter.allSent();
			this.tally.allSent();
		}
		catch (StoppedException ex) {
			if (this.backlog.underWay() > 0) {
				throw unanswered("stopped by " + ex.getMessage() + " before the answer");
			}
			throw ex;
		}
	}

	private void sendUntilStored() throws Failure {
		while (true) {
			try {
				if (!this.greeter.isHopeless()) {
					this.greeter.greet();
				}
				sendAll();
				return;
			}
			catch (IOException ex) {
				boolean nothingStored = ex instanceof WrongPeerException && this.tally.durable() == 0;
				if (this.greeter.isHopeless() && this.backlog.underWay() > 0 && !nothingStored) {
					throw unanswered(String.valueOf(ex.getMessage()));
				}
				this.patience.pause(ex);
			}
		}
	}

	/** The failure of a run that ends with batches under way. */
	private Failure unanswered(String reason) {
		return Failure.ofCentral("apuesta_enviada", String.format(Locale.ROOT, "%s | reason: %s | warning: %s",
				this.backlog.span(), reason, consequence()));
	}

	private String consequence() {
		if (resumes()) {
			return "these bets are in doubt, stored or not | hint: start again with this file, and it goes on from what"
					+ " is stored";
		}
		if (!this.central.isUnderstood()) {
			return "the central has acknowledged nothing; if port and dialect are right, this batch is in doubt, stored"
					+ " or not";
		}
		return "the answer is lost and this last batch in doubt, stored or not"
				+ ((this.tally.durable() == 0) ? "" : "; " + TWICE);
	}

	private void sendAll() throws IOException, Failure {
		int window = resumes() ? this.greetedWindow : 1;
		while (fill(window)) {
			Reply reply = this.central.receive(this.backlog.oldest().request(), Central.REPLY_LIMIT);
			while (reply != null) {
				heed(reply);
				reply = (this.backlog.underWay() > 0) ? this.central.poll(this.backlog.oldest().request()) : null;
			}
		}
	}

	/**
	 * Sends until the window is full or nothing is left to send.
	 * @return whether a reply is owed
	 */
	private boolean fill(int window) throws IOException, Failure {
		while (this.backlog.underWay() < window) {
			if (!this.backlog.hasNext()) {
				break;
			}
			// nothing is under way before there is a connection
			this.central.connect();
			Batch batch = this.backlog.next();
			log.debug("action: apuesta_enviada | result: in_progress | {}", batch);
			this.central.send(batch.request());
			this.tally.sent();
		}
		return this.backlog.underWay() > 0;
	}

	private void heed(Reply reply) throws IOException, Failure {
		switch (reply) {
			case Reply.Stored _ -> {
				this.backlog.stored();
				this.patience.progress();
			}
			case Reply.Refused(Refusal refusal) -> refused(refusal);
			case Reply.Greeted _, Reply.Checked _, Reply.Winners _, Reply.NotReady _, Reply.Echoed _,
					Reply.Acknowledged _, Reply.Silence _ ->
				throw new IllegalStateException(reply + " to a batch");
		}
	}

	/**
	 * After a refused batch the central takes no further one of this connection until it
	 * has greeted again. The reason may be gone by then: a full disk, or bets that came
	 * in between from another run for the same agency, or from a connection of this one
	 * that was believed lost. A second refusal at the same place ends the run.
	 */
	private void refused(Refusal refusal) throws IOException, Failure {
		Batch refused = this.backlog.oldest();
		long behind = resumes() ? storedBehind(refused) : 0;
		if (behind > 0) {
			throw Failure.ofCentral("apuesta_enviada",
					String.format(Locale.ROOT,
							"%s | reason: %s | warning: %d bets behind it are stored, so this file can NOT be resumed",
							refused, refusal, behind));
		}
		if (!resumes() || this.refusedAt == this.tally.durable()) {
			throw Failure.ofCentral("apuesta_enviada",
					String.format(Locale.ROOT, "%s | reason: %s%s", refused,
							(this.tally.durable() == 0 && !resumes()) ? Likely.reason(refusal, this.agency) : refusal,
							(resumes() || this.tally.durable() == 0) ? "" : " | warning: " + TWICE));
		}
		log.warn("action: apuesta_enviada | result: in_progress | {} | reason: {}, asking how many bets are stored",
				refused, refusal);
		this.refusedAt = this.tally.durable();
		this.greeter.greet();
	}

	/**
	 * Hears what became of the batches that were under way when one before them was
	 * refused: a central that stores one of those leaves a gap in what it has of the
	 * file.
	 */
	private long storedBehind(Batch refused) throws IOException, Failure {
		long stored = 0;
		for (Batch batch : this.backlog.allUnderWay()) {
			if (batch != refused
					&& this.central.receive(batch.request(), Central.REPLY_LIMIT) instanceof Reply.Stored) {
				stored += batch.size();
			}
		}
		return stored;
	}

}
