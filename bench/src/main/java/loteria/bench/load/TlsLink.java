package loteria.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;

import loteria.tls.TlsConnection;

/**
 * Bytes by TLS, without ever waiting.
 */
final class TlsLink implements Link {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final ByteBuffer received;

	private final ByteBuffer encrypted;

	private TlsLink(SocketChannel channel, SSLEngine engine) {
		this.channel = channel;
		this.engine = engine;
		int record = engine.getSession().getPacketBufferSize();
		this.received = ByteBuffer.allocateDirect(record);
		this.encrypted = ByteBuffer.allocateDirect(record).flip();
	}

	/**
	 * @param channel blocking; nothing is left of the handshake when this returns
	 */
	static TlsLink open(SocketChannel channel, SSLEngine engine) throws IOException {
		new TlsConnection(channel.socket(), engine).handshake(LIMIT);
		return new TlsLink(channel, engine);
	}

	@Override
	public int read(ByteBuffer into) throws IOException {
		int before = into.position();
		while (true) {
			this.received.flip();
			Status status = this.engine.unwrap(this.received, into).getStatus();
			this.received.compact();
			if (status == Status.BUFFER_OVERFLOW) {
				throw new IOException("more answers at once than there is room for");
			}
			int count = (status == Status.BUFFER_UNDERFLOW) ? this.channel.read(this.received) : 1;
			if (count < 0 || status == Status.CLOSED) {
				return -1;
			}
			if (count == 0) {
				return into.position() - before;
			}
		}
	}

	@Override
	public boolean write(ByteBuffer from) throws IOException {
		while (flush()) {
			if (!from.hasRemaining()) {
				return true;
			}
			this.encrypted.clear();
			this.engine.wrap(from, this.encrypted);
			this.encrypted.flip();
		}
		return false;
	}

	private boolean flush() throws IOException {
		this.channel.write(this.encrypted);
		return !this.encrypted.hasRemaining();
	}

}
