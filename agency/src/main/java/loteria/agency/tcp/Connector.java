package loteria.agency.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

import jdk.net.ExtendedSocketOptions;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.ServerAddress;
import loteria.agency.settings.Tls;
import loteria.protocol.ClientCodec;
import org.jspecify.annotations.Nullable;

/**
 * Makes single attempts to connect. The name is looked up each time, and every address it
 * has is tried: a central that moved is found again.
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

	private final ServerAddress server;

	private final @Nullable Tls tls;

	private final Lookup lookup;

	private final Patience patience;

	private final StopSwitch stop;

	Connector(ServerAddress server, @Nullable Tls tls, Patience patience, StopSwitch stop) {
		this.server = server;
		this.tls = tls;
		this.lookup = new Lookup(InetAddress::getAllByName, patience, stop);
		this.patience = patience;
		this.stop = stop;
	}

	Connection connect(ClientCodec codec) throws IOException {
		IOException failure = new IOException("no address for " + this.server.host());
		for (InetAddress address : this.lookup.addresses(this.server.host())) {
			Socket socket = new Socket();
			int limit = (int) this.patience.forAWait(TIMEOUT, true).toMillis();
			long from = this.patience.now();
			try {
				this.stop.closeOnStop(socket);
				configure(socket);
				socket.connect(new InetSocketAddress(address, this.server.port()), limit);
				if (isItsOwnPeer(socket)) {
					throw new ConnectException("Connection refused");
				}
				return new Connection(Line.over(socket, this.server, this.tls, Duration.ofMillis(limit)), codec,
						this.patience);
			}
			catch (NoTlsException ex) {
				// the name has been found, and another address of it would say the same
				socket.close();
				throw ex;
			}
			catch (IOException ex) {
				socket.close();
				this.stop.check();
				String reason = (ex instanceof SocketTimeoutException) ? "no answer within " + limit + " ms"
						: ex.getMessage();
				failure = new IOException(reason + " (" + socketAddress(address) + ")", ex);
			}
			finally {
				this.patience.waitedSince(from);
			}
		}
		throw failure;
	}

	/**
	 * On the machine of a central that is down, one attempt in some ten thousand meets
	 * itself: the system gives it the very port that it wants to reach as its own. The
	 * agency would then talk to itself, and keep the central from its port.
	 */
	static boolean isItsOwnPeer(Socket socket) {
		return socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
	}

	private String socketAddress(InetAddress address) {
		return new ServerAddress(address.getHostAddress(), this.server.port()).toString();
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
