package loteria.central.lottery;

import java.util.HashMap;
import java.util.Map;

import loteria.central.store.BetStore;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line that everybody waits for, {@code action: sorteo}.
 */
final class DrawLine {

	private static final Logger log = LoggerFactory.getLogger(DrawLine.class);

	private DrawLine() {
	}

	/**
	 * @param finished how many agencies had, those without a name too
	 * @param store that was drawn
	 */
	static void log(DrawRecord draw, int finished, BetStore store) {
		log.info(
				"action: sorteo | result: success | name: {} | winning_number: {} | agencies: {} | bets: {} | bets_of: {} | unfinished: {} | winners: {} | sha256: {}",
				draw.name(), draw.winningNumber(), finished, draw.bets(), betsOf(draw, store),
				FirstAgencies.of(store.openAgencies()), draw.agencies().stream().mapToLong(AgencyRecord::winners).sum(),
				draw.sha256());
	}

	/** What was drawn over: agencies without bets too, if they have finished. */
	private static String betsOf(DrawRecord draw, BetStore store) {
		Map<Integer, Long> bets = new HashMap<>();
		store.closedAgencies().forEach((agency) -> bets.put(agency, 0L));
		draw.agencies().forEach((agency) -> bets.put(agency.agency(), agency.bets()));
		return FirstAgencies.of(bets.keySet()).describe((agency) -> agency + "=" + bets.get(agency));
	}

}
