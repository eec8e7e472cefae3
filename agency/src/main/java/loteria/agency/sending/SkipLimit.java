package loteria.agency.sending;

import java.nio.file.Path;
import java.util.Locale;

import loteria.agency.ending.Failure;
import loteria.agency.file.RowCount;

/**
 * How many rows of a file may be skipped by an agency that finishes. What it has finished
 * with is final: a file that was saved wrongly must not come to that unnoticed.
 *
 * @param percent of the rows
 * @param finishEmpty whether none of the rows need remain
 */
public record SkipLimit(Path file, int percent, boolean finishEmpty) {

	public boolean allows(RowCount count) {
		if (count.sendable() == 0) {
			return count.skipped() == 0 || this.finishEmpty;
		}
		return count.skipped() * 100 <= count.rows() * this.percent;
	}

	/**
	 * The failure of a run that has sent nothing yet.
	 */
	public Failure beforeSending(RowCount count) {
		return failure(count, "hint: this run has sent nothing; correct the file and start again, or " + remedy(count));
	}

	/**
	 * The failure of a run that has sent what it could.
	 * @param resumes whether the next run goes on behind the stored bets
	 */
	Failure beforeFinishing(RowCount count, long stored, boolean resumes) {
		String rest = resumes ? "put the corrected rows behind all others and start again"
				: "send the corrected rows as a file of their own";
		return failure(count, "warning: the agency has not finished; " + stored + " bets are stored, and stay"
				+ " | hint: " + rest + ", or " + (resumes ? remedy(count) : "finish by an empty file"));
	}

	private Failure failure(RowCount count, String remedy) {
		String reason = (count.sendable() == 0) ? "no row can be sent"
				: String.format(Locale.ROOT, "over %d %% of the rows can't be sent", this.percent);
		return Failure.unusable("read_file",
				String.format(Locale.ROOT, "file: %s | rows: %d | skipped: %d | reason: %s: %s | %s", this.file,
						count.rows(), count.skipped(), reason, count.guess(), remedy));
	}

	private static String remedy(RowCount count) {
		return (count.sendable() == 0) ? "finish without a bet by an empty file or --finish-empty"
				: "allow more with --skipped.max";
	}

}
