package loteria.central.store;

import loteria.bytes.Sha256;

/**
 * Tells whether the bets stored for an agency are the ones it knows. Both parts are of
 * one moment.
 *
 * @param stored how many
 * @param sha256 over the rows of {@code bets.csv} of exactly these, in stored order, line
 * ends included, as in the {@linkplain DrawRecord.AgencyRecord record of the draw}
 */
public record Fingerprint(long stored, String sha256) {

	/** Of an agency that has no bets. */
	public static final Fingerprint EMPTY = new Fingerprint(0, Sha256.hex(Sha256.digest()));

}
