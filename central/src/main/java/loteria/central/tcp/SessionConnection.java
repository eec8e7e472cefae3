package loteria.central.tcp;

import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.ip.tcp.connection.TcpNetConnection;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;

/**
 * A connection with its {@link Session}. The session reads through a buffer of its own;
 * without one every byte would be a system call.
 */
final class SessionConnection extends TcpNetConnection {

	private final Session session;

	private final OpenConnections open;

	private final ListenerLog log;

	private final AtomicBoolean counted = new AtomicBoolean();

	SessionConnection(Socket socket, Session session, OpenConnections open, ListenerLog log,
			@Nullable ApplicationEventPublisher publisher, @Nullable String factory) {
		super(socket, true, false, publisher, factory);
		this.session = session;
		this.open = open;
		this.log = log;
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
	 */
	@Override
	public void send(Message<?> message) {
		try {
			super.send(message);
		}
		catch (MessagingException ex) {
			this.log.unsent(String.valueOf(ex.getMostSpecificCause().getMessage()));
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
