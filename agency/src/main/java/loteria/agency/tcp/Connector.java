package loteria.agency.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

import jdk.net.ExtendedSocketOptions;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.ServerAddress;
import loteria.agency.settings.ServerAddresses;
import loteria.agency.settings.Tls;
import loteria.protocol.ClientCodec;
import org.jspecify.annotations.Nullable;

/**
 * Makes single attempts to connect. Names are looked up each time, and every address is
 * tried that the centrals have: one that moved is found again, and one that is down is
 * stood in for by another of the same draw.
 */
final class Connector {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/**
	 * A host that vanished is noticed within a minute: nothing else ends a wait for the
	 * draw, which has no limit of its own.
	 */
	private static final int KEEP_ALIVE_IDLE = 30;

	private static final int KEEP_ALIVE_INTERVAL = 10;

	private static final int KEEP_ALIVE_PROBES = 3;

	private final List<ServerAddress> servers;

	private final Turns turns;

	private final @Nullable Tls tls;

	private final Lookup lookup;

	private final Patience patience;

	private final StopSwitch stop;

	private IOException failure = new IOException("no attempt was made");

	/**
	 * @param first with which of the servers to begin, if not with the first one
	 * @param tls how to speak it, or null for plain connections
	 */
	Connector(ServerAddresses servers, int first, @Nullable Tls tls, Lookup lookup, Patience patience,
			StopSwitch stop) {
		this.servers = servers.all();
		this.turns = new Turns(first, patience::now);
		this.tls = tls;
		this.lookup = lookup;
		this.patience = patience;
		this.stop = stop;
	}

	Connection connect(ClientCodec codec) throws IOException {
		int turn = this.turns.next();
		for (ServerAddress server : this.turns.order(this.servers, turn, (one) -> false)) {
			for (InetSocketAddress address : addresses(server, turn / this.servers.size())) {
				Connection connection = attempt(server, address, codec);
				if (connection != null) {
					return connection;
				}
			}
			this.turns.failed(server);
		}
		throw this.failure;
	}

	/**
	 * Those of the kind that the system prefers come first: where a name has both, many
	 * centrals listen on one kind alone.
	 */
	private List<InetSocketAddress> addresses(ServerAddress server, int turn) {
		try {
			List<InetAddress> found = List.of(this.lookup.addresses(server.host()));
			Class<?> preferred = found.getFirst().getClass();
			return this.turns.order(found.stream().map((one) -> new InetSocketAddress(one, server.port())).toList(),
					turn, (one) -> one.getAddress().getClass() != preferred);
		}
		catch (IOException ex) {
			this.failure = ex;
			return List.of();
		}
	}

	private @Nullable Connection attempt(ServerAddress server, InetSocketAddress address, ClientCodec codec)
			throws IOException {
		Socket socket = new Socket();
		int limit = (int) this.patience.forAWait(TIMEOUT, true).toMillis();
		long from = this.patience.now();
		try {
			this.stop.closeOnStop(socket);
			configure(socket);
			socket.connect(address, limit);
			if (isItsOwnPeer(socket)) {
				throw new ConnectException("Connection refused");
			}
			return new Connection(Line.over(socket, server, this.tls, Duration.ofMillis(limit)), codec, this.patience);
		}
		catch (NoTlsException ex) {
			// the name has been found, and another address of it would say the same
			socket.close();
			throw ex;
		}
		catch (IOException ex) {
			socket.close();
			this.stop.check();
			this.turns.failed(address);
			String reason = (ex instanceof SocketTimeoutException) ? "no answer within " + limit + " ms"
					: ex.getMessage();
			this.failure = new IOException(
					reason + " (" + new ServerAddress(address.getAddress().getHostAddress(), address.getPort()) + ")",
					ex);
			return null;
		}
		finally {
			this.patience.waitedSince(from);
		}
	}

	/**
	 * On the machine of a central that is down, one attempt in some ten thousand meets
	 * itself: the system gives it the very port that it wants to reach as its own. The
	 * agency would then talk to itself, and keep the central from its port.
	 */
	static boolean isItsOwnPeer(Socket socket) {
		return socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
	}

	private static void configure(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		socket.setKeepAlive(true);
		// all three or none of them, as the operating system has them
		if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPCOUNT)) {
			socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE);
			socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL);
			socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
		}
	}

}
