package loteria.central.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * What a draw was made over, so that anybody who has the bets can check it. Holds no
 * names and no documents.
 *
 * @param instant when the draw happened
 * @param agencies one entry an agency that has bets, by ascending agency
 * @param sha256 over the lines {@code <agency> <bets> <sha256>\n} of {@code agencies},
 * see {@link #combined}
 */
public record DrawRecord(String name, int winningNumber, Instant instant, long bets, List<AgencyRecord> agencies,
		String sha256) {

	public static DrawRecord of(String name, int winningNumber, Instant instant, List<AgencyRecord> agencies) {
		long bets = agencies.stream().mapToLong(AgencyRecord::bets).sum();
		return new DrawRecord(name, winningNumber, instant, bets, agencies, combined(agencies));
	}

	private static String combined(List<AgencyRecord> agencies) {
		MessageDigest digest = sha256Digest();
		for (AgencyRecord agency : agencies) {
			String line = "%d %d %s\n".formatted(agency.agency(), agency.bets(), agency.sha256());
			digest.update(line.getBytes(StandardCharsets.UTF_8));
		}
		return hex(digest);
	}

	/**
	 * SHA-256 over the documents, a line feed behind each.
	 */
	public static String winnersHash(List<String> documents) {
		MessageDigest digest = sha256Digest();
		for (String document : documents) {
			digest.update((document + '\n').getBytes(StandardCharsets.UTF_8));
		}
		return hex(digest);
	}

	public static MessageDigest sha256Digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	public static String hex(MessageDigest digest) {
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * The part of one agency.
	 *
	 * @param sha256 over the rows of {@code bets.csv} of this agency in stored order,
	 * line ends included
	 * @param winnersSha256 see {@link #winnersHash}
	 */
	public record AgencyRecord(int agency, long bets, String sha256, int winners, String winnersSha256) {
	}

}
