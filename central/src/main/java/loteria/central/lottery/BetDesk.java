package loteria.central.lottery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import loteria.central.store.BetStore;
import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request.Greeting;
import loteria.protocol.Request.StoreBets;
import org.jspecify.annotations.Nullable;

/**
 * Where bets are taken. Called by the thread of each connection.
 */
public class BetDesk {

	private final BetStore store;

	public BetDesk(BetStore store) {
		this.store = store;
	}

	/**
	 * Stores the batches that one connection sent without waiting, all in one group if they
	 * fit. Returns when every one of them is durable or refused.
	 * @return a reply to each, in their order
	 */
	public List<Reply> store(List<StoreBets> batches) {
		List<CompletableFuture<@Nullable Refusal>> outcomes = batches.stream().map(this::append).toList();
		return IntStream.range(0, batches.size())
			.mapToObj((i) -> reply(batches.get(i), outcomes.get(i).join()))
			.toList();
	}

	private CompletableFuture<@Nullable Refusal> append(StoreBets batch) {
		return batch.bets().isEmpty() ? CompletableFuture.completedFuture(null)
				: this.store.append(batch.agency(), batch.bets());
	}

	private static Reply reply(StoreBets batch, @Nullable Refusal refusal) {
		return (refusal != null) ? new Reply.Refused(refusal) : new Reply.Stored(batch.bets().size());
	}

	public Reply greet(Greeting greeting) {
		int agency = greeting.agency();
		return new Reply.Greeted(this.store.stored(agency), this.store.isClosed(agency));
	}

}
