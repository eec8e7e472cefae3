package loteria.agency.tcp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

import jdk.net.ExtendedSocketOptions;
import loteria.agency.ending.StopSwitch;
import loteria.agency.settings.ServerAddress;
import loteria.protocol.ClientCodec;

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

	private final StopSwitch stop;

	Connector(ServerAddress server, StopSwitch stop) {
		this.server = server;
		this.stop = stop;
	}

	Connection connect(ClientCodec codec) throws IOException {
		IOException failure = new IOException("no address for " + this.server.host());
		for (InetAddress address : addresses()) {
			Socket socket = new Socket();
			try {
				this.stop.closeOnStop(socket);
				configure(socket);
				socket.connect(new InetSocketAddress(address, this.server.port()), (int) TIMEOUT.toMillis());
				if (isItsOwnPeer(socket)) {
					throw new ConnectException("Connection refused");
				}
				return new Connection(socket, codec, Central.REPLY_LIMIT);
			}
			catch (IOException ex) {
				socket.close();
				this.stop.check();
				failure = new IOException(ex.getMessage() + " (" + socketAddress(address) + ")", ex);
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

	private InetAddress[] addresses() throws IOException {
		try {
			return InetAddress.getAllByName(this.server.host());
		}
		catch (UnknownHostException ex) {
			this.stop.check();
			throw new IOException("no address for " + this.server.host(), ex);
		}
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
