package loteria.agency.sending;

import java.security.MessageDigest;
import java.util.List;

import loteria.bet.Bet;
import loteria.bet.BetRow;
import loteria.bytes.Sha256;

/**
 * The rows that {@code bets.csv} should have of this agency, as a hash that goes on with
 * each of them: of every bet that it has or should have, in the order of the file.
 */
final class StoredRows {

	private final MessageDigest digest = Sha256.digest();

	private long count;

	void add(List<Bet> bets) {
		this.count += bets.size();
		this.digest.update(BetRow.encode(bets));
	}

	long count() {
		return this.count;
	}

	/** Over all rows so far. */
	String sha256() {
		return Sha256.hex(this.digest);
	}

}
