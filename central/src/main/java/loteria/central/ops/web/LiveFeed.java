package loteria.central.ops.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import loteria.central.ops.DrawObserver;
import loteria.central.ops.DrawSnapshot;
import loteria.central.ops.DrawSnapshot.Point;
import loteria.central.settings.CentralSettings;
import loteria.central.tcp.Capacity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives all viewers the same frames, one a second. The first viewer that wants the next
 * frame makes it; without viewers none is made. A viewer that is slow to take a frame
 * misses some and delays no other.
 */
@Component
class LiveFeed implements SmartLifecycle {

	private final DrawObserver observer;

	private final JsonMapper json;

	private final int most;

	private @Nullable Frame latest;

	private @Nullable DrawSnapshot told;

	private long made;

	private int viewers;

	private boolean running;

	/** Viewers may have half of all HTTP connections: others ask for the health. */
	LiveFeed(DrawObserver observer, JsonMapper json, CentralSettings settings, Capacity capacity) {
		this.observer = observer;
		this.json = json;
		this.most = Math.min(settings.page().viewers(), capacity.http() / 2);
	}

	/**
	 * Returns whether there is room for another viewer, which must {@link #leave} then.
	 */
	synchronized boolean enter() {
		if (this.viewers >= this.most) {
			return false;
		}
		this.viewers++;
		return true;
	}

	synchronized void leave() {
		this.viewers--;
	}

	/** How many may look at once. */
	int most() {
		return this.most;
	}

	/**
	 * Waits for the frame after {@code seen}.
	 * @return null when the central stops
	 */
	synchronized @Nullable Frame after(@Nullable Frame seen) throws InterruptedException {
		while (this.running) {
			long left = made() + DrawObserver.PERIOD.toNanos() - System.nanoTime();
			if (left > 0 && this.latest != seen) {
				return this.latest;
			}
			if (left > 0) {
				// at least one: 0 would wait for ever
				wait(left / 1_000_000 + 1);
			}
			else {
				make();
			}
		}
		return null;
	}

	private long made() {
		return (this.latest == null) ? System.nanoTime() - DrawObserver.PERIOD.toNanos() : this.made;
	}

	private void make() {
		DrawSnapshot snapshot = this.observer.look();
		if (snapshot != this.told) {
			this.told = snapshot;
			this.latest = new Frame(this.json, snapshot, this.latest, this.observer.history());
		}
		this.made = System.nanoTime();
		notifyAll();
	}

	@Override
	public synchronized void start() {
		this.running = true;
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		notifyAll();
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/**
	 * One snapshot as events, made once for all viewers: the whole snapshot for those
	 * that have none yet, and what changed for those that have the frame before.
	 */
	static final class Frame {

		private final JsonMapper json;

		private final DrawSnapshot snapshot;

		private final long number;

		private final List<Point> history;

		private final byte[] change;

		private byte @Nullable [] all;

		/**
		 * @param history with the point of this frame
		 */
		Frame(JsonMapper json, DrawSnapshot snapshot, @Nullable Frame before, List<Point> history) {
			this.json = json;
			this.snapshot = snapshot;
			this.number = (before == null) ? 0 : before.number + 1;
			this.history = history;
			this.change = event("change", (before == null) ? snapshot : snapshot.since(before.snapshot));
		}

		/**
		 * @param seen what the viewer has, if anything
		 */
		byte[] since(@Nullable Frame seen) {
			return (seen != null && seen.number == this.number - 1) ? this.change : all();
		}

		private synchronized byte[] all() {
			byte[] bytes = this.all;
			if (bytes == null) {
				bytes = event("all", new All(this.snapshot, this.history));
				this.all = bytes;
			}
			return bytes;
		}

		private byte[] event(String name, Object data) {
			return ("event: " + name + "\ndata: " + this.json.writeValueAsString(data) + "\n\n")
				.getBytes(StandardCharsets.UTF_8);
		}

		private record All(DrawSnapshot snapshot, List<Point> history) {
		}

	}

}
