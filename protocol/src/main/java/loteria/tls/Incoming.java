package loteria.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * What arrives of TLS: records that are not decrypted, and bytes that are not read. For
 * one thread at a time.
 */
final class Incoming {

	private final Socket socket;

	private final SSLEngine engine;

	private final InputStream in;

	/** From its position to its limit: what has arrived and is not decrypted. */
	private ByteBuffer received;

	/** From its position to its limit: what is decrypted and not read. */
	private ByteBuffer plain = ByteBuffer.allocate(0);

	private boolean anything;

	Incoming(Socket socket, SSLEngine engine) throws IOException {
		this.socket = socket;
		this.engine = engine;
		this.in = socket.getInputStream();
		this.received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
	}

	/** Whether the peer has said anything at all. */
	boolean hasHeard() {
		return this.anything;
	}

	/** Whether there is something to {@link #take}. */
	boolean hasPlain() {
		return this.plain.hasRemaining();
	}

	/** Returns how much it was, at most {@code length}. */
	int take(byte[] bytes, int offset, int length) {
		int count = Math.min(length, this.plain.remaining());
		this.plain.get(bytes, offset, count);
		return count;
	}

	/** Decrypts the next record, where nothing is left of the one before. */
	SSLEngineResult unwrap() throws SSLException {
		if (this.plain.capacity() == 0) {
			this.plain = ByteBuffer.allocate(this.engine.getSession().getApplicationBufferSize());
		}
		this.plain.clear();
		try {
			SSLEngineResult result = this.engine.unwrap(this.received, this.plain);
			if (result.getStatus() == Status.BUFFER_OVERFLOW) {
				this.plain = ByteBuffer.allocate(TlsRecord.larger(this.plain));
			}
			return result;
		}
		finally {
			this.plain.flip();
		}
	}

	/**
	 * Like {@link #receive()}, but only so long.
	 * @param deadline by {@link System#nanoTime}
	 */
	boolean receive(long deadline) throws IOException {
		long left = (deadline - System.nanoTime()) / 1_000_000;
		if (left <= 0) {
			throw new SocketTimeoutException("no whole record in time");
		}
		this.socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
		return receive();
	}

	/** Waits for more; false at the end. */
	boolean receive() throws IOException {
		this.received.compact();
		try {
			if (!this.received.hasRemaining()) {
				this.received = ByteBuffer.allocate(TlsRecord.larger(this.received)).put(this.received.flip());
			}
			int count = this.in.read(this.received.array(), this.received.position(), this.received.remaining());
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
		if (!TlsRecord.begins(bytes[0])) {
			this.socket.getOutputStream().write(TlsRecord.notUnderstood());
			throw new TlsFailure(TlsFailure.Kind.NOT_TLS, "this is no TLS, but plain: " + Excerpt.of(bytes, count));
		}
	}

}
