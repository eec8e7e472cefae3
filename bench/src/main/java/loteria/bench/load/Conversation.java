package loteria.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import loteria.protocol.ClientCodec;
import loteria.protocol.ClientRequest;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import org.jspecify.annotations.Nullable;

/**
 * What one agency says, one thing at a time, with a connection for each where its dialect
 * has that habit.
 */
public final class Conversation implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 180_000;

	private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final InetSocketAddress central;

	private final Dialect dialect;

	private final int agency;

	private final ClientCodec codec;

	private @Nullable Socket socket;

	private Inbound inbound = new Inbound();

	/**
	 * @param batch bets of a batch at the most
	 */
	public Conversation(InetSocketAddress central, Dialect dialect, int agency, int batch) {
		this.central = central;
		this.dialect = dialect;
		this.agency = agency;
		this.codec = dialect.client(agency, batch).orElseThrow();
	}

	/** What {@link #ask} would send, to be made beforehand; in the order of sending. */
	public byte[] encode(ClientRequest request) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.codec.encode(request, out);
		return out.toByteArray();
	}

	public Reply ask(ClientRequest request) throws IOException {
		return ask(request, encode(request));
	}

	/**
	 * @param encoded what {@link #encode} made of it
	 */
	public Reply ask(ClientRequest request, byte[] encoded) throws IOException {
		Socket connection = this.socket;
		if (connection == null) {
			connection = new Socket();
			this.socket = connection;
			connection.setTcpNoDelay(true);
			connection.setSoTimeout(TIMEOUT_MILLIS);
			connection.connect(this.central, TIMEOUT_MILLIS);
			this.inbound = new Inbound();
		}
		connection.getOutputStream().write(encoded);
		Reply reply = this.codec.isAnswered(request) ? receive(connection, request) : new Reply.Silence();
		if (this.dialect.habits().connectionPerRequest()) {
			close();
		}
		return reply;
	}

	private Reply receive(Socket connection, ClientRequest request) throws IOException {
		Reply reply = this.codec.decode(request, this.inbound);
		while (reply == null) {
			if (this.inbound.hasEnded()) {
				throw new EOFException("the central closed instead of answering " + request.getClass().getSimpleName());
			}
			this.inbound.fill(connection.getInputStream());
			reply = this.codec.decode(request, this.inbound);
		}
		return reply;
	}

	/** Says that the agency has finished, and waits for its winners. */
	public Reply.Winners finish() throws IOException {
		Reply reply = switch (this.dialect.habits().finish()) {
			case AWAIT -> ask(new Request.AwaitWinners(OptionalInt.of(this.agency)));
			case CLOSE_THEN_AWAIT -> {
				ask(new Request.CloseAgency(this.agency));
				yield ask(new Request.AwaitWinners(OptionalInt.of(this.agency)));
			}
			case CLOSE_THEN_ASK -> {
				ask(new Request.CloseAgency(this.agency));
				yield askUntilDrawn();
			}
		};
		if (!(reply instanceof Reply.Winners winners)) {
			throw new IOException(String.format(Locale.ROOT, "agency %d, %s: no winners but %s", this.agency,
					this.dialect.name(), reply.getClass().getSimpleName()));
		}
		return winners;
	}

	private Reply askUntilDrawn() throws IOException {
		Reply reply = ask(new Request.FindWinners(this.agency));
		for (long pause = FIRST_PAUSE_NANOS; reply instanceof Reply.NotReady; pause *= 2) {
			LockSupport.parkNanos(Math.min(pause, LONGEST_PAUSE_NANOS));
			reply = ask(new Request.FindWinners(this.agency));
		}
		return reply;
	}

	@Override
	public void close() throws IOException {
		Socket connection = this.socket;
		this.socket = null;
		if (connection != null) {
			connection.close();
		}
	}

}
