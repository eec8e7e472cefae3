package loteria.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/**
 * TLS over a connected socket, for one thread that reads and one that writes at a time,
 * the same as a rule. Any other may close the socket, and so end whatever these wait for.
 * Java's own TLS socket does not tell a client when the server has accepted its
 * certificate, nor what a peer without TLS has sent, and lets a peer make a limited read
 * last by a byte now and then.
 * <p>
 * The socket's read timeout holds for a whole read of {@link #in}, in however many pieces
 * what it waits for comes. After a timeout reading may go on where it was.
 */
public final class TlsConnection {

	/** For a server to say whether it accepts a client, where it says so. */
	private static final Duration ACCEPTANCE = Duration.ofMillis(500);

	private final Socket socket;

	private final SSLEngine engine;

	private final Incoming incoming;

	private final Outgoing outgoing;

	private boolean ended;

	private final InputStream in = new InputStream() {

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (TlsConnection.this.read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return TlsConnection.this.read(bytes, offset, length);
		}

	};

	private final OutputStream out = new OutputStream() {

		@Override
		public void write(int single) throws IOException {
			write(new byte[] { (byte) single }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			TlsConnection.this.outgoing.write(ByteBuffer.wrap(bytes, offset, length));
		}

	};

	/**
	 * @param engine told all it has to know
	 */
	public TlsConnection(Socket socket, SSLEngine engine) throws IOException {
		this.socket = socket;
		this.engine = engine;
		this.incoming = new Incoming(socket, engine);
		this.outgoing = new Outgoing(socket, engine);
	}

	public InputStream in() {
		return this.in;
	}

	/** Sends a record for each array that is written: the caller buffers. */
	public OutputStream out() {
		return this.out;
	}

	/** Whether the peer has said anything at all. */
	public boolean hasHeard() {
		return this.incoming.hasHeard();
	}

	/**
	 * Whether the peer has not taken for so long what is being written; also where that
	 * happens in the middle of a read, because TLS has something to say. For other
	 * threads.
	 */
	public boolean isStuckFor(Duration limit) {
		return this.outgoing.isStuckFor(limit);
	}

	/**
	 * Comes before anything else. A client is through only when the server has looked at
	 * its certificate: in TLS 1.3 that is after what is called the handshake, and what a
	 * client says at once may go to a server that is about to refuse it.
	 * @param limit for all of it
	 * @throws TlsFailure if there is no TLS between the two; the peer has been told then
	 */
	public void handshake(Duration limit) throws IOException {
		long deadline = System.nanoTime() + limit.toNanos();
		try {
			this.engine.beginHandshake();
			while (isShakingHands()) {
				switch (this.engine.getHandshakeStatus()) {
					case NEED_TASK -> this.outgoing.runTasks();
					case NEED_WRAP -> this.outgoing.wrapNothing();
					default -> unwrapHandshake(deadline);
				}
			}
			if (this.engine.getUseClientMode() && this.engine.getSession().getProtocol().equals("TLSv1.3")) {
				awaitAcceptance(Math.min(deadline, System.nanoTime() + ACCEPTANCE.toNanos()));
			}
		}
		catch (SSLException ex) {
			throw this.outgoing.broken(ex);
		}
		catch (EOFException ex) {
			throw TlsFailure.closed(ex);
		}
		catch (SocketTimeoutException ex) {
			SocketTimeoutException late = new SocketTimeoutException(
					"no complete handshake within " + limit.toMillis() + " ms");
			late.initCause(ex);
			throw TlsFailure.tooSlow(late);
		}
	}

	/**
	 * A server that accepts a client sends it a ticket for the next time; almost all do.
	 */
	private void awaitAcceptance(long deadline) throws IOException {
		try {
			while (true) {
				SSLEngineResult result = this.incoming.unwrap();
				if (result.getStatus() == Status.CLOSED) {
					throw new EOFException();
				}
				if (result.bytesConsumed() > 0) {
					return;
				}
				if (result.getStatus() == Status.BUFFER_UNDERFLOW && !this.incoming.receive(deadline)) {
					throw new EOFException();
				}
			}
		}
		catch (SocketTimeoutException ex) {
			// one that sends none
		}
	}

	private boolean isShakingHands() {
		return switch (this.engine.getHandshakeStatus()) {
			case FINISHED, NOT_HANDSHAKING -> false;
			default -> true;
		};
	}

	private void unwrapHandshake(long deadline) throws IOException {
		Status status = this.incoming.unwrap().getStatus();
		if (status == Status.CLOSED || (status == Status.BUFFER_UNDERFLOW && !this.incoming.receive(deadline))) {
			throw new EOFException();
		}
	}

	/** The certificate that the peer has shown, or null if none. */
	public @Nullable X509Certificate peer() {
		try {
			Certificate[] chain = this.engine.getSession().getPeerCertificates();
			return (X509Certificate) chain[0];
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	/** Protocol and cipher suite, for a log. */
	public String describe() {
		return this.engine.getSession().getProtocol() + " " + this.engine.getSession().getCipherSuite();
	}

	private int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		int limit = this.socket.getSoTimeout();
		long deadline = System.nanoTime() + Duration.ofMillis(limit).toNanos();
		// however short the limit, there is one look
		boolean first = true;
		try {
			while (!this.incoming.hasPlain() && !this.ended) {
				SSLEngineResult result = this.incoming.unwrap();
				switch (result.getStatus()) {
					case BUFFER_UNDERFLOW -> {
						this.ended = !((first || limit == 0) ? this.incoming.receive()
								: this.incoming.receive(deadline));
						first = false;
					}
					case CLOSED -> this.ended = true;
					default -> {
					}
				}
				// keys are renewed now and then, and TLS 1.2 answers the end by another
				this.outgoing.answer();
			}
		}
		catch (SSLException ex) {
			throw this.outgoing.broken(ex);
		}
		finally {
			this.socket.setSoTimeout(limit);
		}
		return this.incoming.hasPlain() ? this.incoming.take(bytes, offset, length) : -1;
	}

	/** Says that nothing more will be written; in TLS 1.3 the peer may go on. */
	public void endOutput() throws IOException {
		this.engine.closeOutbound();
		this.outgoing.answer();
	}

}
