package loteria.central;

import java.nio.file.Path;
import java.util.Map;

import loteria.central.moving.EarlySettings;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.StoreType;
import loteria.central.settings.Listener;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.FileBetStore;
import loteria.central.store.file.Opening;
import loteria.central.tcp.BoundPorts;
import org.jspecify.annotations.Nullable;

/**
 * What a central has to itself, the lock of its store and its ports, taken in this order
 * before all else: a peer that connects once, a moment after the start, waits until it is
 * served; and a central that another one keeps from the store never lets a peer connect.
 */
final class Claim implements AutoCloseable {

	private final BoundPorts ports = new BoundPorts();

	private @Nullable Path directory;

	private @Nullable Opening store;

	private boolean settled;

	/** With what is certain before the framework has read the settings, if there is. */
	void begin(EarlySettings early) throws StoreFailure {
		take(StoreType.FILE, early.store(), Map.of(early.dialect(), early.listener()));
	}

	/** With all settings: lets go of what they do not have. */
	void settle(CentralSettings settings) throws StoreFailure {
		if (!this.settled) {
			this.settled = true;
			take(settings.store().type(), settings.store().directory(), settings.listeners());
		}
	}

	private void take(StoreType type, Path directory, Map<String, Listener> listeners) throws StoreFailure {
		boolean done = false;
		try {
			if (this.store != null && (type != StoreType.FILE || !directory.equals(this.directory))) {
				this.store.close();
				this.store = null;
			}
			if (this.store == null && type == StoreType.FILE) {
				this.store = FileBetStore.lock(directory);
				this.directory = directory;
			}
			this.ports.bind(listeners);
			done = true;
		}
		finally {
			if (!done) {
				close();
			}
		}
	}

	BoundPorts ports() {
		return this.ports;
	}

	/** The store of files, to be opened by the caller, which also closes it. */
	Opening takeStore() {
		Opening taken = this.store;
		if (taken == null) {
			throw new IllegalStateException("the store is taken");
		}
		this.store = null;
		return taken;
	}

	/** What was not taken over. */
	@Override
	public void close() {
		this.ports.close();
		if (this.store != null) {
			this.store.close();
			this.store = null;
		}
	}

}
