package loteria.central.tcp;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

import loteria.bet.BetRules;
import loteria.central.CentralSettings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.ip.tcp.connection.DefaultTcpNetConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpNetConnection;

/**
 * Makes the connections of one listener. Called by the thread that accepts.
 */
final class SessionConnections extends DefaultTcpNetConnectionSupport {

	private final Dialect dialect;

	private final BetRules rules;

	private final Connections limits;

	private final OpenConnections open;

	private final ListenerMeters meters;

	SessionConnections(Dialect dialect, BetRules rules, Connections limits, OpenConnections open,
			ListenerMeters meters) {
		this.dialect = dialect;
		this.rules = rules;
		this.limits = limits;
		this.open = open;
		this.meters = meters;
	}

	@Override
	public TcpNetConnection createNewConnection(Socket socket, boolean server, boolean lookupHost,
			@Nullable ApplicationEventPublisher publisher, @Nullable String factory) {
		ListenerLog log = new ListenerLog(socket.getInetAddress().getHostAddress() + ":" + socket.getPort(),
				this.meters);
		Session session = new Session(socket,
				this.dialect.server(this.rules, new Limits((int) this.limits.maxMessage().toBytes())), this.limits,
				log);
		return new SessionConnection(socket, output(socket), session, this.open, log, publisher, factory);
	}

	private static OutputStream output(Socket socket) {
		try {
			return socket.getOutputStream();
		}
		catch (IOException ex) {
			// the factory logs it and goes on accepting
			throw new UncheckedIOException("a connection was lost while it was accepted", ex);
		}
	}

}
