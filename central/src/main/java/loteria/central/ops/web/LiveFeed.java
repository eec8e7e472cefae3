package loteria.central.ops.web;

import loteria.central.ops.DrawObserver;
import loteria.central.ops.DrawSnapshot;
import loteria.central.settings.CentralSettings;
import loteria.central.tcp.Capacity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives everybody who looks the same frames, one a second. Whoever is first to want the
 * next one makes it; while nobody looks none is made. A viewer that is slow to take a
 * frame misses some and holds nobody up.
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

	/**
	 * At most half of all HTTP connections: others ask for the health.
	 */
	LiveFeed(DrawObserver observer, JsonMapper json, CentralSettings settings, Capacity capacity) {
		this.observer = observer;
		this.json = json;
		this.most = Math.min(settings.page().viewers(), capacity.http() / 2);
	}

	/** Returns whether there is room for another viewer, who must {@link #leave} then. */
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
				// at least one: none would mean for ever
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

}
