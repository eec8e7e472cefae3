package loteria.central.ops;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import loteria.central.ops.DrawSnapshot.AgencyRow;
import loteria.central.ops.DrawSnapshot.Event;
import loteria.central.ops.DrawSnapshot.Event.Kind;
import loteria.central.ops.DrawSnapshot.Problem;
import loteria.central.ops.DrawSnapshot.Progress;
import loteria.central.ops.DrawSnapshot.Result;
import loteria.central.tcp.Presence.Peer;
import loteria.central.tcp.Presence.Refused;
import loteria.central.tcp.Presence.State;
import org.jspecify.annotations.Nullable;

/**
 * What happened lately: the difference of each look to the one before, and refusals. One
 * thread at a time.
 */
final class Happenings {

	private static final int MOST = 60;

	private final Deque<Event> latest = new ArrayDeque<>(MOST);

	private Map<Integer, State> present = Map.of();

	private Map<Integer, Progress> progress = Map.of();

	private @Nullable String problem;

	private boolean drawn;

	/**
	 * @param bets that were in the store already
	 */
	void started(Instant at, long bets, List<AgencyRow> rows, @Nullable Result result) {
		add(new Event(at, Kind.STARTED, null, null, null, null, bets));
		this.progress = progress(rows);
		this.drawn = result != null;
	}

	void look(Instant at, Map<Integer, Peer> peers, List<AgencyRow> rows, @Nullable Problem trouble,
			@Nullable Result result) {
		Map<Integer, State> now = HashMap.newHashMap(peers.size());
		peers.forEach((agency, peer) -> {
			now.put(agency, peer.state());
			State before = this.present.get(agency);
			if (peer.state() != before && (before != null || peer.state() == State.CONNECTED)) {
				Kind kind = (peer.state() == State.CONNECTED) ? Kind.CAME : Kind.WENT;
				String detail = (kind == Kind.WENT) ? peer.state().name().toLowerCase(Locale.ROOT) : null;
				add(new Event(peer.since(), kind, agency, peer.address(), peer.dialect(), detail, 1));
			}
		});
		this.present = now;
		Map<Integer, Progress> far = progress(rows);
		far.forEach((agency, state) -> {
			if (state == Progress.FINISHED && this.progress.get(agency) != Progress.FINISHED) {
				add(new Event(at, Kind.FINISHED, agency, null, null, null, 1));
			}
		});
		this.progress = far;
		String kind = (trouble == null) ? null : trouble.kind();
		if (kind != null && !kind.equals(this.problem)) {
			add(new Event(at, Kind.PROBLEM, null, null, null, kind, 1));
		}
		else if (kind == null && this.problem != null) {
			add(new Event(at, Kind.MENDED, null, null, null, null, 1));
		}
		this.problem = kind;
		if (result != null && !this.drawn) {
			add(new Event(result.instant(), Kind.DRAWN, null, null, null, null, 1));
		}
		this.drawn = result != null;
	}

	private static Map<Integer, Progress> progress(List<AgencyRow> rows) {
		Map<Integer, Progress> progress = HashMap.newHashMap(rows.size());
		rows.forEach((row) -> progress.put(row.agency(), row.state()));
		return progress;
	}

	private void add(Event event) {
		if (this.latest.size() == MOST) {
			this.latest.removeFirst();
		}
		this.latest.addLast(event);
	}

	/** The latest first. */
	List<Event> with(List<Refused> refusals) {
		Stream<Event> refused = refusals.stream()
			.map((each) -> new Event(each.at(), Kind.REFUSED, (each.agency() == 0) ? null : each.agency(),
					each.address(), each.dialect(), each.reason().tag(), each.count()));
		return Stream.concat(this.latest.reversed().stream(), refused)
			.sorted(Comparator.comparing(Event::at).reversed())
			.toList();
	}

}
