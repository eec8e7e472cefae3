package loteria.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * What leaves by TLS. For the thread that writes, and also for the one that reads, which
 * has something to say now and then.
 */
final class Outgoing {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SSLEngine engine;

	private final OutputStream out;

	private final ReentrantLock writing = new ReentrantLock();

	/** Guarded by {@link #writing}. */
	private ByteBuffer encrypted;

	/** By {@link System#nanoTime}, as long as the socket takes what is written. */
	private volatile @Nullable Long writingSince;

	Outgoing(Socket socket, SSLEngine engine) throws IOException {
		this.engine = engine;
		this.out = socket.getOutputStream();
		this.encrypted = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
	}

	/** See {@link TlsConnection#isStuckFor}. */
	boolean isStuckFor(Duration limit) {
		Long since = this.writingSince;
		return since != null && System.nanoTime() - since > limit.toNanos();
	}

	/** Sends all of it. */
	void write(ByteBuffer bytes) throws IOException {
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

	/** Sends a record that TLS itself has to say. */
	Status wrapNothing() throws IOException {
		return wrap(NOTHING);
	}

	/** A record with as many of these bytes as it holds. */
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
			this.encrypted = ByteBuffer.allocate(TlsRecord.larger(this.encrypted));
		}
		if (this.encrypted.position() > 0) {
			this.writingSince = System.nanoTime();
			this.out.write(this.encrypted.array(), 0, this.encrypted.position());
		}
		if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
			runTasks();
		}
		return result.getStatus();
	}

	/** Says whatever TLS itself has to say now. */
	void answer() throws IOException {
		while (!this.engine.isOutboundDone()) {
			HandshakeStatus status = this.engine.getHandshakeStatus();
			if (status == HandshakeStatus.NEED_TASK) {
				runTasks();
			}
			else if (status != HandshakeStatus.NEED_WRAP || wrapNothing() == Status.CLOSED) {
				return;
			}
		}
	}

	void runTasks() {
		for (Runnable task = this.engine.getDelegatedTask(); task != null; task = this.engine.getDelegatedTask()) {
			task.run();
		}
	}

	/** Tells the peer, which is told by an alert, and what to tell everybody else. */
	TlsFailure broken(SSLException cause) {
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
