package loteria.central.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import loteria.bet.Documents;
import loteria.bet.Rows;
import loteria.protocol.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Where the bets of one draw are kept. Every method may be called from any thread.
 * <p>
 * A batch whose answer was lost may be stored. Who sends it again without asking
 * {@link #stored(int)} first stores it twice.
 */
public interface BetStore extends AutoCloseable {

	/**
	 * Stores the rows of one batch whole or not at all. Blocks while too much waits to be
	 * written, so that a peer is slowed down instead of filling the heap.
	 * @param sequence whether these rows are the next ones of their agency
	 * @return completes when the rows are durable (null), or with the reason why nothing
	 * of them is stored; never exceptionally. Completed by the thread that writes: don't
	 * block it.
	 */
	CompletableFuture<@Nullable Refusal> append(Sequence sequence, Rows rows);

	/** How many bets of {@code agency} are durable. */
	long stored(int agency);

	/**
	 * Which bets of {@code agency} are durable. When the draw has happened: what was
	 * drawn over, unless bets were lost since.
	 */
	Fingerprint fingerprint(int agency);

	/**
	 * Ends the bets of {@code agency}, durably. Once closed, closing again does nothing.
	 * Neither does it after the draw, which ended the bets of all.
	 * @return why it could not, or null
	 */
	@Nullable Refusal close(int agency);

	boolean isClosed(int agency);

	/** At least those that were closed here. */
	Set<Integer> closedAgencies();

	/** Whether {@code agency} has bets or is closed. */
	default boolean knows(int agency) {
		return stored(agency) > 0 || isClosed(agency);
	}

	/** How many agencies have bets or are closed. */
	default int knownAgencies() {
		return closedAgencies().size() + openAgencies().size();
	}

	/**
	 * Agencies that have bets and are not closed; where others share it, a moment ago.
	 */
	Set<Integer> openAgencies();

	/**
	 * How many bets of each agency are durable, by ascending agency; those that are
	 * closed are there in any case. Asked once a second while the page is open: a store
	 * for which each answer is a journey overrides it.
	 */
	default SortedMap<Integer, Long> counts() {
		SortedMap<Integer, Long> counts = new TreeMap<>();
		// in this order: one that is closed in between is in both, and not in none
		openAgencies().forEach((agency) -> counts.put(agency, stored(agency)));
		closedAgencies().forEach((agency) -> counts.put(agency, stored(agency)));
		return counts;
	}

	/**
	 * Ends the bets of all agencies and draws, durably, once: a second call returns the
	 * first one's record.
	 * @throws StoreFailure if the record could not be made durable; the draw has then not
	 * happened
	 */
	DrawRecord draw(Instant now) throws StoreFailure;

	/**
	 * Whether {@link #draw} made the record, and not another central that shares this
	 * store.
	 */
	boolean hasDrawnItself();

	/** The draw, if it has happened, be it before a restart. */
	Optional<DrawRecord> drawn();

	/**
	 * The documents of the winning bets of {@code agency}, in the order in which they
	 * were stored; nothing if bets that may have won were lost since the draw. Where they
	 * are many they are read from the store as they are told.
	 */
	Optional<Documents> winners(int agency);

	/**
	 * @param listener run, on a thread of the store, when another central may have
	 * finished an agency or drawn; never where no other shares it
	 */
	default void onChange(Runnable listener) {
	}

	/**
	 * Whether bets can be stored now, but for those of closed agencies, and why not;
	 * asked again and again.
	 */
	StoreHealth health();

	@Override
	void close();

}
