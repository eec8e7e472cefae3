package loteria.central.ops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.store.AgencyProgress;
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
	List<AgencyRow> look(List<AgencyProgress> progress, Instant at, @Nullable Double seconds,
			@Nullable DrawRecord draw) {
		Map<Integer, Integer> winners = new HashMap<>();
		if (draw != null) {
			draw.agencies().forEach((AgencyRecord agency) -> winners.put(agency.agency(), agency.winners()));
		}
		List<AgencyRow> rows = new ArrayList<>(progress.size());
		for (AgencyProgress agency : progress) {
			Seen seen = this.before.get(agency.agency());
			boolean more = seen == null || seen.bets != agency.bets();
			Instant since = more ? at : seen.since;
			Double rate = (seen != null && seconds != null) ? (agency.bets() - seen.bets) / seconds : null;
			this.before.put(agency.agency(), new Seen(agency.bets(), since));
			boolean over = agency.finished() || draw != null;
			rows.add(new AgencyRow(agency.agency(), state(agency, since, at), agency.bets(), rate, over ? null : since,
					(draw == null) ? null : winners.getOrDefault(agency.agency(), 0)));
		}
		return rows;
	}

	private static Progress state(AgencyProgress agency, Instant since, Instant at) {
		if (agency.finished()) {
			return Progress.FINISHED;
		}
		return since.plus(DrawObserver.STUCK).isAfter(at) ? Progress.SENDING : Progress.STUCK;
	}

	private record Seen(long bets, Instant since) {
	}

}
