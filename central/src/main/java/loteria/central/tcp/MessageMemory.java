package loteria.central.tcp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the messages of all connections together within a part of the heap: one half of
 * it is for bytes that wait for the rest of their message, the other for messages that
 * are being answered, so that those who send little and often are served however much
 * others leave unfinished.
 * <p>
 * What a connection needs in any case, {@value #CONNECTION} bytes, is not in here: there
 * may be only so many connections.
 */
final class MessageMemory {

	/**
	 * A connection with its thread, a buffer of {@link Inbound#FREE_CAPACITY} and one for
	 * replies.
	 */
	static final int CONNECTION = 80 * 1024;

	/** What TLS takes besides: a record each way, and what was agreed on. */
	static final int TLS = 64 * 1024;

	/**
	 * What a byte of a message takes at the most, while it is decoded and until it is
	 * answered: a batch of one bet of the shortest kind has a buffer for the longest row.
	 */
	static final int DECODING = 12;

	/**
	 * A buffer that grows is there twice for a moment, and the collector rounds up large
	 * ones.
	 */
	private static final int BUFFERED = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(MessageMemory.class);

	private final WaitingBytes unfinished;

	private final WaitingBytes answering;

	MessageMemory(long bytes) {
		this.unfinished = new WaitingBytes(bytes / 2, PATIENCE);
		this.answering = new WaitingBytes(bytes / 2, PATIENCE);
	}

	/**
	 * How long a message may be for the memory there is: it takes no more than half of
	 * what is for messages that are being answered, lest it wait for ever.
	 */
	static long longestMessage(long bytes) {
		return bytes / 2 / 2 / DECODING;
	}

	OfConnection open(Socket socket) {
		return new OfConnection(socket);
	}

	long unfinished() {
		return this.unfinished.taken();
	}

	long answering() {
		return this.answering.taken();
	}

	/**
	 * The shares of one connection, and where its message is at the moment.
	 */
	final class OfConnection {

		private final WaitingBytes.Share input;

		private final WaitingBytes.Share message;

		private volatile boolean sending;

		private OfConnection(Socket socket) {
			// The end of what can be read wakes a reader, who can then still be answered;
			// nothing but the end of the socket wakes who waits to write.
			this.input = MessageMemory.this.unfinished
				.open(() -> tell(this.sending ? socket::close : socket::shutdownInput));
			this.message = MessageMemory.this.answering.open(() -> tell(socket::close));
			this.message.refusable(false);
		}

		private static void tell(SocketCall call) {
			try {
				call.run();
			}
			catch (IOException ex) {
				log.debug("action: close_connection | result: fail | error: {}", ex.getMessage());
			}
		}

		/**
		 * Waits until there is room for what the next read may need.
		 * @return false if there is none in time, or this connection was refused
		 */
		boolean awaitRoomToRead(Inbound in, Duration limit) {
			return this.input.take(ofBuffer(in.nextCapacity()), limit);
		}

		/**
		 * Waits until there is room to decode all that has arrived.
		 * @return false if there is none in time
		 */
		boolean awaitRoomToDecode(Inbound in, Duration limit) {
			return this.message.take((long) in.available() * DECODING, limit);
		}

		/** Gives back what decoding took, where it came to nothing yet. */
		void undecoded() {
			this.message.giveBack();
		}

		/**
		 * A message is about to be answered: it is not the peer that is waited for.
		 * @param bytes that the message had
		 */
		void handOn(Inbound in, long bytes) {
			in.trim();
			this.message.take(bytes * DECODING, Duration.ZERO);
			this.input.take(ofBuffer(in.capacity()), Duration.ZERO);
			this.input.refusable(false);
		}

		/** It is the peer again, who may not take the reply. */
		void send() {
			this.sending = true;
			this.message.refusable(true);
			this.input.refusable(true);
		}

		/**
		 * @param bytes of a message that is decoded already and will be the next
		 */
		void answered(long bytes) {
			this.sending = false;
			this.message.refusable(false);
			this.message.take(bytes * DECODING, Duration.ZERO);
		}

		/** Whether more has arrived than a connection may keep for nothing. */
		boolean hasMuch() {
			return this.input.bytes() > 0;
		}

		boolean isRefused() {
			return this.input.isRefused() || this.message.isRefused();
		}

		/** For a connection that was refused. */
		Refusal refusal() {
			return new Refusal(Reason.OVERLOADED,
					"there is no room for this message beside those of others, central.connections.memory");
		}

		void giveBack() {
			this.input.giveBack();
			this.message.giveBack();
		}

		private static long ofBuffer(int capacity) {
			return (capacity > Inbound.FREE_CAPACITY) ? (long) capacity * BUFFERED : 0;
		}

	}

	private interface SocketCall {

		void run() throws IOException;

	}

}
