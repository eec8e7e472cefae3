package loteria.central.ops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what each agency had when it was looked at last, and tells from that how fast
 * it is and whether it stands still. One thread at a time.
 */
final class AgencyWatch {

	private final Map<Integer, Seen> before = new HashMap<>();

	/**
	 * @param seconds since the last time, or null where that tells no rate
	 */
	List<AgencyRow> look(SortedMap<Integer, Long> counts, Set<Integer> closed, Instant at, @Nullable Double seconds,
			@Nullable DrawRecord draw) {
		Map<Integer, Long> winners = new HashMap<>();
		if (draw != null) {
			draw.agencies().forEach((AgencyRecord agency) -> winners.put(agency.agency(), agency.winners()));
		}
		List<AgencyRow> rows = new ArrayList<>(counts.size());
		counts.forEach((agency, bets) -> {
			Seen seen = this.before.get(agency);
			Instant since = (seen == null || seen.bets != bets) ? at : seen.since;
			Double rate = (seen != null && seconds != null) ? (bets - seen.bets) / seconds : null;
			this.before.put(agency, new Seen(bets, since));
			boolean finished = closed.contains(agency);
			rows.add(new AgencyRow(agency, finished ? Progress.FINISHED : unfinished(since, at), bets, rate,
					(finished || draw != null) ? null : since,
					(draw == null) ? null : winners.getOrDefault(agency, 0L)));
		});
		return rows;
	}

	private static Progress unfinished(Instant since, Instant at) {
		return since.plus(DrawObserver.STUCK).isAfter(at) ? Progress.SENDING : Progress.STUCK;
	}

	private record Seen(long bets, Instant since) {
	}

}
