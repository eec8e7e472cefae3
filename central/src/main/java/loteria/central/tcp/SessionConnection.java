package loteria.central.tcp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.ip.tcp.connection.TcpNetConnection;
import org.springframework.messaging.Message;

/**
 * A connection with its {@link Session}. The session reads through a buffer of its own;
 * without one every byte would be a system call.
 */
final class SessionConnection extends TcpNetConnection {

	/**
	 * Room for many replies to batches; the winners of an agency may take several pieces.
	 */
	private static final int OUT_BYTES = 2048;

	private final Wire wire;

	private final Session session;

	private final OpenConnections open;

	private final ConnectionLog log;

	private final OutputStream out;

	/** By {@link System#nanoTime}, as long as a reply is being sent. */
	private volatile @Nullable Long sendingSince;

	private volatile boolean deaf;

	private volatile boolean opening;

	SessionConnection(Socket socket, Wire wire, Session session, OpenConnections open, ConnectionLog log,
			@Nullable ApplicationEventPublisher publisher, @Nullable String factory) {
		super(socket, true, false, publisher, factory);
		this.wire = wire;
		this.session = session;
		this.open = open;
		this.log = log;
		this.out = new BufferedOutputStream(wire.out(), OUT_BYTES);
	}

	@Override
	public Session getDeserializer() {
		return this.session;
	}

	@Override
	public Session getSerializer() {
		return this.session;
	}

	@Override
	protected InputStream inputStream() {
		return this.wire.in();
	}

	@Override
	public void run() {
		try (ConnectionLog.Scope _ = this.log.enter()) {
			try {
				if (this.session.reader().awaitTurn() && openWire()) {
					super.run();
					leave();
				}
			}
			finally {
				this.session.end();
				close();
				this.open.left(this);
				this.session.account().settle();
			}
		}
	}

	private boolean openWire() {
		this.opening = true;
		try {
			return this.wire.open();
		}
		finally {
			this.opening = false;
		}
	}

	/** Only the connection's own thread may: any other would have to wait for it. */
	private void leave() {
		if (isOpen()) {
			try {
				this.wire.end();
			}
			catch (IOException ex) {
				this.log.left(ex);
			}
		}
	}

	/**
	 * Sends the replies, and closes where the conversation ends with them. A peer that is
	 * gone has not got its answer, which is all there is to say: what was stored is
	 * stored.
	 * <p>
	 * Does not call what it overrides, which would give every connection a buffer as
	 * large as the system's own for sending, megabytes on loopback.
	 */
	@Override
	@SuppressWarnings("unchecked")
	public void send(Message<?> message) {
		this.sendingSince = System.nanoTime();
		try {
			this.session.serialize((List<Reply>) message.getPayload(), this.out);
			this.out.flush();
		}
		catch (IOException ex) {
			unsent(ex);
			close();
			return;
		}
		finally {
			this.sendingSince = null;
			this.session.sent();
		}
		if (this.session.isOver()) {
			leave();
			close();
		}
	}

	private void unsent(IOException ex) {
		Refusal refusal = this.session.refusal();
		if (refusal != null) {
			this.log.refused(refusal);
		}
		else if (!this.deaf) {
			this.log.unsent(String.valueOf(ex.getMessage()));
		}
	}

	/** See {@link OpenConnections#network}. */
	String network() {
		return this.session.network();
	}

	/**
	 * Whether its descriptor is kept, closed or not, by its own thread that reads.
	 */
	boolean isRead() {
		return this.opening || this.session.reader().isReading();
	}

	/** How long the peer has said nothing; nothing where it waits for an answer. */
	Duration silence() {
		return this.session.reader().waitedFor();
	}

	/** Closes it if its peer has taken too long for its message, or to begin one. */
	void cutOffIfSlow() {
		if (this.session.reader().endsIfOverdue()) {
			close();
		}
	}

	/** Closes it so that another can open. */
	void makeRoom(Duration silence) {
		this.log.madeRoom(silence);
		close();
	}

	/**
	 * Closes the connection if sending a reply has taken longer than {@code limit}.
	 * Called by another thread than its own, which that one then stops waiting for.
	 */
	void cutOffIfDeaf(Duration limit) {
		Long since = this.sendingSince;
		boolean stuck = since != null && System.nanoTime() - since > limit.toNanos() || this.wire.isStuckFor(limit);
		if (stuck && !this.deaf) {
			this.deaf = true;
			try (ConnectionLog.Scope _ = this.log.enter()) {
				this.log.notTaken(limit);
			}
			close();
		}
	}

	@Override
	public void close() {
		super.close();
		this.session.account().end();
		if (this.open.close(this)) {
			try (ConnectionLog.Scope _ = this.log.enter()) {
				this.log.closed();
			}
		}
	}

}
