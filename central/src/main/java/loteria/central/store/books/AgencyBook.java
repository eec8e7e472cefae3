package loteria.central.store.books;

import java.security.MessageDigest;
import java.util.function.Consumer;

import loteria.bet.DocumentList;
import loteria.bet.Documents;
import loteria.bytes.Sha256;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.books.StoredWinners.Look;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory of one agency: never its bets. Rows may be hashed later than
 * they are counted, and by another thread.
 */
public final class AgencyBook {

	private final int agency;

	private final Object hashing = new Object();

	private final MessageDigest rows = Sha256.digest();

	private long hashed;

	/** Null where they are too many to be kept. */
	private @Nullable DocumentList winners = new DocumentList();

	private long winning;

	private long winningDigits;

	private long stored;

	private long lost;

	private boolean closed;

	AgencyBook(int agency) {
		this.agency = agency;
	}

	/**
	 * Counts bets that are durable.
	 * @param most winners to be kept
	 * @return how many more are kept now
	 */
	synchronized int store(int count, DocumentList documentsOfWinners, int most) {
		this.stored += count;
		this.winning += documentsOfWinners.count();
		this.winningDigits += documentsOfWinners.digits();
		if (this.winners == null) {
			return 0;
		}
		int before = this.winners.size();
		this.winners.addAll(documentsOfWinners);
		return keepAtMost(most) - before;
	}

	/**
	 * Keeps all winners or none.
	 * @return how many it keeps
	 */
	synchronized int keepAtMost(int most) {
		if (this.winners != null && this.winners.size() > most) {
			this.winners = null;
		}
		return (this.winners == null) ? 0 : this.winners.size();
	}

	/** Adds the rows of bets that are counted already, or are being so, to the hash. */
	public void hash(int count, Consumer<MessageDigest> bytes) {
		synchronized (this.hashing) {
			bytes.accept(this.rows);
			this.hashed += count;
		}
	}

	/** Counts bets that were stored once and can't be stored again. */
	public synchronized void lose(int count) {
		this.lost += count;
	}

	public synchronized void close() {
		this.closed = true;
	}

	/** How many bets of the agency come before its next: the lost ones too. */
	public synchronized long next() {
		return this.stored + this.lost;
	}

	synchronized boolean hasLosses() {
		return this.lost > 0;
	}

	public synchronized boolean isClosed() {
		return this.closed;
	}

	synchronized Winners winners() {
		return new Winners(this.winning, this.winningDigits, (this.winners == null) ? null : this.winners.snapshot());
	}

	/** Of what is hashed. */
	public Fingerprint fingerprint() {
		synchronized (this.hashing) {
			return new Fingerprint(this.hashed, Sha256.hex(this.rows));
		}
	}

	AgencyRecord record() {
		Fingerprint fingerprint = fingerprint();
		return new AgencyRecord(this.agency, fingerprint.stored(), fingerprint.sha256(), winners().count());
	}

	/**
	 * The winning bets of an agency.
	 *
	 * @param digits of all their documents together
	 * @param kept their documents, or null where they are too many to be in memory
	 */
	public record Winners(long count, long digits, @Nullable DocumentList kept) {

		/** Their documents. */
		public Documents documents(Look look) {
			return (this.kept != null) ? this.kept : new StoredWinners(this.count, this.digits, look);
		}

	}

}
