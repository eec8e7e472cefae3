package loteria.central.store;

/**
 * Where one client believes the bets of its agency to end: it was told once, and counts
 * its batches from there. A batch is stored only if that is where the agency's bets do
 * end when its turn comes, and after one that was refused, by the store or before it came
 * there, no later one is: they were sent counting on it. So nothing that is sent twice,
 * by one client or by two, is stored twice, and what is stored is always the beginning of
 * what was sent. To go on, a client asks again and gets a new sequence.
 * <p>
 * Belongs to the thread that writes while batches of it are on their way to the store,
 * and to that of its connection when all of them are answered.
 */
public final class Sequence {

	/** For clients that do not know: their batches go wherever the agency's bets end. */
	public static final Sequence ANYWHERE = new Sequence(-1);

	private long next;

	private boolean broken;

	/**
	 * @param stored how many bets of the agency are stored
	 */
	public Sequence(long stored) {
		this.next = stored;
	}

	/**
	 * Whether a batch may be stored behind {@code stored} bets; if not, none will any
	 * more.
	 */
	public boolean admits(long stored) {
		if (this == ANYWHERE) {
			return true;
		}
		this.broken |= this.next != stored;
		return !this.broken;
	}

	/** For an attempt that may come to nothing. */
	public Sequence copy() {
		if (this == ANYWHERE) {
			return this;
		}
		Sequence copy = new Sequence(this.next);
		copy.broken = this.broken;
		return copy;
	}

	/** The attempt came to something. */
	public void become(Sequence attempt) {
		this.next = attempt.next;
		this.broken |= attempt.broken;
	}

	/** Takes note that a batch is going to be stored. */
	public void advance(int bets) {
		if (this != ANYWHERE) {
			this.next += bets;
		}
	}

	/** Takes note that something was refused. */
	public void breakOff() {
		this.broken = true;
	}

}
