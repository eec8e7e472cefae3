package loteria.agency.sending;

import java.io.IOException;
import java.util.Locale;

import loteria.agency.ending.Failure;
import loteria.agency.tcp.Central;
import loteria.agency.tcp.Patience;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the central has stored for this agency with the bets of the file, bet for
 * bet: before some of them are left out as stored, and when all have been drawn over.
 */
final class StoredCheck {

	private static final Logger log = LoggerFactory.getLogger(StoredCheck.class);

	private final Extension question;

	private final Backlog backlog;

	private final Patience patience;

	/**
	 * @param inDialect whether the dialect has a word for it
	 */
	StoredCheck(int agency, Central central, Backlog backlog, Patience patience, boolean inDialect) {
		this.question = new Extension("check", new Request.Check(agency), central, inDialect);
		this.backlog = backlog;
		this.patience = patience;
	}

	/**
	 * Makes sure that the bets claimed to be stored are the first ones of the file, as
	 * far as the central can tell.
	 * @param greeted how many they were a moment ago
	 * @return false if the central is to be greeted again: it does not know the question
	 * and after a refusal takes no batch, or has more bets by now
	 * @throws Failure if they are others
	 */
	boolean accepts(long greeted) throws IOException, Failure {
		if (this.question.isHopeless()) {
			this.backlog.acceptClaims();
			return true;
		}
		Reply reply = this.question.ask();
		if (reply == null) {
			this.backlog.acceptClaims();
			log.warn(
					"action: check | result: fail | reason: the central does not know it"
							+ " | warning: nobody can tell whether the {} stored bets are the first ones of this file",
					greeted);
			return false;
		}
		Reply.Checked stored = checked(reply);
		this.backlog.resume(stored.stored());
		Reply.Checked own = this.backlog.expected();
		if (!own.equals(stored)) {
			throw Failure.ofOtherBets("resume",
					difference(stored, own) + " | reason: the " + stored.stored()
							+ " stored bets are not the first ones of the file:"
							+ " it was corrected or is another, or somebody else has sent bets for this agency"
							+ " | hint: start again with the file as it was, and corrected rows behind all others");
		}
		this.backlog.acceptClaims();
		return stored.stored() == greeted;
	}

	/**
	 * Finds out whether what was drawn over is what the file has. That the central can't
	 * be asked any more makes no winners wrong: it is said, and that is all.
	 */
	DrawnOver afterDraw() {
		this.patience.progress();
		try {
			while (!this.question.isHopeless()) {
				try {
					Reply reply = this.question.ask();
					if (reply != null) {
						return compare(checked(reply), this.backlog.expected());
					}
				}
				catch (IOException ex) {
					this.patience.pause(ex);
				}
			}
			return DrawnOver.NOT_AVAILABLE;
		}
		catch (Failure ex) {
			log.warn(ex.getMessage());
			return DrawnOver.NOT_ANSWERED;
		}
	}

	private static DrawnOver compare(Reply.Checked drawn, Reply.Checked own) {
		if (drawn.equals(own)) {
			log.info("action: check | result: success | stored: {} | sha256: {}", drawn.stored(), drawn.sha256());
			return DrawnOver.VERIFIED;
		}
		log.error(
				"action: check | result: fail | {} | reason: the draw was made over other bets than those of the"
						+ " file: somebody else has sent bets for this agency, or the file was changed",
				difference(drawn, own));
		return DrawnOver.DIFFERS;
	}

	private static Reply.Checked checked(Reply reply) {
		if (reply instanceof Reply.Checked checked) {
			return checked;
		}
		throw new IllegalStateException(reply + " to a check");
	}

	private static String difference(Reply.Checked stored, Reply.Checked own) {
		return String.format(Locale.ROOT, "stored: %d | sha256: %s | of_file: %d | sha256_of_file: %s", stored.stored(),
				stored.sha256(), own.stored(), own.sha256());
	}

}
