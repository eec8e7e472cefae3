package loteria.central.store.file;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import loteria.central.store.disk.NoRoomException;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk has room for batches. The floor leaves some for all that is not a
 * batch. Changed by the thread that writes alone; any may ask.
 */
final class Room {

	private static final Logger log = LoggerFactory.getLogger(Room.class);

	private final FreeSpace space;

	private final BooleanSupplier betsFull;

	private boolean wanting;

	/** What the disk said when it had none at all, until a group fits again. */
	private volatile @Nullable String full;

	/**
	 * @param betsFull whether there was none for {@code bets.csv}
	 */
	Room(FreeSpace space, BooleanSupplier betsFull) {
		this.space = space;
		this.betsFull = betsFull;
	}

	/** Why batches would be refused now, or null. Looks at the disk itself. */
	@Nullable Refusal problem() {
		String full = this.full;
		if (full != null) {
			return new Refusal(Reason.STORE_FULL, full);
		}
		try {
			return refusal();
		}
		catch (IOException ex) {
			return new Refusal(Reason.STORE_FAILED, "the disk can't be looked at: " + ex.getMessage());
		}
	}

	private @Nullable String shortage() throws IOException {
		return this.betsFull.getAsBoolean() ? "no room for bets.csv" : this.space.shortage();
	}

	/** Why the batches of a group are to be refused, or null. */
	@Nullable Refusal refusal() throws IOException {
		String shortage = shortage();
		return (shortage != null) ? new Refusal(Reason.STORE_FULL, shortage) : null;
	}

	/** Bytes of the disk that are free; -1 where it does not say. */
	long free() {
		try {
			return this.space.free();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/**
	 * A group was written.
	 * @param refusal of its batches, or null if they are in it
	 */
	void found(@Nullable Refusal refusal) {
		this.full = null;
		tell(refusal);
	}

	/** A group did not fit; returns why it is to be refused. */
	Refusal outOf(NoRoomException ex) {
		Refusal refusal = new Refusal(Reason.STORE_FULL, String.valueOf(ex.getMessage()));
		this.full = refusal.detail();
		tell(refusal);
		return refusal;
	}

	private void tell(@Nullable Refusal refusal) {
		if (refusal != null && !this.wanting) {
			log.error(
					"action: store_commit | result: fail | reason: {} | warning: batches are refused until there is room",
					refusal);
		}
		this.wanting = refusal != null;
	}

}
