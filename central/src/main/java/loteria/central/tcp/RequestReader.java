package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import loteria.central.settings.Connections;
import loteria.protocol.Dialect;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

/**
 * Reads the requests of one connection: the bytes not understood yet, and how long the
 * peer may take for what. Used by the thread of its connection alone, but where it says
 * otherwise.
 */
final class RequestReader {

	/** To be held up for, before it is counted. */
	private static final long LONG = Duration.ofSeconds(1).toNanos();

	/** Held by whoever reads while an answer is waited for. */
	private final Object looking = new Object();

	private final TimedRead read;

	private final ServerCodec codec;

	private final Deadlines deadlines;

	private final MessageMemory.OfConnection memory;

	private final Turnstile.Account account;

	private final ListenerLog log;

	private final EndOfRequests end;

	private Inbound inbound = new Inbound();

	/** What was read last: plain, or what TLS makes of it. */
	private volatile InputStream in = InputStream.nullInputStream();

	/** Whether the first message has been decoded. */
	private boolean hasSpoken;

	/** How much there was when the last wait ended. */
	private int arrived;

	RequestReader(Socket socket, ServerCodec codec, Connections limits, MessageMemory.OfConnection memory,
			Turnstile.Account account, ListenerLog log) {
		this.read = new TimedRead(socket);
		this.codec = codec;
		this.deadlines = new Deadlines(limits);
		this.memory = memory;
		this.account = account;
		this.log = log;
		this.end = new EndOfRequests(limits, log);
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
		this.deadlines.beginsToWait();
		boolean goesOn = holdUp() >= 0;
		this.deadlines.endsToWait();
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
		this.deadlines.heldUp(time);
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
		this.deadlines.beginsToWait();
		try {
			return awaitRequest(in);
		}
		finally {
			this.deadlines.endsToWait();
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
			try {
				if (!this.memory.awaitRoomToRead(this.inbound, Duration.ofMillis(timeLeft(begun)))) {
					return refused();
				}
				int before = this.inbound.available();
				boolean more = (!pausing && isBetweenMessages()) ? fillWhenever(in)
						: this.read.fill(this.inbound, in, pausing ? Deadlines.millis(Dialect.PAUSE) : timeLeft(begun));
				if (!more) {
					return this.memory.isRefused() ? refused() : atEnd(begun);
				}
				this.account.chargeRead(this.inbound.available() - before);
				this.deadlines.beginsToWait();
				if (begins) {
					begun = System.nanoTime();
					begins = false;
				}
			}
			catch (SocketTimeoutException ex) {
				if (!pausing) {
					throw this.end.tooSlow(this.inbound);
				}
				this.inbound.pause();
			}
			catch (IOException ex) {
				throw this.deadlines.isTooIdle() ? this.end.tooIdle() : this.end.lost(this.inbound, ex);
			}
			request = decode(begun);
		}
		return request;
	}

	private boolean isBetweenMessages() {
		return this.hasSpoken && this.inbound.available() == 0;
	}

	/**
	 * A read with a time limit costs a timer, and a thread that is woken up to look after
	 * it: too much for each message. {@link Deadlines#endsIfTooIdle} does so for this
	 * one.
	 */
	private boolean fillWhenever(InputStream in) throws IOException {
		this.deadlines.becomesIdle();
		boolean more;
		try {
			more = this.read.fill(this.inbound, in, 0);
		}
		finally {
			this.deadlines.stopsBeingIdle();
		}
		if (this.deadlines.isTooIdle()) {
			// said something at the very moment: the connection is closed all the same
			throw new SocketException("closed for its silence");
		}
		return more;
	}

	private @Nullable Request decode(long begun) {
		this.arrived = this.inbound.available();
		if (!this.memory.awaitRoomToDecode(this.inbound,
				this.deadlines.limits().message().minusNanos(System.nanoTime() - begun))) {
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
		Refusal stranger = this.hasSpoken ? null : Strangers.refusal(this.inbound);
		if (stranger != null) {
			return new Request.Garbage(stranger);
		}
		Request request = this.codec.decode(this.inbound);
		this.hasSpoken |= request != null;
		this.log.isOf(this.codec.agency());
		return request;
	}

	private int timeLeft(long begun) throws SocketTimeoutException {
		return this.deadlines.left(this.hasSpoken, this.inbound.available() > 0, begun);
	}

	private Request atEnd(long begun) throws IOException {
		Request last = decode(begun);
		if (last != null) {
			return last;
		}
		throw this.end.closed(this.inbound);
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
		return this.read.isUnderWay();
	}

	/** How long the peer is waited for. */
	Deadlines deadlines() {
		return this.deadlines;
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
					if (!this.read.fill(this.inbound, this.in, Deadlines.millis(look))) {
						return false;
					}
				}
				// nobody could see what is behind all that
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
