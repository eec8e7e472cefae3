package loteria.central.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ServerSocketFactory;

import loteria.central.settings.Listener;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the listeners, bound long before anything is served: a peer that connects
 * meanwhile waits in the backlog.
 */
public final class BoundPorts implements AutoCloseable {

	private final Map<String, Bound> ports = new ConcurrentHashMap<>();

	/**
	 * Binds the ports of those that are enabled, and lets go of any other port that was
	 * bound before.
	 * @throws UnboundPortException if one can't be bound; then none is
	 */
	public void bind(Map<String, Listener> listeners) {
		this.ports.entrySet().removeIf((entry) -> {
			boolean stays = entry.getValue().isOf(listeners.get(entry.getKey()));
			if (!stays) {
				close(entry.getValue().socket);
			}
			return !stays;
		});
		listeners.forEach((name, listener) -> {
			if (listener.enabled() && !this.ports.containsKey(name)) {
				this.ports.put(name, bound(name, listener));
			}
		});
	}

	private Bound bound(String name, Listener listener) {
		try {
			InetAddress address = (listener.address() != null) ? InetAddress.getByName(listener.address()) : null;
			return new Bound(listener, new ServerSocket(listener.port(), listener.backlog(), address));
		}
		catch (IOException ex) {
			close();
			throw new UnboundPortException(ListenerFault.describe(name, listener, ex), ex);
		}
	}

	/** Hands out the listener's socket once, and after that new ones. */
	ServerSocketFactory of(String name) {
		return new ServerSocketFactory() {

			@Override
			public ServerSocket createServerSocket(int port) throws IOException {
				return createServerSocket(port, 0);
			}

			@Override
			public ServerSocket createServerSocket(int port, int backlog) throws IOException {
				return createServerSocket(port, backlog, null);
			}

			@Override
			public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address)
					throws IOException {
				Bound bound = BoundPorts.this.ports.remove(name);
				return (bound != null) ? bound.socket : new ServerSocket(port, backlog, address);
			}

		};
	}

	/** Those that were not handed out. */
	@Override
	public void close() {
		this.ports.values().forEach((bound) -> close(bound.socket));
		this.ports.clear();
	}

	private static void close(ServerSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// no agency was served there
		}
	}

	private record Bound(Listener listener, ServerSocket socket) {

		private boolean isOf(@Nullable Listener other) {
			return other != null && other.enabled() && other.port() == this.listener.port()
					&& other.backlog() == this.listener.backlog()
					&& Objects.equals(other.address(), this.listener.address());
		}

	}

	/**
	 * A port that can't be bound; its message is what follows the result in the log.
	 */
	public static final class UnboundPortException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnboundPortException(String message, IOException cause) {
			super(message, cause);
		}

	}

}
