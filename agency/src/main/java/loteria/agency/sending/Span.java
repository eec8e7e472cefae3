package loteria.agency.sending;

import java.util.Locale;

/**
 * Where bets stand in the file.
 *
 * @param firstLine from 1 on; skipped rows may lie between it and {@code lastLine}
 */
record Span(long bets, long firstLine, long lastLine) {

	/** As {@code key: value} pairs for the log. */
	@Override
	public String toString() {
		return String.format(Locale.ROOT, "cantidad: %d | lines: %d-%d", this.bets, this.firstLine, this.lastLine);
	}

}
