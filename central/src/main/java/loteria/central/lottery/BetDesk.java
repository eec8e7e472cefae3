package loteria.central.lottery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import loteria.central.store.BetStore;
import loteria.central.store.Fingerprint;
import loteria.central.store.Sequence;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request.Check;
import loteria.protocol.Request.Greeting;
import loteria.protocol.Request.StoreBets;
import org.jspecify.annotations.Nullable;

/**
 * Where bets are taken. Called by the thread of each connection.
 */
public final class BetDesk {

	private final BetStore store;

	private final KnownAgencies known;

	public BetDesk(BetStore store, KnownAgencies known) {
		this.store = store;
		this.known = known;
	}

	/**
	 * Stores the batches that one connection sent without waiting, all in one group if
	 * they fit. Returns when every one of them is durable or refused.
	 * @param sequence of this connection
	 * @return a reply to each, in their order
	 */
	public List<Reply> store(List<StoreBets> batches, Sequence sequence) {
		List<CompletableFuture<@Nullable Refusal>> outcomes = new ArrayList<>(batches.size());
		for (StoreBets batch : batches) {
			outcomes.add(store(batch, sequence));
		}
		List<Reply> replies = new ArrayList<>(batches.size());
		for (int i = 0; i < batches.size(); i++) {
			replies.add(reply(batches.get(i), outcomes.get(i).join()));
		}
		return replies;
	}

	private CompletableFuture<@Nullable Refusal> store(StoreBets batch, Sequence sequence) {
		if (batch.rows().isEmpty()) {
			return CompletableFuture.completedFuture(null);
		}
		Refusal unknown = this.known.refusal(batch.rows().agency());
		return (unknown != null) ? CompletableFuture.completedFuture(unknown)
				: this.store.append(sequence, batch.rows());
	}

	private static Reply reply(StoreBets batch, @Nullable Refusal refusal) {
		return (refusal != null) ? new Reply.Refused(refusal) : new Reply.Stored(batch.rows().count());
	}

	public Reply greet(Greeting greeting) {
		int agency = greeting.agency();
		Refusal unknown = this.known.expected().refusal(agency);
		if (unknown != null) {
			return new Reply.Refused(unknown);
		}
		// in this order: what is stored does not change once the agency has finished, or
		// the draw has happened
		boolean closed = this.store.isClosed(agency) || this.store.drawn().isPresent();
		return new Reply.Greeted(this.store.stored(agency), closed);
	}

	public Reply check(Check check) {
		Refusal unknown = this.known.expected().refusal(check.agency());
		if (unknown != null) {
			return new Reply.Refused(unknown);
		}
		Fingerprint fingerprint = this.store.fingerprint(check.agency());
		return new Reply.Checked(fingerprint.stored(), fingerprint.sha256());
	}

}
