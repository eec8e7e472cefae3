package loteria.agency.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import loteria.agency.ending.Failure;
import loteria.agency.file.BetFile;
import loteria.agency.file.Row;
import loteria.agency.file.RowListener;
import loteria.bet.Bet;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import org.jspecify.annotations.Nullable;

/**
 * Packs the rows of a file into batches, as full as number and bytes allow.
 */
public final class BatchSource {

	private final BetFile file;

	private final RowListener listener;

	private final int agency;

	private final ClientCodec codec;

	private final int maxBets;

	private final int maxBytes;

	/** Read already, but did not fit the batch before. */
	private @Nullable Row left;

	/**
	 * @param codec tells the size of a bet
	 * @param maxBytes of a batch on the wire
	 */
	public BatchSource(BetFile file, RowListener listener, int agency, ClientCodec codec, int maxBets, int maxBytes) {
		this.file = file;
		this.listener = listener;
		this.agency = agency;
		this.codec = codec;
		this.maxBets = maxBets;
		this.maxBytes = maxBytes;
	}

	/**
	 * @return the next batch, or null when all rows were taken
	 */
	@Nullable Batch next() throws Failure {
		Row row = take();
		if (row == null) {
			return null;
		}
		Row first = row;
		Row last = row;
		List<Bet> bets = new ArrayList<>();
		int bytes = this.codec.overhead();
		while (row != null) {
			bytes += this.codec.size(row.bet());
			if (bytes > this.maxBytes && !bets.isEmpty()) {
				this.left = row;
				break;
			}
			bets.add(row.bet());
			last = row;
			row = (bets.size() < this.maxBets) ? take() : null;
		}
		return new Batch(new ClientRequest.StoreBets(this.agency, bets), first.line(), last.line(), last.offset());
	}

	/**
	 * Passes over rows that the central has.
	 * @param passed told of each
	 * @return how many there were, at the most as many as asked for
	 */
	long skip(long rows, Consumer<Bet> passed) throws Failure {
		long skipped = 0;
		while (skipped < rows) {
			Row row = take();
			if (row == null) {
				break;
			}
			passed.accept(row.bet());
			skipped++;
		}
		return skipped;
	}

	private @Nullable Row take() throws Failure {
		Row row = this.left;
		this.left = null;
		return (row != null) ? row : this.file.next(this.listener);
	}

}
