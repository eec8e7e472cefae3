package loteria.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import org.HdrHistogram.Histogram;

/**
 * One connection of a load. Messages become due, are written as fast as the peer takes
 * them, and are answered in order.
 */
final class Client {

	private static final int FIRST_DUE_TIMES = 32;

	private final Link link;

	private final SelectionKey key;

	private final Messages messages;

	private final ByteBuffer bytes;

	private final ByteBuffer arrived;

	private final Replies replies;

	/** When the messages that are not answered became due; a ring. */
	private long[] dueAt = new long[FIRST_DUE_TIMES];

	private long due;

	private long answered;

	/** The message of the circle at whose end all that is due ends. */
	private long written;

	/**
	 * @param link over {@code channel}
	 */
	Client(SocketChannel channel, Link link, Selector selector, Messages messages, ByteBuffer arrived)
			throws IOException {
		this.link = link;
		channel.configureBlocking(false);
		this.key = channel.register(selector, SelectionKey.OP_READ, this);
		this.messages = messages;
		this.bytes = messages.bytes().duplicate().position(0);
		this.replies = messages.replies().get();
		this.arrived = arrived;
	}

	long unanswered() {
		return this.due - this.answered;
	}

	/** A message is due; {@link #write()} sends it. */
	void due(long nanos) {
		if (unanswered() == this.dueAt.length) {
			long[] larger = new long[this.dueAt.length * 2];
			for (long i = this.answered; i < this.due; i++) {
				larger[(int) (i % larger.length)] = this.dueAt[(int) (i % this.dueAt.length)];
			}
			this.dueAt = larger;
		}
		this.dueAt[(int) (this.due++ % this.dueAt.length)] = nanos;
	}

	/** Writes what is due, or as much of it as the peer takes now. */
	void write() throws IOException {
		while (this.written < this.due) {
			int first = (int) (this.written % this.messages.count());
			int last = (int) Math.min(first + (this.due - this.written), this.messages.count()) - 1;
			this.bytes.limit(this.messages.end(last));
			if (!this.link.write(this.bytes)) {
				this.key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
				return;
			}
			this.written += last - first + 1;
			if (last == this.messages.count() - 1) {
				this.bytes.position(0);
			}
		}
		this.key.interestOps(SelectionKey.OP_READ);
	}

	/**
	 * Takes the answers that are here.
	 * @return how many
	 */
	int read(Histogram nanos) throws IOException {
		if (this.link.read(this.arrived) < 0) {
			throw new EOFException("the connection was closed after " + this.answered + " answers");
		}
		this.arrived.flip();
		int taken = this.replies.take(this.arrived);
		this.arrived.compact();
		if (taken > unanswered()) {
			throw new IOException((this.answered + taken) + " answers to " + this.due + " messages");
		}
		long now = System.nanoTime();
		for (int i = 0; i < taken; i++) {
			nanos.recordValue(now - this.dueAt[(int) (this.answered++ % this.dueAt.length)]);
		}
		return taken;
	}

	boolean isWritable() {
		return this.key.isWritable();
	}

	boolean isReadable() {
		return this.key.isReadable();
	}

}
