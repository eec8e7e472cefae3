package loteria.tls;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/**
 * TLS over a connected socket, for one thread that reads and one that writes at a time,
 * the same as a rule. Any other may close the socket, and so end whatever these wait for;
 * Java's own TLS socket would have it wait for the writer first, and lets a peer make a
 * read last for ever by a byte now and then.
 * <p>
 * The socket's read timeout holds for a whole read of {@link #in}, in however many pieces
 * what it waits for comes. After a timeout reading may go on where it was.
 */
public final class TlsConnection {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	/** A fatal alert, in plain, for who does not speak TLS: unexpected message. */
	private static final byte[] NOT_UNDERSTOOD = { 21, 3, 3, 0, 2, 2, 10 };

	/** Of a record: change of cipher, alert, handshake, data. */
	private static final int FIRST_TYPE = 20;

	private static final int LAST_TYPE = 23;

	private static final byte ALERT = 21;

	private static final byte HANDSHAKE = 22;

	/** Of a record, the larger number: that of SSL 3.0 and of all TLS. */
	private static final byte VERSION = 3;

	/** The smaller number: that of TLS 1.3. */
	private static final byte NEWEST = 4;

	/** For a server to say whether it accepts a client, where it says so. */
	private static final Duration ACCEPTANCE = Duration.ofMillis(500);

	/** More than a record may be. */
	private static final int MAX_BUFFER = 64 * 1024;

	private final Socket socket;

	private final SSLEngine engine;

	private final InputStream socketIn;

	private final OutputStream socketOut;

	/** From its position to its limit: what has arrived and is not decrypted. */
	private ByteBuffer received;

	/** From its position to its limit: what is decrypted and not read. */
	private ByteBuffer plain = NOTHING;

	/** Guarded by {@link #writing}. */
	private ByteBuffer encrypted;

	/** Also who reads writes now and then. */
	private final ReentrantLock writing = new ReentrantLock();

	private boolean anything;

	private boolean ended;

	/** By {@link System#nanoTime}, as long as the socket takes what is written. */
	private volatile @Nullable Long writingSince;

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
			TlsConnection.this.write(ByteBuffer.wrap(bytes, offset, length));
		}

	};

	/**
	 * @param engine told all it has to know
	 */
	public TlsConnection(Socket socket, SSLEngine engine) throws IOException {
		this.socket = socket;
		this.engine = engine;
		this.socketIn = socket.getInputStream();
		this.socketOut = socket.getOutputStream();
		int record = engine.getSession().getPacketBufferSize();
		this.received = ByteBuffer.allocate(record).flip();
		this.encrypted = ByteBuffer.allocate(record);
	}

	public InputStream in() {
		return this.in;
	}

	/** Writes each array at once; for whoever buffers. */
	public OutputStream out() {
		return this.out;
	}

	/** Whether the peer has said anything at all. */
	public boolean hasHeard() {
		return this.anything;
	}

	/**
	 * Whether the peer has not taken for so long what is being written; also where that
	 * happens in the middle of a read, because TLS has something to say. For other
	 * threads.
	 */
	public boolean isStuckFor(Duration limit) {
		Long since = this.writingSince;
		return since != null && System.nanoTime() - since > limit.toNanos();
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
					case NEED_TASK -> runTasks();
					case NEED_WRAP -> wrap(NOTHING);
					default -> unwrapHandshake(deadline);
				}
			}
			if (this.engine.getUseClientMode() && this.engine.getSession().getProtocol().equals("TLSv1.3")) {
				awaitAcceptance(Math.min(deadline, System.nanoTime() + ACCEPTANCE.toNanos()));
			}
		}
		catch (SSLException ex) {
			throw broken(ex);
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
	 * Who accepts a client sends it a ticket for the next time, as almost all servers do.
	 */
	private void awaitAcceptance(long deadline) throws IOException {
		try {
			while (true) {
				SSLEngineResult result = unwrap();
				if (result.getStatus() == Status.CLOSED) {
					throw new EOFException();
				}
				if (result.bytesConsumed() > 0) {
					return;
				}
				if (result.getStatus() == Status.BUFFER_UNDERFLOW && !receive(deadline)) {
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
		Status status = unwrap().getStatus();
		if (status == Status.CLOSED || (status == Status.BUFFER_UNDERFLOW && !receive(deadline))) {
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
			while (!this.plain.hasRemaining() && !this.ended) {
				SSLEngineResult result = unwrap();
				switch (result.getStatus()) {
					case BUFFER_UNDERFLOW -> {
						this.ended = !((first || limit == 0) ? receive() : receive(deadline));
						first = false;
					}
					case CLOSED -> this.ended = true;
					default -> {
					}
				}
				// keys are renewed now and then, and TLS 1.2 answers the end by another
				answer();
			}
		}
		catch (SSLException ex) {
			throw broken(ex);
		}
		finally {
			this.socket.setSoTimeout(limit);
		}
		if (!this.plain.hasRemaining()) {
			return -1;
		}
		int count = Math.min(length, this.plain.remaining());
		this.plain.get(bytes, offset, count);
		return count;
	}

	private void answer() throws IOException {
		while (!this.engine.isOutboundDone()) {
			HandshakeStatus status = this.engine.getHandshakeStatus();
			if (status == HandshakeStatus.NEED_TASK) {
				runTasks();
			}
			else if (status != HandshakeStatus.NEED_WRAP || wrap(NOTHING) == Status.CLOSED) {
				return;
			}
		}
	}

	private SSLEngineResult unwrap() throws SSLException {
		if (this.plain.capacity() == 0) {
			this.plain = ByteBuffer.allocate(this.engine.getSession().getApplicationBufferSize());
		}
		this.plain.clear();
		try {
			SSLEngineResult result = this.engine.unwrap(this.received, this.plain);
			if (result.getStatus() == Status.BUFFER_OVERFLOW) {
				this.plain = ByteBuffer.allocate(larger(this.plain));
			}
			return result;
		}
		finally {
			this.plain.flip();
		}
	}

	private boolean receive(long deadline) throws IOException {
		long left = (deadline - System.nanoTime()) / 1_000_000;
		if (left <= 0) {
			throw new SocketTimeoutException("no whole record in time");
		}
		this.socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
		return receive();
	}

	/** Waits for more; false at the end. */
	private boolean receive() throws IOException {
		this.received.compact();
		try {
			if (!this.received.hasRemaining()) {
				this.received = ByteBuffer.allocate(larger(this.received)).put(this.received.flip());
			}
			int count = this.socketIn.read(this.received.array(), this.received.position(), this.received.remaining());
			this.received.position(this.received.position() + Math.max(count, 0));
			if (!this.anything && count > 0) {
				this.anything = true;
				requireRecord(count);
			}
			return count >= 0;
		}
		finally {
			this.received.flip();
		}
	}

	private void requireRecord(int count) throws IOException {
		byte[] bytes = this.received.array();
		if (bytes[0] < FIRST_TYPE || bytes[0] > LAST_TYPE) {
			this.socketOut.write(NOT_UNDERSTOOD);
			throw new TlsFailure(TlsFailure.Kind.NOT_TLS, "this is no TLS, but plain: " + Excerpt.of(bytes, count));
		}
	}

	/** Whether this is how who speaks TLS begins to somebody who does not. */
	public static boolean isHello(byte first, byte second, byte third) {
		return first == HANDSHAKE && second == VERSION && third >= 0 && third <= NEWEST;
	}

	/** Whether this is how who speaks TLS answers somebody who does not. */
	public static boolean isAlert(byte first, byte second, byte third) {
		return first == ALERT && second == VERSION && third >= 0 && third <= NEWEST;
	}

	private static int larger(ByteBuffer buffer) throws SSLException {
		if (buffer.capacity() >= MAX_BUFFER) {
			throw new SSLException("a record larger than records may be");
		}
		return Math.max(buffer.capacity(), 1) * 2;
	}

	private void write(ByteBuffer bytes) throws IOException {
		try {
			while (bytes.hasRemaining()) {
				if (wrap(bytes) == Status.CLOSED) {
					throw new SocketException("the peer has ended TLS");
				}
			}
		}
		catch (SSLException ex) {
			throw broken(ex);
		}
	}

	private Status wrap(ByteBuffer bytes) throws IOException {
		this.writing.lock();
		try {
			return wrapAlone(bytes);
		}
		finally {
			this.writingSince = null;
			this.writing.unlock();
		}
	}

	private Status wrapAlone(ByteBuffer bytes) throws IOException {
		this.encrypted.clear();
		SSLEngineResult result = this.engine.wrap(bytes, this.encrypted);
		if (result.getStatus() == Status.BUFFER_OVERFLOW) {
			this.encrypted = ByteBuffer.allocate(larger(this.encrypted));
		}
		if (this.encrypted.position() > 0) {
			this.writingSince = System.nanoTime();
			this.socketOut.write(this.encrypted.array(), 0, this.encrypted.position());
		}
		if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
			runTasks();
		}
		return result.getStatus();
	}

	private void runTasks() {
		for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine.getDelegatedTask()) {
			task.run();
		}
	}

	/** Says that nothing more will be written; in TLS 1.3 the peer may go on. */
	public void endOutput() throws IOException {
		this.engine.closeOutbound();
		answer();
	}

	/** Tells the peer, which is told by an alert, and what to tell everybody else. */
	private TlsFailure broken(SSLException cause) {
		TlsFailure failure = TlsFailure.of(cause);
		try {
			answer();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
		return failure;
	}

}
