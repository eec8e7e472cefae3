package loteria.central.store.books;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import loteria.bytes.Sha256;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;

/**
 * What is kept in memory of one agency: never its bets. Rows may be hashed later than
 * they are counted, and by another thread.
 */
public final class AgencyBook {

	private final int agency;

	private final Object hashing = new Object();

	private final MessageDigest rows = Sha256.digest();

	private long hashed;

	/** Not changed any more once somebody has it: many may be told of the same. */
	private List<String> winners = new ArrayList<>();

	private boolean winnersAreShared;

	private long stored;

	private long lost;

	private boolean closed;

	AgencyBook(int agency) {
		this.agency = agency;
	}

	/** Counts bets that are durable. */
	public synchronized void store(int count, List<String> documentsOfWinners) {
		this.stored += count;
		if (!documentsOfWinners.isEmpty()) {
			if (this.winnersAreShared) {
				this.winners = new ArrayList<>(this.winners);
				this.winnersAreShared = false;
			}
			this.winners.addAll(documentsOfWinners);
		}
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

	public synchronized List<String> winners() {
		this.winnersAreShared = true;
		return Collections.unmodifiableList(this.winners);
	}

	/** Of what is hashed. */
	public Fingerprint fingerprint() {
		synchronized (this.hashing) {
			return new Fingerprint(this.hashed, Sha256.hex(this.rows));
		}
	}

	AgencyRecord record() {
		Fingerprint fingerprint = fingerprint();
		return new AgencyRecord(this.agency, fingerprint.stored(), fingerprint.sha256(), winners().size());
	}

}
