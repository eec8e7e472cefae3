package loteria.agency.scripted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The central's end of one connection.
 */
public final class Peer {

	private static final int SILENCE_MILLIS = 50;

	private static final int LIMIT_SECONDS = 60;

	private final ServerSocket server;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	Peer(ServerSocket server, Socket socket) throws IOException {
		this.server = server;
		this.socket = socket;
		this.in = socket.getInputStream();
		this.out = socket.getOutputStream();
	}

	/** Reads as many bytes as {@code text} has, which must be those. */
	public Peer expect(String text) throws IOException {
		byte[] read = this.in.readNBytes(text.getBytes(StandardCharsets.UTF_8).length);
		assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(text);
		return this;
	}

	public Peer expect(byte[] bytes) throws IOException {
		assertThat(this.in.readNBytes(bytes.length)).asHexString().isEqualTo(Bytes.hex(bytes));
		return this;
	}

	/** Reads bytes, whatever they are. */
	public String hex(int count) throws IOException {
		return Bytes.hex(this.in.readNBytes(count));
	}

	/** The agency closes, or ends its output, and sends nothing before. */
	public Peer expectEnd() throws IOException {
		assertThat(this.in.readAllBytes()).isEmpty();
		return this;
	}

	/** Whether nothing comes for a moment. */
	public boolean staysSilent() throws IOException {
		int limit = this.socket.getSoTimeout();
		this.socket.setSoTimeout(SILENCE_MILLIS);
		try {
			int next = this.in.read();
			throw new AssertionError("got byte " + next);
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
		finally {
			this.socket.setSoTimeout(limit);
		}
	}

	/** Whether nothing comes for so long. */
	public boolean staysSilent(Duration time) throws IOException {
		long from = System.nanoTime();
		while (System.nanoTime() - from < time.toNanos()) {
			staysSilent();
		}
		return true;
	}

	/** Reads up to a line feed, which is not returned. */
	public String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			assertThat(next).as("end of stream in %s", line).isNotNegative();
			line.write(next);
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	public Peer send(String text) throws IOException {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	public Peer send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		return this;
	}

	/** In segments of one byte. */
	public Peer drip(String text) throws IOException {
		this.socket.setTcpNoDelay(true);
		for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
			this.out.write(b);
		}
		return this;
	}

	/** Says nothing more. */
	public Peer endOutput() throws IOException {
		this.socket.shutdownOutput();
		return this;
	}

	/** Reads whatever comes, until the agency closes. */
	public void drain() throws IOException {
		this.in.transferTo(OutputStream.nullOutputStream());
	}

	/** From now on whoever connects is refused. */
	public Peer stopListening() throws IOException {
		this.server.close();
		return this;
	}

	/** Reads nothing until something has happened. */
	public Peer await(CountDownLatch event) throws IOException {
		try {
			assertThat(event.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
			return this;
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException(ex.getMessage());
		}
	}

	/** Closes so that the agency sees a reset, as after the death of a process. */
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

}
