package loteria.agency.sending;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.BetRow;

/**
 * The rows that {@code bets.csv} should have of this agency, as a hash that goes on with
 * each of them: of every bet that it has or should have, in the order of the file.
 */
final class StoredRows {

	private final MessageDigest digest = sha256Digest();

	private long count;

	void add(List<Bet> bets) {
		this.count += bets.size();
		this.digest.update(BetRow.encode(bets));
	}

	long count() {
		return this.count;
	}

	/** Over all rows so far; 64 digits, lower case. */
	String sha256() {
		try {
			return HexFormat.of().formatHex(((MessageDigest) this.digest.clone()).digest());
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MessageDigest sha256Digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
