package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import loteria.central.store.Sequence;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import loteria.protocol.ServerCodec.After;
import org.jspecify.annotations.Nullable;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

/**
 * The conversation with one peer: its codec and thus the phase it is in, and the burst
 * that is being answered. Used by the thread of its connection alone, which reads a
 * burst, has it answered, writes the replies, and so on.
 */
final class Session implements Deserializer<Burst>, Serializer<List<Reply>> {

	/**
	 * The most batches of one burst: as many as an agency may reasonably have under way.
	 */
	private static final int BURST = 64;

	/** A document of a winner, with what stands around it, in bytes. */
	private static final int DOCUMENT = 12;

	/** Of the peer, without its port. */
	private final String address;

	private final String network;

	private final ServerCodec codec;

	private final Speaker speaker;

	private final ConnectionLog log;

	private final MessageMemory.OfConnection memory;

	private final Turnstile.Account account;

	private final RequestReader reader;

	/** Read ahead, and not part of the last burst. */
	private @Nullable Request readAhead;

	private int readAheadBytes;

	private List<Request> burst = List.of();

	/** Of an agency that greeted, since it last did. */
	private Sequence sequence = Sequence.ANYWHERE;

	/** When the last burst was, by {@link System#nanoTime}. */
	private long understood;

	/** What the batches of the last burst were charged. */
	private long charged;

	private After after = After.GO_ON;

	/** Replies of which the log does not know yet. */
	private List<Reply> untold = List.of();

	Session(Socket socket, ServerCodec codec, OpenConnections open, Speaker speaker, boolean encrypted,
			ConnectionLog log) {
		InetAddress peer = socket.getInetAddress();
		this.address = (peer != null) ? peer.getHostAddress() : "";
		this.network = (peer != null) ? OpenConnections.network(peer) : "";
		this.codec = codec;
		this.memory = open.memory().open(socket);
		this.account = open.turnstile().open(this.network, encrypted);
		this.speaker = speaker;
		this.log = log;
		this.reader = new RequestReader(socket, codec, open.limits(), this.memory, this.account, log);
	}

	/**
	 * Waits for the next burst.
	 * @throws SoftEndOfStreamException if the connection is over, for whatever reason,
	 * which has been logged and counted by then
	 */
	@Override
	public Burst deserialize(InputStream in) throws IOException {
		if (isOver() || !this.reader.awaitTurn()) {
			// the caller does not look whether the connection is closed
			throw new SoftEndOfStreamException("the conversation is over");
		}
		if (this.readAhead != null) {
			Request next = this.reader.handOn(this.readAhead, this.readAheadBytes);
			this.readAhead = null;
			this.readAheadBytes = 0;
			return alone(next);
		}
		Request first = this.reader.await(in);
		this.charged = this.account.charged();
		if (first instanceof Request.StoreBets) {
			this.burst = withFollowing(first);
			this.understood = System.nanoTime();
			return new Burst(this.burst, this.sequence, this);
		}
		return alone(this.reader.handOn(first, this.reader.understood()));
	}

	private Burst alone(Request request) {
		this.burst = List.of(request);
		this.understood = System.nanoTime();
		return new Burst(this.burst, Sequence.ANYWHERE, this);
	}

	private List<Request> withFollowing(Request first) {
		List<Request> batches = new ArrayList<>();
		batches.add(first);
		int left = this.reader.available();
		while (batches.size() < BURST) {
			Request next = this.reader.decode();
			long charged = this.account.charged();
			if (!(next instanceof Request.StoreBets)) {
				this.readAhead = next;
				this.readAheadBytes = left - this.reader.available();
				break;
			}
			batches.add(next);
			this.charged += charged;
			left = this.reader.available();
		}
		this.reader.handOn(first, this.reader.understood());
		return batches;
	}

	/**
	 * Writes the replies to the last burst; there may be fewer than requests where
	 * answering broke off. Where it is not known what became of a request the connection
	 * closes without a word, in every dialect: that is what clients take as in doubt.
	 */
	@Override
	public void serialize(List<Reply> replies, OutputStream out) throws IOException {
		this.memory.send();
		settle(replies);
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
	 * Charges for the answers. Batches are not charged, as far as they were stored; nor
	 * is the time in which they, or the draw, were waited for.
	 */
	private void settle(List<Reply> replies) {
		if (!(this.burst.getFirst() instanceof Request.StoreBets)) {
			if (!(this.burst.getFirst() instanceof Request.AwaitWinners)) {
				this.account.charge(System.nanoTime() - this.understood);
			}
			switch (replies.getFirst()) {
				case Reply.Winners winners -> this.account.chargeReply(winners.count() * DOCUMENT);
				case Reply.Echoed(String text) -> this.account.chargeReply(text.length());
				default -> {
				}
			}
			// none of it is for the batches that may follow
			this.account.charged();
			return;
		}
		long bets = 0;
		long stored = 0;
		for (int i = 0; i < replies.size(); i++) {
			int count = ((Request.StoreBets) this.burst.get(i)).rows().count();
			bets += count;
			stored += (replies.get(i) instanceof Reply.Stored) ? count : 0;
		}
		if (stored > 0) {
			this.account.refund(this.charged * stored / bets);
		}
	}

	/**
	 * Tells the log of the replies written last: after they have left, so that no agency
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

	RequestReader reader() {
		return this.reader;
	}

	Turnstile.Account account() {
		return this.account;
	}

	/** The agencies that the connection may speak for. */
	Speaker speaker() {
		return this.speaker;
	}

	ConnectionLog log() {
		return this.log;
	}

	/** Of the peer, without its port. */
	String address() {
		return this.address;
	}

	/** See {@link OpenConnections#network}. */
	String network() {
		return this.network;
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
	 * The connection is over. Others may refer to it for a while: nothing large is left
	 * in it.
	 */
	void end() {
		this.burst = List.of();
		this.readAhead = null;
		this.reader.end();
	}

	/** Whether the conversation is over with the replies written last. */
	boolean isOver() {
		return this.after == After.CLOSE;
	}

}
