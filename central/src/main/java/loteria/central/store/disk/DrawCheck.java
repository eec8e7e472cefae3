package loteria.central.store.disk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.books.Books;
import org.jspecify.annotations.Nullable;

/**
 * What the record of a draw says, held against what is stored now. Bets that are known to
 * be lost, since a salvage, may be missing.
 *
 * @param difference the first that is no such loss, or null
 * @param withoutWinners agencies whose winners are not, or not all, known any more
 */
public record DrawCheck(@Nullable String difference, Set<Integer> withoutWinners) {

	/**
	 * @param recorded null if there is no record, or none that can be read
	 * @param computed made from what is stored
	 */
	public static DrawCheck of(@Nullable DrawRecord recorded, DrawRecord computed, Books books) {
		if (recorded == null) {
			return new DrawCheck(null, books.withLosses());
		}
		String difference = recorded.difference(computed, (agency) -> books.winners(agency).kept());
		Set<Integer> withoutWinners = new HashSet<>();
		boolean explained = difference == null || isExplained(recorded, computed, books, withoutWinners);
		return new DrawCheck(explained ? null : difference, withoutWinners);
	}

	private static boolean isExplained(DrawRecord recorded, DrawRecord computed, Books books,
			Set<Integer> withoutWinners) {
		Map<Integer, AgencyRecord> left = new HashMap<>();
		computed.agencies().forEach((agency) -> left.put(agency.agency(), agency));
		boolean explained = recorded.instant().equals(computed.instant())
				&& recorded.winningNumber() == computed.winningNumber();
		for (AgencyRecord then : recorded.agencies()) {
			AgencyRecord now = left.remove(then.agency());
			long bets = (now == null) ? 0 : now.bets();
			if (now == null || then.difference(now, (agency) -> books.winners(agency).kept()) != null) {
				long lost = books.next(then.agency()) - bets;
				explained &= lost > 0 && bets + lost == then.bets();
				// what is left of the bets has all that won, or fewer
				if (now == null || now.winners() != then.winners()) {
					withoutWinners.add(then.agency());
				}
			}
		}
		return explained && left.isEmpty();
	}

}
