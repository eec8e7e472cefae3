package loteria.central.store.file;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.Fingerprint;

/**
 * What is kept in memory of one agency: never its bets. Written by one thread, read by
 * any.
 */
final class AgencyBook {

	private final int agency;

	private final MessageDigest rows = DrawRecord.sha256Digest();

	private final List<String> winners = new ArrayList<>();

	private long stored;

	private long lost;

	private boolean closed;

	AgencyBook(int agency) {
		this.agency = agency;
	}

	/**
	 * Takes note of rows that are durable: the bytes from {@code from} to {@code end}.
	 */
	synchronized void stored(byte[] bytes, int from, int end, int count, List<String> documentsOfWinners) {
		this.rows.update(bytes, from, end - from);
		this.stored += count;
		this.winners.addAll(documentsOfWinners);
	}

	/** Counts bets that were stored once and can't be stored again. */
	synchronized void lost(int count) {
		this.lost += count;
	}

	synchronized void close() {
		this.closed = true;
	}

	/** How many bets of the agency come before its next: the lost ones too. */
	synchronized long next() {
		return this.stored + this.lost;
	}

	synchronized boolean hasLosses() {
		return this.lost > 0;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	synchronized List<String> winners() {
		return List.copyOf(this.winners);
	}

	synchronized Fingerprint fingerprint() {
		return new Fingerprint(this.stored, DrawRecord.hex(copyOf(this.rows)));
	}

	synchronized AgencyRecord record() {
		return new AgencyRecord(this.agency, this.stored, fingerprint().sha256(), this.winners.size(),
				DrawRecord.winnersHash(this.winners));
	}

	private static MessageDigest copyOf(MessageDigest digest) {
		try {
			return (MessageDigest) digest.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("SHA-256 of this platform can't be cloned", ex);
		}
	}

}
