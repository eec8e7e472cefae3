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

	private final OpenConnections open;

	private final ListenerMeters meters;

	SessionConnections(Dialect dialect, BetRules rules, OpenConnections open, ListenerMeters meters) {
		this.dialect = dialect;
		this.rules = rules;
		this.open = open;
		this.meters = meters;
	}

	@Override
	public TcpNetConnection createNewConnection(Socket socket, boolean server, boolean lookupHost,
			@Nullable ApplicationEventPublisher publisher, @Nullable String factory) {
		ListenerLog log = new ListenerLog(socket.getInetAddress().getHostAddress() + ":" + socket.getPort(),
				this.meters);
		Connections limits = this.open.limits();
		Session session = new Session(socket,
				this.dialect.server(this.rules, new Limits((int) limits.maxMessage().toBytes())), limits,
				this.open.memory(), log);
		SessionConnection connection = new SessionConnection(socket, output(socket), session, this.open, log, publisher,
				factory);
		try (LogContext.Scope _ = log.enter()) {
			if (!this.open.tryOpen(connection)) {
				log.tooMany(limits.max());
				// the factory closes it: here, not later, so that no more are open than
				// may be
				throw new IllegalStateException("too many connections");
			}
			log.accepted();
		}
		return connection;
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
