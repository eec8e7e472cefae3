package loteria.agency.sending;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.protocol.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The bets that the central has not confirmed, in the order of the file: batches under
 * way, then those to be sent again after a connection was lost, then the rest of the
 * file. A batch leaves it only when the central is known to have it, and so each is
 * stored once however often the connection breaks. Of those that have left it, it knows
 * how many they are and their hash.
 * <p>
 * Bets that the central counts as stored, without ever having confirmed them, are claimed
 * at first: they may be those of another sender.
 */
final class Backlog {

	private final BatchSource source;

	private final Tally tally;

	private final StopSwitch stop;

	private final Deque<Batch> underWay = new ArrayDeque<>();

	private final Deque<Batch> again = new ArrayDeque<>();

	private final StoredRows stored = new StoredRows();

	private final List<Batch> claimed = new ArrayList<>();

	/** Of bets that never were in a batch of this run, or in a part of one. */
	private long claimedBets;

	/**
	 * @param stop is kept informed of what is under way
	 */
	Backlog(BatchSource source, Tally tally, StopSwitch stop) {
		this.source = source;
		this.tally = tally;
		this.stop = stop;
	}

	/** Whether there is another batch to send. */
	boolean hasNext() throws Failure {
		if (this.again.isEmpty()) {
			Batch next = this.source.next();
			if (next == null) {
				return false;
			}
			this.again.add(next);
		}
		return true;
	}

	/**
	 * The next batch to send, which is under way from now on.
	 */
	Batch next() {
		Batch next = this.again.remove();
		this.underWay.add(next);
		this.stop.underWay(span());
		return next;
	}

	int underWay() {
		return this.underWay.size();
	}

	/** The batch under way that is answered next. */
	Batch oldest() {
		return this.underWay.element();
	}

	/** In the order in which they are answered. */
	List<Batch> allUnderWay() {
		return List.copyOf(this.underWay);
	}

	/** Where all that is under way stands in the file, or null if nothing is. */
	@Nullable Span span() {
		if (this.underWay.isEmpty()) {
			return null;
		}
		long bets = this.underWay.stream().mapToLong(Batch::size).sum();
		return new Span(bets, this.underWay.getFirst().firstLine(), this.underWay.getLast().lastLine());
	}

	/** The central has stored the {@link #oldest()}. */
	void stored() {
		Batch batch = this.underWay.remove();
		this.stored.add(batch.request().bets());
		this.tally.stored(batch);
		this.stop.underWay(span());
	}

	/**
	 * What a central says that has stored all bets that have left here, and no other.
	 */
	Reply.Checked expected() {
		return new Reply.Checked(this.stored.count(), this.stored.sha256());
	}

	/**
	 * Goes on from what the central says it has, after which nothing is under way.
	 * @param count of the bets from the beginning of the file that are no longer to be
	 * sent; those not confirmed are claimed from now on
	 * @return whether there are more than before
	 */
	boolean resume(long count) throws Failure {
		while (!this.underWay.isEmpty()) {
			this.again.addFirst(this.underWay.removeLast());
		}
		this.stop.underWay(null);
		long before = this.stored.count();
		if (count < before) {
			throw Failure.ofCentral("resume", "stored: " + count + " | confirmed: " + before
					+ " | reason: the central has lost bets | hint: start again to send them again");
		}
		while (this.stored.count() < count && !this.again.isEmpty()) {
			claim(this.again.remove(), count - this.stored.count());
		}
		this.claimedBets += this.source.skip(count - this.stored.count(), (bet) -> this.stored.add(List.of(bet)));
		if (this.stored.count() < count) {
			throw changed(count, "has only " + this.stored.count() + " bets that can be sent");
		}
		return count > before;
	}

	private void claim(Batch batch, long most) {
		if (batch.size() <= most) {
			this.stored.add(batch.request().bets());
			this.claimed.add(batch);
		}
		else {
			this.stored.add(batch.request().bets().subList(0, (int) most));
			this.claimedBets += most;
			this.again.addFirst(batch.without((int) most));
		}
	}

	boolean hasClaims() {
		return this.claimedBets > 0 || !this.claimed.isEmpty();
	}

	/** The claimed bets are believed to be stored. */
	void acceptClaims() {
		this.claimed.forEach(this.tally::stored);
		this.claimed.clear();
		this.tally.resumed(this.claimedBets);
		this.claimedBets = 0;
	}

	/**
	 * Makes sure that nothing is left to send to a central where the agency has finished.
	 */
	void refuseMore() throws Failure {
		if (hasNext()) {
			throw Failure.ofOtherBets("resume", "stored: " + this.stored.count()
					+ " | reason: the file has more bets, from" + " line " + this.again.element().firstLine()
					+ " on, although the agency has finished: it changed, or is another | hint: these come too late for this draw: take them out to ask for"
					+ " the winners; a new draw begins with a central that has a new central.store.directory");
		}
	}

	private static Failure changed(long stored, String how) {
		return Failure.ofOtherBets("resume",
				"stored: " + stored + " | reason: the file " + how + ": it changed, or is another");
	}

}
