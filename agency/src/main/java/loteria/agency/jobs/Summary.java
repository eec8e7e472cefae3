package loteria.agency.jobs;

import java.util.Locale;

import loteria.agency.sending.BetSender;
import loteria.agency.sending.DrawnOver;
import loteria.agency.sending.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The line that says what became of a file, however far its run has come.
 */
final class Summary {

	private static final String UNKNOWN = "-";

	private final int agency;

	private final String dialect;

	private final Tally tally;

	private @Nullable BetSender sender;

	private String winners = UNKNOWN;

	private String check = UNKNOWN;

	Summary(int agency, String dialect, Tally tally) {
		this.agency = agency;
		this.dialect = dialect;
		this.tally = tally;
	}

	/** The bets are going to be sent. */
	void of(BetSender sender) {
		this.sender = sender;
	}

	/** The draw has happened. */
	void won(long count) {
		this.winners = Long.toString(count);
	}

	void checked(DrawnOver drawnOver) {
		this.check = drawnOver + ((drawnOver == DrawnOver.NOT_AVAILABLE) ? " in " + this.dialect : "");
	}

	String line(String result) {
		double seconds = this.tally.seconds();
		long sentNow = this.tally.durable() - this.tally.resumed();
		String line = String.format(Locale.ROOT,
				"action: summary | result: %s | client_id: %d | dialect: %s | rows: %d | sent: %d | skipped: %d"
						+ " | batches: %d | winners: %s | seconds: %.2f | bets_per_second: %d | check: %s",
				result, this.agency, this.dialect, this.tally.rows().rows(), this.tally.durable(),
				this.tally.rows().skipped(), this.tally.batches(), this.winners, seconds,
				(seconds == 0) ? 0 : Math.round(sentNow / seconds), this.check);
		return line + (this.winners.equals(UNKNOWN) ? " | unfinished: " + unfinished() : "")
				+ ((this.tally.resumed() == 0) ? "" : " | resumed: " + this.tally.resumed());
	}

	/** What is missing, and how another run comes to it without storing a bet twice. */
	private String unfinished() {
		long durable = this.tally.durable();
		if (this.sender == null) {
			return "nothing was sent";
		}
		if (this.sender.isClosed() && !this.tally.isAllSent()) {
			return "the agency has finished with the first " + durable
					+ " bets; for its winners start again with a file of these alone";
		}
		boolean same = durable == 0 || this.sender.resumes();
		if (this.tally.isAllSent()) {
			return "the winners are not known, start again" + (same ? "" : " with an empty file") + " to ask for them";
		}
		if (durable == 0) {
			return "no bet is known to be stored";
		}
		return "only the first " + durable + " bets are known to be stored, "
				+ (same ? "start again to go on from there" : "start again with a file of the others alone");
	}

}
