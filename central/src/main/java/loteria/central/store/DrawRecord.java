package loteria.central.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

import com.fasterxml.jackson.annotation.JsonInclude;
import loteria.bet.DocumentList;
import loteria.bytes.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What a draw was made over, so that anybody who has the bets can check it. Holds no
 * names, no documents, and nothing that they could be found by: who has won follows from
 * the bets.
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

	/**
	 * What is the first difference to {@code now}, a record made anew from what is
	 * stored. Names are not compared.
	 * @param winners the documents of an agency's winners now; null where they are too
	 * many to be in memory, and follow from the rows, whose hash is compared
	 * @return in one line, or null if there is none
	 */
	public @Nullable String difference(DrawRecord now, IntFunction<@Nullable DocumentList> winners) {
		if (this.winningNumber != now.winningNumber() || !this.instant.equals(now.instant())) {
			return String.format(Locale.ROOT, "the draw was at %s with number %d, not at %s with %d", now.instant(),
					now.winningNumber(), this.instant, this.winningNumber);
		}
		SortedMap<Integer, AgencyRecord> left = new TreeMap<>();
		now.agencies().forEach((agency) -> left.put(agency.agency(), agency));
		for (AgencyRecord then : this.agencies) {
			AgencyRecord agency = left.remove(then.agency());
			String difference = (agency == null) ? "has no bets, " + then.bets() + " were drawn over"
					: then.difference(agency, winners);
			if (difference != null) {
				return "agency " + then.agency() + ": " + difference;
			}
		}
		if (!left.isEmpty()) {
			return "agency " + left.firstKey() + ": has bets that were not drawn over";
		}
		return (this.sha256.equals(now.sha256()) && this.bets == now.bets()) ? null
				: "the combined hash or the sum of bets is not that of the agencies";
	}

	/** Whether its sum and its hash are those of its agencies. */
	public boolean isConsistent() {
		return equals(of(this.name, this.winningNumber, this.instant, this.agencies));
	}

	private static String combined(List<AgencyRecord> agencies) {
		MessageDigest digest = Sha256.digest();
		for (AgencyRecord agency : agencies) {
			String line = String.format(Locale.ROOT, "%d %d %s\n", agency.agency(), agency.bets(), agency.sha256());
			digest.update(line.getBytes(StandardCharsets.UTF_8));
		}
		return Sha256.hex(digest);
	}

	/** SHA-256 over the documents, a line feed behind each. */
	private static String winnersHash(DocumentList documents) {
		MessageDigest digest = Sha256.digest();
		digest.update(winnersText(documents).getBytes(StandardCharsets.UTF_8));
		return Sha256.hex(digest);
	}

	/** The documents, a line feed behind each. */
	public static String winnersText(DocumentList documents) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < documents.size(); i++) {
			text.append(documents.text(i)).append('\n');
		}
		return text.toString();
	}

	/**
	 * The part of one agency.
	 *
	 * @param sha256 over the rows of {@code bets.csv} of this agency in stored order,
	 * line ends included
	 * @param winnersSha256 over the documents of its winners, a line feed behind each, in
	 * a record that an older central has made; empty in any other. So few documents can
	 * be found by their hash
	 */
	public record AgencyRecord(int agency, long bets, String sha256, long winners,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) String winnersSha256) {

		public AgencyRecord(int agency, long bets, String sha256, long winners) {
			this(agency, bets, sha256, winners, "");
		}

		/** See {@link DrawRecord#difference}. */
		public @Nullable String difference(AgencyRecord now, IntFunction<@Nullable DocumentList> winnersNow) {
			List<String> differences = new ArrayList<>();
			if (this.bets != now.bets()) {
				differences.add(this.bets + " bets were drawn over, bets.csv has " + now.bets());
			}
			else if (!this.sha256.equals(now.sha256())) {
				differences.add("the rows are not those that were drawn over, or not in their order: sha256 is "
						+ now.sha256() + ", was " + this.sha256);
			}
			if (this.winners != now.winners()) {
				differences.add(now.winners() + " winners, there were " + this.winners);
			}
			else if (!this.winnersSha256.isEmpty()) {
				DocumentList documents = winnersNow.apply(this.agency);
				if (documents != null && !this.winnersSha256.equals(winnersHash(documents))) {
					differences.add("the winners are others");
				}
			}
			return differences.isEmpty() ? null : String.join("; ", differences);
		}

	}

}
