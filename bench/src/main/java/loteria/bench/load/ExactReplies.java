package loteria.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Answers that are known to the byte: one for each message of a connection, in a circle
 * as they are sent.
 */
public final class ExactReplies implements Replies {

	private static final int SHOWN = 200;

	private final List<byte[]> expected;

	private int next;

	public ExactReplies(List<byte[]> expected) {
		this.expected = expected;
	}

	@Override
	public int take(ByteBuffer arrived) throws IOException {
		int taken = 0;
		ByteBuffer reply = ByteBuffer.wrap(this.expected.get(this.next));
		while (arrived.remaining() >= reply.remaining()) {
			ByteBuffer front = arrived.slice(arrived.position(), reply.remaining());
			if (!front.equals(reply)) {
				throw wrong(reply, arrived);
			}
			arrived.position(arrived.position() + reply.remaining());
			this.next = (this.next + 1) % this.expected.size();
			reply = ByteBuffer.wrap(this.expected.get(this.next));
			taken++;
		}
		// a shorter answer would be waited for until the limit
		if (arrived.hasRemaining() && reply.slice(0, arrived.remaining()).mismatch(arrived) >= 0) {
			throw wrong(reply, arrived);
		}
		return taken;
	}

	private static IOException wrong(ByteBuffer expected, ByteBuffer arrived) {
		return new IOException("answered " + shown(arrived) + " where " + shown(expected) + " belongs");
	}

	private static String shown(ByteBuffer bytes) {
		byte[] front = new byte[Math.min(bytes.remaining(), SHOWN)];
		bytes.get(bytes.position(), front);
		return '"' + new String(front, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", ".") + '"';
	}

}
