package loteria.central.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

import jdk.net.ExtendedSocketOptions;
import loteria.bet.BetRules;
import loteria.central.settings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.Dialect.Limits;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.ServerCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.ip.tcp.connection.DefaultTcpNetConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpNetConnection;

/**
 * Makes the connections of one listener. Called by the thread that accepts.
 */
final class SessionConnections extends DefaultTcpNetConnectionSupport {

	private static final int KEEP_ALIVE_SECONDS = 10;

	private static final int KEEP_ALIVE_PROBES = 3;

	private static final Logger log = LoggerFactory.getLogger(SessionConnections.class);

	private final Dialect dialect;

	private final BetRules rules;

	private final OpenConnections open;

	private final ListenerMeters meters;

	private final Peers peers;

	private final @Nullable ListenerTls tls;

	private final LogRate rate;

	private final Presence presence;

	SessionConnections(Dialect dialect, BetRules rules, OpenConnections open, ListenerMeters meters, Peers peers,
			@Nullable ListenerTls tls, LogRate rate, Presence presence) {
		this.dialect = dialect;
		this.rules = rules;
		this.open = open;
		this.meters = meters;
		this.peers = peers;
		this.tls = tls;
		this.rate = rate;
		this.presence = presence;
	}

	@Override
	public TcpNetConnection createNewConnection(Socket socket, boolean server, boolean lookupHost,
			@Nullable ApplicationEventPublisher publisher, @Nullable String factory) {
		String address = socket.getInetAddress().getHostAddress();
		ConnectionLog peerLog = new ConnectionLog(address + ":" + socket.getPort(), this.meters, this.rate,
				this.presence.visit(address, this.dialect));
		Connections limits = this.open.limits();
		ServerCodec codec = this.dialect.server(this.rules, new Limits((int) limits.maxMessage().toBytes()));
		try (ConnectionLog.Scope _ = peerLog.enter()) {
			Speaker speaker = this.peers.of(socket.getInetAddress());
			if (speaker == null) {
				Refusal refusal = new Refusal(Reason.FORBIDDEN,
						"nobody may speak from there, central.listeners.<name>.peers");
				peerLog.notAccepted(refusal);
				throw refused(refusal, codec, socket);
			}
			Wire wire = wire(socket, peerLog);
			Session session = new Session(socket, codec, this.open, speaker.and(wire.speaker()), this.tls != null,
					peerLog);
			SessionConnection connection = new SessionConnection(socket, wire, session, this.open, peerLog, publisher,
					factory);
			Limit reached = this.open.tryOpen(connection);
			if (reached != null) {
				Refusal refusal = this.open.refusal(reached);
				peerLog.notAccepted(reached, refusal);
				throw refused(refusal, codec, socket);
			}
			keepAlive(socket);
			peerLog.accepted();
			return connection;
		}
	}

	private Refused refused(Refusal refusal, ServerCodec codec, Socket socket) {
		return (this.tls != null) ? Refused.silently(refusal) : Refused.tell(refusal, codec, socket);
	}

	/** Notices a peer whose machine or network is gone, also while it waits. */
	private static void keepAlive(Socket socket) {
		try {
			socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
			socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
			socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
		}
		catch (IOException | UnsupportedOperationException ex) {
			log.debug("action: accept_connections | result: in_progress | error: {}", ex.getMessage());
		}
	}

	private Wire wire(Socket socket, ConnectionLog log) {
		try {
			return (this.tls != null) ? this.tls.of(socket, log) : new PlainWire(socket);
		}
		catch (IOException ex) {
			// the factory logs it and goes on accepting
			throw new UncheckedIOException("a connection was lost while it was accepted", ex);
		}
	}

}
