package loteria.central.tcp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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

	private final Session session;

	private final OpenConnections open;

	private final ListenerLog log;

	private final OutputStream out;

	private final AtomicBoolean counted = new AtomicBoolean();

	SessionConnection(Socket socket, OutputStream out, Session session, OpenConnections open, ListenerLog log,
			@Nullable ApplicationEventPublisher publisher, @Nullable String factory) {
		super(socket, true, false, publisher, factory);
		this.session = session;
		this.open = open;
		this.log = log;
		this.out = new BufferedOutputStream(out, OUT_BYTES);
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
	public void run() {
		if (!this.open.tryOpen()) {
			this.log.tooMany(this.open.max());
			close();
			return;
		}
		this.counted.set(true);
		this.log.accepted();
		try {
			super.run();
		}
		finally {
			close();
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
		try {
			this.session.serialize((List<Reply>) message.getPayload(), this.out);
			this.out.flush();
		}
		catch (IOException ex) {
			this.log.unsent(String.valueOf(ex.getMessage()));
			close();
			return;
		}
		if (this.session.isOver()) {
			close();
		}
	}

	@Override
	public void close() {
		super.close();
		if (this.counted.compareAndSet(true, false)) {
			this.open.close();
			this.log.closed();
		}
	}

}
