package loteria.central.ops;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.tcp.Presence.Peer;
import loteria.central.tcp.Presence.State;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what each agency had when it was looked at last, and tells from that how fast
 * it is and whether it stands still. One thread at a time.
 */
final class AgencyWatch {

	static final String GONE = "gone";

	private final Map<Integer, Seen> before = new HashMap<>();

	private final Instant started;

	private boolean looked;

	/**
	 * From when on one that has not come again is gone; null where another may have it.
	 */
	private final @Nullable Instant allBack;

	/**
	 * @param started when the central did
	 * @param alone whether no other central serves agencies of this draw
	 */
	AgencyWatch(Instant started, boolean alone) {
		this.started = started;
		this.allBack = alone ? started.plus(DrawObserver.STUCK) : null;
	}

	/**
	 * Of those that have bets or have finished.
	 * @param seconds since the last time, or null where that tells no rate
	 */
	List<AgencyRow> look(SortedMap<Integer, Long> counts, Set<Integer> closed, Map<Integer, Peer> peers, Instant at,
			@Nullable Double seconds, @Nullable DrawRecord draw) {
		Map<Integer, Long> winners = new HashMap<>();
		if (draw != null) {
			draw.agencies().forEach((AgencyRecord agency) -> winners.put(agency.agency(), agency.winners()));
		}
		List<AgencyRow> rows = new ArrayList<>(counts.size());
		counts.forEach((agency, bets) -> {
			Seen seen = this.before.get(agency);
			Instant since = (seen != null && seen.bets == bets) ? seen.since : this.looked ? at : this.started;
			Double rate = (seen != null && seconds != null) ? (bets - seen.bets) / seconds : null;
			this.before.put(agency, new Seen(bets, since));
			boolean finished = closed.contains(agency);
			rows.add(row(agency, finished ? Progress.FINISHED : unfinished(since, at), bets, rate,
					(finished || draw != null) ? null : since, (draw == null) ? null : winners.getOrDefault(agency, 0L),
					peers.get(agency), at));
		});
		this.looked = true;
		return rows;
	}

	/** One of which nothing has come, be it connected or not. */
	AgencyRow missing(int agency, @Nullable Peer peer, Instant at) {
		return row(agency, Progress.MISSING, 0, null, null, null, peer, at);
	}

	private AgencyRow row(int agency, Progress state, long bets, @Nullable Double rate, @Nullable Instant quiet,
			@Nullable Long winners, @Nullable Peer peer, Instant at) {
		if (peer != null && (this.allBack != null || peer.state() != State.GONE)) {
			return new AgencyRow(agency, state, bets, rate, quiet, winners,
					peer.state().name().toLowerCase(Locale.ROOT), peer.since(), peer.address(), peer.dialect(),
					(peer.refusal() == null) ? null : peer.refusal().tag(), peer.refusedAt());
		}
		boolean gone = peer == null && this.allBack != null && at.isAfter(this.allBack) && winners == null
				&& state != Progress.MISSING;
		return new AgencyRow(agency, state, bets, rate, quiet, winners, gone ? GONE : null, null, null, null, null,
				null);
	}

	private static Progress unfinished(Instant since, Instant at) {
		return since.plus(DrawObserver.STUCK).isAfter(at) ? Progress.SENDING : Progress.STUCK;
	}

	private record Seen(long bets, Instant since) {
	}

}
