package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import loteria.central.CentralSettings.Connections;
import loteria.central.store.Sequence;
import loteria.protocol.Dialect;
import loteria.protocol.HttpRequest;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import loteria.protocol.ServerCodec.After;
import loteria.tls.TlsConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

/**
 * All that is known of one connection: its codec and thus the phase of the conversation,
 * the bytes not understood yet, and the burst that is being answered. Used by the thread
 * of its connection alone, which reads a burst, has it answered, writes the replies, and
 * so on.
 */
final class Session implements Deserializer<Burst>, Serializer<List<Reply>> {

	/**
	 * The most batches of one burst: as many as an agency may reasonably have under way.
	 */
	private static final int BURST = 64;

	/** Held by whoever reads while an answer is waited for. */
	private final Object looking = new Object();

	private final long opened = System.nanoTime();

	/** Of the peer, without its port. */
	private final String address;

	private final Socket socket;

	private final ServerCodec codec;

	private final Connections limits;

	private final Speaker speaker;

	private final ListenerLog log;

	private final MessageMemory.OfConnection memory;

	private Inbound inbound = new Inbound();

	/** What was read last: plain, or what TLS makes of it. */
	private volatile InputStream in = InputStream.nullInputStream();

	/**
	 * Since when the peer is waited for, by {@link System#nanoTime}; null while it waits.
	 */
	private volatile @Nullable Long waitingSince = this.opened;

	private volatile boolean hasBets;

	private volatile boolean reading;

	/** Whether nothing but silence is to be expected, which another thread ends. */
	private final AtomicBoolean idle = new AtomicBoolean();

	/** Of its own thread. */
	private boolean tooIdle;

	/** Whether the first message has been decoded. */
	private boolean hasSpoken;

	/** Read ahead, and not part of the last burst. */
	private @Nullable Request readAhead;

	private int readAheadBytes;

	/** How much there was when the last request was decoded. */
	private int arrived;

	private List<Request> burst = List.of();

	/** Of an agency that greeted, since it last did. */
	private Sequence sequence = Sequence.ANYWHERE;

	/** When the last burst of batches was, by {@link System#nanoTime}. */
	private long understood;

	private After after = After.GO_ON;

	/** Replies of which the log does not know yet. */
	private List<Reply> untold = List.of();

	Session(Socket socket, ServerCodec codec, Connections limits, MessageMemory memory, Speaker speaker,
			ListenerLog log) {
		this.socket = socket;
		this.address = String.valueOf(socket.getRemoteSocketAddress() instanceof InetSocketAddress peer
				? peer.getAddress().getHostAddress() : null);
		this.codec = codec;
		this.limits = limits;
		this.memory = memory.open(socket);
		this.speaker = speaker;
		this.log = log;
	}

	/**
	 * Waits for the next burst.
	 * @throws SoftEndOfStreamException if the connection is over, for whatever reason,
	 * which has been logged and counted by then
	 */
	@Override
	public Burst deserialize(InputStream in) throws IOException {
		if (isOver()) {
			// whoever calls does not look whether the connection is closed
			throw new SoftEndOfStreamException("the conversation is over");
		}
		if (this.readAhead != null) {
			Request next = handOn(this.readAhead, this.readAheadBytes);
			this.readAhead = null;
			this.readAheadBytes = 0;
			this.burst = List.of(next);
			return new Burst(this.burst, Sequence.ANYWHERE, this);
		}
		this.in = in;
		Request first = receive(in);
		if (first instanceof Request.StoreBets) {
			this.burst = withFollowing(first);
			this.understood = System.nanoTime();
			return new Burst(this.burst, this.sequence, this);
		}
		this.burst = List.of(handOn(first, this.arrived - this.inbound.available()));
		return new Burst(this.burst, Sequence.ANYWHERE, this);
	}

	private List<Request> withFollowing(Request first) {
		List<Request> batches = new ArrayList<>();
		batches.add(first);
		int left = this.inbound.available();
		while (batches.size() < BURST) {
			Request next = decode();
			if (!(next instanceof Request.StoreBets)) {
				this.readAhead = next;
				this.readAheadBytes = left - this.inbound.available();
				break;
			}
			batches.add(next);
			left = this.inbound.available();
		}
		handOn(first, this.arrived - this.inbound.available());
		return batches;
	}

	/** Who waits for the draw may wait for long, and much must not wait behind it. */
	private Request handOn(Request request, int bytes) {
		this.memory.handOn(this.inbound, bytes);
		return (request instanceof Request.AwaitWinners && this.memory.hasMuch())
				? new Request.Garbage(
						new Refusal(Reason.TOO_LONG, this.inbound.available() + " bytes behind the end of the bets"))
				: request;
	}

	private Request receive(InputStream in) throws IOException {
		this.waitingSince = System.nanoTime();
		try {
			return awaitRequest(in);
		}
		finally {
			this.waitingSince = null;
		}
	}

	private Request awaitRequest(InputStream in) throws IOException {
		long begun = System.nanoTime();
		Request request = decode(begun);
		boolean begins = this.inbound.available() == 0;
		while (request == null) {
			boolean pausing = this.codec.pause() && !this.inbound.hasPaused();
			try {
				if (!this.memory.awaitRoomToRead(this.inbound, Duration.ofMillis(timeLeft(begun)))) {
					return refused();
				}
				boolean more = (!pausing && isBetweenMessages()) ? fillWhenever(in)
						: fill(in, pausing ? millis(Dialect.PAUSE) : timeLeft(begun));
				if (!more) {
					return this.memory.isRefused() ? refused() : atEnd(begun);
				}
				this.waitingSince = System.nanoTime();
				if (begins) {
					begun = System.nanoTime();
					begins = false;
				}
			}
			catch (SocketTimeoutException ex) {
				if (!pausing) {
					throw tooSlow();
				}
				this.inbound.pause();
			}
			catch (IOException ex) {
				throw this.tooIdle ? tooIdle(Limit.IDLE, this.limits.idle()) : lost(ex);
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
	 * it: too much for each message. {@link #endsIfTooIdle} does so for this one.
	 */
	private boolean fillWhenever(InputStream in) throws IOException {
		this.idle.set(true);
		boolean more;
		try {
			more = fill(in, 0);
		}
		finally {
			this.tooIdle = !this.idle.compareAndSet(true, false);
		}
		if (this.tooIdle) {
			// said something at the very moment: the connection is closed all the same
			throw new SocketException("closed for its silence");
		}
		return more;
	}

	/**
	 * Ends the wait for a peer that has said nothing for too long between two messages:
	 * the caller is to close its connection, and its own thread tells why. Any thread.
	 * @return whether it did
	 */
	boolean endsIfTooIdle() {
		return waitedFor().compareTo(this.limits.idle()) > 0 && this.idle.compareAndSet(true, false);
	}

	/**
	 * @param millis to wait at most; 0 for ever
	 */
	private boolean fill(InputStream in, int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		this.reading = true;
		try {
			return this.inbound.fill(in);
		}
		finally {
			this.reading = false;
		}
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

	private @Nullable Request decode() {
		Refusal stranger = this.hasSpoken ? null : stranger(this.inbound);
		if (stranger != null) {
			return new Request.Garbage(stranger);
		}
		Request request = this.codec.decode(this.inbound);
		this.hasSpoken |= request != null;
		this.log.isOf(this.codec.agency());
		return request;
	}

	/** Why this is nobody who speaks a dialect, or null if it may be. */
	private static @Nullable Refusal stranger(Inbound in) {
		return (in.available() >= 3 && TlsConnection.isHello(in.at(0), in.at(1), in.at(2)))
				? new Refusal(Reason.MALFORMED,
						"TLS, which this listener does not speak; central.listeners.<name>.ssl.bundle")
				: HttpRequest.refusal(in);
	}

	private int timeLeft(long begun) throws SocketTimeoutException {
		if (isBetweenMessages()) {
			return millis(this.limits.idle());
		}
		long left = (this.inbound.available() > 0)
				? this.limits.message().toMillis() - (System.nanoTime() - begun) / 1_000_000
				: this.limits.firstMessage().toMillis() - (System.nanoTime() - this.opened) / 1_000_000;
		if (left <= 0) {
			throw new SocketTimeoutException();
		}
		return (int) left;
	}

	private static int millis(Duration duration) {
		return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
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

	private SoftEndOfStreamException tooSlow() {
		if (this.inbound.available() == 0) {
			return tooIdle(Limit.FIRST_MESSAGE, this.limits.firstMessage());
		}
		this.log.tooSlow(new Refusal(Reason.TOO_SLOW,
				String.format(Locale.ROOT, "%d bytes of a message within %ds, and not the rest: %s",
						this.inbound.available(), this.limits.message().toSeconds(), this.inbound.outline())));
		return new SoftEndOfStreamException("no message in time");
	}

	private SoftEndOfStreamException tooIdle(Limit limit, Duration time) {
		this.log.idle(limit, time);
		return new SoftEndOfStreamException("no message in time");
	}

	private SoftEndOfStreamException lost(IOException ex) {
		if (this.inbound.available() > 0) {
			this.log.refused(new Refusal(Reason.TRUNCATED, "connection lost in the middle of a message, after "
					+ this.inbound.available() + " bytes: " + ex.getMessage()));
		}
		return new SoftEndOfStreamException("connection lost", ex);
	}

	/**
	 * Writes the replies to the last burst; there may be fewer than requests where
	 * answering broke off. Where nobody knows what became of a request the connection
	 * closes without a word, in every dialect: that is what clients take as in doubt.
	 */
	@Override
	public void serialize(List<Reply> replies, OutputStream out) throws IOException {
		this.memory.send();
		this.untold = replies;
		int i = 0;
		for (; i < replies.size() && this.after == After.GO_ON; i++) {
			Request request = this.burst.get(i);
			Reply reply = replies.get(i);
			if (reply instanceof Reply.Refused(Refusal refusal) && !refusal.reason().isCertain()) {
				this.log.count(request, reply);
				this.after = After.CLOSE;
				this.untold = replies.subList(0, i + 1);
				return;
			}
			Refusal unspeakable = this.codec.cannotSay(reply);
			if (unspeakable != null) {
				this.log.refused(unspeakable);
				this.after = After.CLOSE;
				this.untold = replies.subList(0, i);
				return;
			}
			Refusal leftOut = this.codec.leavesOut(reply);
			if (leftOut != null) {
				this.log.leftOut(leftOut);
			}
			this.log.count(request, reply);
			this.hasBets |= reply instanceof Reply.Stored(int bets) && bets > 0;
			this.after = this.codec.encode(request, reply, out);
			if (reply instanceof Reply.Refused(Refusal refusal)) {
				this.sequence.breakOff();
				conclude(refusal.reason());
			}
			else if (reply instanceof Reply.Greeted greeted) {
				this.sequence = new Sequence(greeted.stored());
			}
		}
		this.untold = replies.subList(0, i);
	}

	/**
	 * Tells the log of the replies written last: after they have left, so that nobody
	 * waits for a log, and whether or not they have, because what was done is done.
	 */
	private void tell() {
		List<Reply> replies = this.untold;
		this.untold = List.of();
		for (int i = 0; i < replies.size(); i++) {
			this.log.answered(this.burst.get(i), replies.get(i));
		}
	}

	private void conclude(Reason reason) {
		switch (reason) {
			case STORE_FAILED, STOPPING, OVERLOADED, GONE -> this.after = After.CLOSE;
			default -> {
			}
		}
	}

	/** For whom the connection may speak. */
	Speaker speaker() {
		return this.speaker;
	}

	ListenerLog log() {
		return this.log;
	}

	/** Of the peer, without its port. */
	String address() {
		return this.address;
	}

	/** Whether bets were stored through this connection. Any thread. */
	boolean hasBets() {
		return this.hasBets;
	}

	/**
	 * Whether a thread reads at this moment. A socket that another closes meanwhile keeps
	 * its descriptor until that thread has noticed. Any thread.
	 */
	boolean isReading() {
		return this.reading;
	}

	/** How long the peer has said nothing while it was waited for. Any thread. */
	Duration waitedFor() {
		Long since = this.waitingSince;
		return (since == null) ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
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
					if (!fill(this.in, millis(look))) {
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

	/** The replies written last are on their way; what they answer is not kept. */
	void sent() {
		if (!this.burst.isEmpty() && this.burst.getFirst() instanceof Request.StoreBets) {
			this.log.answeredIn(System.nanoTime() - this.understood);
		}
		tell();
		this.burst = List.of();
		this.memory.answered(this.readAheadBytes);
	}

	/** Why the connection was closed by another thread, if that was for its memory. */
	@Nullable Refusal refusal() {
		return this.memory.isRefused() ? this.memory.refusal() : null;
	}

	/**
	 * The connection is over. Whoever knows it may do so for a while yet: nothing large
	 * is left in it.
	 */
	void end() {
		this.inbound = new Inbound();
		this.burst = List.of();
		this.readAhead = null;
		this.memory.giveBack();
	}

	/** Whether the conversation is over with the replies written last. */
	boolean isOver() {
		return this.after == After.CLOSE;
	}

}
