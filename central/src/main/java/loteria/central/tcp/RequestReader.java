package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import loteria.central.settings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.HttpRequest;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import loteria.tls.TlsRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

/**
 * Reads the requests of one connection: the bytes not understood yet, and how long the
 * peer may take for what. The watch of {@link OpenConnections} ends what takes too long
 * by closing the socket: a time limit of the socket's own would cost a timer, and a
 * thread that it wakes, for each read. Used by the thread of its connection alone, but
 * where it says otherwise.
 */
final class RequestReader {

	/** To be held up for, before it is counted. */
	private static final long LONG = Duration.ofSeconds(1).toNanos();

	private final Socket socket;

	private final ServerCodec codec;

	private final Connections limits;

	private final MessageMemory.OfConnection memory;

	private final Turnstile.Account account;

	private final ConnectionLog log;

	/** Held by the thread that reads while an answer is waited for. */
	private final Object looking = new Object();

	private Inbound inbound = new Inbound();

	/** What was read last: plain, or what TLS makes of it. */
	private volatile InputStream in = InputStream.nullInputStream();

	/** Whether the first message has been decoded. */
	private boolean hasSpoken;

	/** How much there was when the last wait ended. */
	private int arrived;

	/** Later by the time that the peer was held up for, through no fault of its own. */
	private long opened = System.nanoTime();

	/** By {@link System#nanoTime}; null while it is the peer who waits. */
	private volatile @Nullable Long waitingSince = this.opened;

	/** Until when a read may go on; null while the watch has nothing to end. */
	private final AtomicReference<@Nullable Long> until = new AtomicReference<>();

	/** Whether the watch has ended the last read. */
	private boolean overdue;

	private volatile boolean reading;

	RequestReader(Socket socket, ServerCodec codec, Connections limits, MessageMemory.OfConnection memory,
			Turnstile.Account account, ConnectionLog log) {
		this.socket = socket;
		this.codec = codec;
		this.limits = limits;
		this.memory = memory;
		this.account = account;
		this.log = log;
	}

	/**
	 * Waits, between two messages or before the first, until it is the connection's turn.
	 * Meanwhile the peer is as good as silent: it may have to make room for another.
	 * @return false if the connection is over
	 */
	boolean awaitTurn() {
		if (this.account.isPaid()) {
			return true;
		}
		beginsToWait();
		boolean goesOn = holdUp() >= 0;
		endsToWait();
		return goesOn;
	}

	/** Returns for how long, in nanoseconds, or &minus;1 if the connection is over. */
	private long holdUp() {
		if (this.account.isPaid()) {
			return 0;
		}
		long begun = System.nanoTime();
		if (!this.account.awaitTurn()) {
			return -1;
		}
		long time = System.nanoTime() - begun;
		this.opened += time;
		if (time > LONG) {
			this.log.heldUp(Limit.WITHOUT_BETS);
		}
		return time;
	}

	/**
	 * Waits for the next request.
	 * @throws SoftEndOfStreamException if the connection is over, for whatever reason,
	 * which has been logged and counted by then
	 */
	Request await(InputStream in) throws IOException {
		this.in = in;
		beginsToWait();
		try {
			return awaitRequest(in);
		}
		finally {
			endsToWait();
		}
	}

	private Request awaitRequest(InputStream in) throws IOException {
		long begun = System.nanoTime();
		Request request = decode(begun);
		boolean begins = this.inbound.available() == 0;
		while (request == null) {
			long heldUp = holdUp();
			if (heldUp < 0) {
				throw new SoftEndOfStreamException("closed while it waited for its turn");
			}
			begun += heldUp;
			boolean pausing = this.codec.pause() && !this.inbound.hasPaused();
			long end = end(begun);
			long left = end - System.nanoTime();
			if (left <= 0 && !pausing) {
				throw tooSlow();
			}
			if (!this.memory.awaitRoomToRead(this.inbound, Duration.ofNanos(Math.max(left, 0)))) {
				return refused();
			}
			int before = this.inbound.available();
			try {
				if (!(pausing ? read(in, Dialect.PAUSE) : readUntil(end, in))) {
					return this.memory.isRefused() ? refused() : atEnd(begun);
				}
				this.account.chargeRead(this.inbound.available() - before);
				beginsToWait();
				if (begins) {
					begun = System.nanoTime();
					begins = false;
				}
			}
			catch (SocketTimeoutException ex) {
				this.inbound.pause();
			}
			catch (IOException ex) {
				throw this.overdue ? tooSlow() : lost(ex);
			}
			request = decode(begun);
		}
		return request;
	}

	/** Until when the next read may go on, for a message that began then. */
	private long end(long begun) {
		if (this.inbound.available() > 0) {
			return begun + this.limits.message().toNanos();
		}
		return this.hasSpoken ? System.nanoTime() + this.limits.idle().toNanos()
				: this.opened + this.limits.firstMessage().toNanos();
	}

	/**
	 * Reads what comes next.
	 * @return false at the end
	 * @throws IOException also when the watch has ended it, which is {@link #overdue}
	 */
	private boolean readUntil(long end, InputStream in) throws IOException {
		this.until.set(end);
		boolean more;
		try {
			more = read(in, Duration.ZERO);
		}
		finally {
			this.overdue = this.until.getAndSet(null) == null;
		}
		if (this.overdue) {
			// said something at the very moment: the connection is closed all the same
			throw new SocketException("closed, as it took too long");
		}
		return more;
	}

	/**
	 * @param limit zero for none
	 * @return false at the end
	 */
	private boolean read(InputStream in, Duration limit) throws IOException {
		this.socket.setSoTimeout((int) limit.toMillis());
		this.reading = true;
		try {
			return this.inbound.fill(in);
		}
		finally {
			this.reading = false;
		}
	}

	/**
	 * Ends a read that has taken too long: the caller is to close the connection, whose
	 * own thread tells why. Any thread.
	 * @return whether it did
	 */
	boolean endsIfOverdue() {
		Long end = this.until.get();
		return end != null && end - System.nanoTime() < 0 && this.until.compareAndSet(end, null);
	}

	void beginsToWait() {
		this.waitingSince = System.nanoTime();
	}

	void endsToWait() {
		this.waitingSince = null;
	}

	/** How long the peer has said nothing while it was waited for. Any thread. */
	Duration waitedFor() {
		Long since = this.waitingSince;
		return (since == null) ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
	}

	private @Nullable Request decode(long begun) {
		this.arrived = this.inbound.available();
		if (!this.memory.awaitRoomToDecode(this.inbound, this.limits.message().minusNanos(System.nanoTime() - begun))) {
			return refused();
		}
		Request request = decode();
		if (request == null) {
			this.memory.undecoded();
		}
		return request;
	}

	/** Frees the memory first: the peer may be slow to take the refusal, too. */
	private Request refused() {
		this.inbound = new Inbound();
		this.arrived = 0;
		this.memory.giveBack();
		return new Request.Garbage(this.memory.refusal());
	}

	/** The next request of what is there, or null if there is none whole. */
	@Nullable Request decode() {
		boolean costs = this.inbound.available() > 0;
		long begun = System.nanoTime();
		Request request = decodeNext();
		if (costs) {
			this.account.charge(System.nanoTime() - begun);
		}
		return request;
	}

	private @Nullable Request decodeNext() {
		Refusal stranger = this.hasSpoken ? null : stranger(this.inbound);
		if (stranger != null) {
			return new Request.Garbage(stranger);
		}
		Request request = this.codec.decode(this.inbound);
		this.hasSpoken |= request != null;
		this.log.isOf(this.codec.agency());
		return request;
	}

	/** Why this is a protocol that no listener speaks, or null if it may be a dialect. */
	private static @Nullable Refusal stranger(Inbound in) {
		return (in.available() >= 3 && TlsRecord.isHello(in.at(0), in.at(1), in.at(2)))
				? new Refusal(Reason.MALFORMED,
						"TLS, which this listener does not speak; central.listeners.<name>.ssl.bundle")
				: HttpRequest.refusal(in);
	}

	private Request atEnd(long begun) throws IOException {
		Request last = decode(begun);
		if (last != null) {
			return last;
		}
		if (this.inbound.available() > 0) {
			this.log.refused(new Refusal(Reason.TRUNCATED, "closed in the middle of a message, after "
					+ this.inbound.available() + " bytes: " + this.inbound.outline()));
		}
		throw new SoftEndOfStreamException("closed by the peer");
	}

	/** The connection broke. */
	private SoftEndOfStreamException lost(IOException ex) {
		if (this.inbound.available() > 0) {
			this.log.refused(new Refusal(Reason.TRUNCATED, "connection lost in the middle of a message, after "
					+ this.inbound.available() + " bytes: " + ex.getMessage()));
		}
		return new SoftEndOfStreamException("connection lost", ex);
	}

	/** A message did not end in time, or the first, or the next, did not begin. */
	private SoftEndOfStreamException tooSlow() {
		if (this.inbound.available() > 0) {
			this.log.tooSlow(new Refusal(Reason.TOO_SLOW,
					String.format(Locale.ROOT, "%d bytes of a message within %ds, and not the rest: %s",
							this.inbound.available(), this.limits.message().toSeconds(), this.inbound.outline())));
		}
		else if (this.hasSpoken) {
			this.log.idle(Limit.IDLE, this.limits.idle());
		}
		else {
			this.log.idle(Limit.FIRST_MESSAGE, this.limits.firstMessage());
		}
		return new SoftEndOfStreamException("no message in time");
	}

	/** Bytes that are there and not understood yet. */
	int available() {
		return this.inbound.available();
	}

	/** Bytes that were understood since the last wait. */
	int understood() {
		return this.arrived - this.inbound.available();
	}

	/** Who waits for the draw may wait for long, and much must not wait behind it. */
	Request handOn(Request request, int bytes) {
		this.memory.handOn(this.inbound, bytes);
		return (request instanceof Request.AwaitWinners && this.memory.hasMuch())
				? new Request.Garbage(
						new Refusal(Reason.TOO_LONG, this.inbound.available() + " bytes behind the end of the bets"))
				: request;
	}

	/**
	 * Whether a thread reads at this moment. A socket that another closes meanwhile keeps
	 * its descriptor until that thread has noticed. Any thread.
	 */
	boolean isReading() {
		return this.reading;
	}

	/**
	 * Whether the peer, who waits for an answer, has not closed its side. What it sends
	 * meanwhile is kept for later, as far as there is room. Any thread.
	 * @param look how long to wait for what it may do
	 */
	boolean isThere(Duration look) {
		synchronized (this.looking) {
			try {
				while (this.inbound.nextCapacity() <= Inbound.FREE_CAPACITY) {
					if (!read(this.in, look)) {
						return false;
					}
				}
				// an end that stands behind all that can't be seen
				return false;
			}
			catch (SocketTimeoutException ex) {
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		}
	}

	/** Leaves nothing large behind. */
	void end() {
		this.inbound = new Inbound();
		this.memory.giveBack();
	}

}
