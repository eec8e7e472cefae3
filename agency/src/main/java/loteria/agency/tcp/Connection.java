package loteria.agency.tcp;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import loteria.agency.ending.Failure;
import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Inbound;
import loteria.protocol.ProtocolException;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection to the central. An {@link IOException} means that it is of no more
 * use, and that what was sent and not answered may have arrived or not.
 */
final class Connection implements Closeable {

	/** Several batches, which one flush then writes in one go. */
	private static final int BUFFER = 64 * 1024;

	/**
	 * What is made of a reply takes up to 30 times its bytes: a small heap has room for a
	 * shorter one.
	 */
	private static final long MAX_REPLY = Math.clamp(Runtime.getRuntime().maxMemory() / 32, 1024 * 1024,
			ClientCodec.MAX_REPLY);

	private final Line line;

	private final Socket socket;

	private final ClientCodec codec;

	private final InputStream in;

	private final OutputStream out;

	private final Inbound inbound = new Inbound();

	private final Patience patience;

	/** Whether the central has said what it has stored: what is lost is sent again. */
	private boolean greeted;

	/**
	 * @param patience bounds every wait but that for the draw
	 */
	Connection(Line line, ClientCodec codec, Patience patience) {
		this.line = line;
		this.socket = line.socket();
		this.codec = codec;
		this.patience = patience;
		this.in = line.in();
		this.out = new BufferedOutputStream(new TimedOutput(line, patience, this::isGreeted), BUFFER);
	}

	@Override
	public String toString() {
		return String.valueOf(this.socket.getRemoteSocketAddress());
	}

	/** What has come and was not understood. */
	Inbound unread() {
		return this.inbound;
	}

	boolean isAnswered(ClientRequest request) {
		return this.codec.isAnswered(request);
	}

	/**
	 * Puts a request into the buffer, which is flushed before any wait.
	 */
	void send(ClientRequest request) throws IOException {
		this.codec.encode(request, this.out);
	}

	/**
	 * @return the reply to {@code request}, the oldest that has none, if it is here
	 */
	@Nullable Reply poll(ClientRequest request) throws IOException {
		return this.codec.decode(request, this.inbound);
	}

	private boolean isGreeted() {
		return this.greeted;
	}

	/**
	 * Waits for the reply to {@code request}, the oldest that has none, as long as it
	 * takes.
	 */
	Reply receive(ClientRequest request, Silence silence) throws IOException, Failure {
		this.out.flush();
		return await(request, Duration.ZERO, silence);
	}

	/**
	 * Waits for the reply to {@code request}, the oldest that has none.
	 * @param most for the whole reply, in however many pieces it comes
	 */
	Reply receive(ClientRequest request, Duration most, Silence silence) throws IOException, Failure {
		this.out.flush();
		boolean repeatable = this.greeted || !(request instanceof ClientRequest.StoreBets);
		long from = this.patience.now();
		try {
			return await(request, this.patience.forAWait(most, repeatable), silence);
		}
		finally {
			this.patience.waitedSince(from);
		}
	}

	/**
	 * @param limit zero for none
	 */
	private Reply await(ClientRequest request, Duration limit, Silence silence) throws IOException, Failure {
		long deadline = System.nanoTime() + limit.toNanos();
		Reply reply = poll(request);
		while (reply == null) {
			if (this.inbound.hasEnded()) {
				int unfinished = this.inbound.available();
				throw new EOFException("the central closed the connection" + ((unfinished == 0) ? " without a reply"
						: " with " + unfinished + " bytes of an unfinished reply"));
			}
			if (this.inbound.available() > MAX_REPLY) {
				throw new ProtocolException("the reply has no end within " + MAX_REPLY + " bytes"
						+ ((MAX_REPLY < ClientCodec.MAX_REPLY) ? "; with more heap (-Xmx) more of it is read" : ""));
			}
			fill(limit, deadline, silence);
			reply = poll(request);
		}
		this.greeted |= reply instanceof Reply.Greeted;
		return reply;
	}

	private void fill(Duration limit, long deadline, Silence silence) throws IOException, Failure {
		int next = Math.toIntExact(Math.min(silence.next().toMillis(), Integer.MAX_VALUE));
		int left = limit.isZero() ? next : millisUntil(deadline, limit);
		try {
			this.socket.setSoTimeout(Math.min(next, left));
			this.inbound.fill(this.in);
			this.line.requireNoAlert(this.inbound);
		}
		catch (SocketTimeoutException ex) {
			if (next <= left) {
				silence.passed();
			}
		}
	}

	private static int millisUntil(long deadline, Duration limit) throws SocketTimeoutException {
		long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
		if (left <= 0) {
			throw new SocketTimeoutException("no reply within " + limit.toMillis() + " ms");
		}
		return Math.toIntExact(left);
	}

	/**
	 * Waits for the central to close.
	 * @return whether it did in time
	 */
	boolean isClosedWithin(Duration most) throws IOException {
		this.out.flush();
		this.socket.setSoTimeout(Math.toIntExact(this.patience.forAWait(most, true).toMillis()));
		long from = this.patience.now();
		try {
			return !this.inbound.fill(this.in);
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		finally {
			this.patience.waitedSince(from);
		}
	}

	/** Says that nothing more is going to be sent. */
	void endOutput() throws IOException {
		this.out.flush();
		this.line.endOutput();
	}

	/** Takes leave where the dialect has a word for it, which is never answered. */
	void sayGoodbye() throws IOException {
		ClientRequest goodbye = new Request.Disconnect();
		if (!isAnswered(goodbye)) {
			send(goodbye);
			this.out.flush();
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
