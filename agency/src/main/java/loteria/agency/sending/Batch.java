package loteria.agency.sending;

import java.util.List;

import loteria.bet.Bet;
import loteria.protocol.ClientRequest;

/**
 * Bets that travel together, and where in the file they stand.
 *
 * @param firstLine of the file, from 1 on; skipped rows may lie between it and
 * {@code lastLine}
 * @param offset how many bytes of the file end with {@code lastLine}
 */
record Batch(ClientRequest.StoreBets request, long firstLine, long lastLine, long offset) {

	int size() {
		return this.request.bets().size();
	}

	/** What is left of it when the central has the first {@code stored} bets. */
	Batch without(int stored) {
		List<Bet> rest = this.request.bets().subList(stored, size());
		return new Batch(new ClientRequest.StoreBets(this.request.agency(), rest), this.firstLine, this.lastLine,
				this.offset);
	}

	/** As {@code key: value} pairs for the log. */
	@Override
	public String toString() {
		return new Span(size(), this.firstLine, this.lastLine).toString();
	}

}
