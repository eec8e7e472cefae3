package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;

/**
 * A raw socket as peer of the central. Bytes are written and read as text of ISO 8859-1,
 * one character a byte. Waits no longer than a minute for anything.
 */
final class Peer implements AutoCloseable {

	private static final int LIMIT_MILLIS = 60_000;

	private static final int TINY = 2 * 1024;

	private static final Charset BYTES = StandardCharsets.ISO_8859_1;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	Peer(int port) throws IOException {
		this(port, new Socket());
	}

	private Peer(int port, Socket socket) throws IOException {
		this.socket = socket;
		this.socket.connect(new InetSocketAddress("127.0.0.1", port));
		this.socket.setSoTimeout(LIMIT_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.in = this.socket.getInputStream();
		this.out = this.socket.getOutputStream();
	}

	/** A peer with another address of this machine. */
	static Peer from(String address, int port) throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(address, 0));
		return new Peer(port, socket);
	}

	/** A peer that speaks TLS, from its first byte on. */
	static Peer byTls(int port, SSLContext context) throws IOException {
		return new Peer(port, context.getSocketFactory().createSocket());
	}

	/** A peer whose own system keeps next to nothing of either direction. */
	static Peer withTinyBuffers(int port) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(TINY);
		socket.setSendBufferSize(TINY);
		return new Peer(port, socket);
	}

	/** As the central's log names this peer. */
	String address() {
		return "127.0.0.1:" + this.socket.getLocalPort();
	}

	void send(String bytes) throws IOException {
		this.out.write(bytes.getBytes(BYTES));
		this.out.flush();
	}

	/**
	 * Sends again and again without ever reading, until the central closes.
	 * @param most bytes after which the central has taken too much
	 */
	void sendUntilClosed(String message, long most) {
		byte[] bytes = message.getBytes(BYTES);
		try {
			for (long sent = 0; sent < most; sent += bytes.length) {
				this.out.write(bytes);
			}
		}
		catch (IOException ex) {
			return;
		}
		throw new AssertionError("the central has taken " + most + " bytes of a peer that reads nothing");
	}

	/** Tells the central that nothing more will come. */
	void endOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	/** The next lines with their ends, or fewer if the central closes. */
	String receiveLines(int lines) throws IOException {
		StringBuilder text = new StringBuilder();
		for (int left = lines; left > 0;) {
			int next = this.in.read();
			if (next < 0) {
				break;
			}
			text.append((char) next);
			left -= (next == '\n') ? 1 : 0;
		}
		return text.toString();
	}

	/** The next bytes, or fewer if the central closes. */
	String receive(int bytes) throws IOException {
		return new String(this.in.readNBytes(bytes), BYTES);
	}

	/** Everything until the central closes. */
	String receiveAll() throws IOException {
		return new String(this.in.readAllBytes(), BYTES);
	}

	/** Is gone at once, without having read what has come. */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
