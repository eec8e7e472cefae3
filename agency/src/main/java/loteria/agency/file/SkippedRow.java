package loteria.agency.file;

import java.util.Locale;

import loteria.bet.InvalidBet;

/**
 * A row that can't be sent.
 *
 * @param firstLine where it stands in the file, from 1 on
 * @param lastLine where it ends; a broken one may have several lines
 */
public record SkippedRow(long firstLine, long lastLine, InvalidBet why, LikelyCause cause) {

	/** In words, for a sentence. */
	String place() {
		return (this.firstLine == this.lastLine) ? "line " + this.firstLine
				: "lines " + this.firstLine + "-" + this.lastLine;
	}

	/** As {@code key: value} pairs for the log. */
	@Override
	public String toString() {
		String lines = (this.firstLine == this.lastLine) ? "line: " + this.firstLine
				: "lines: " + this.firstLine + "-" + this.lastLine;
		return String.format(Locale.ROOT, "%s | field: %s | value: %s | reason: must be %s", lines, this.why.field(),
				this.why.value(), this.why.rule());
	}

}
