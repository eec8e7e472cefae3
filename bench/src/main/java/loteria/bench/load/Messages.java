package loteria.bench.load;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one connection sends, over and over: messages one behind the other, so that any
 * run of them is one write.
 *
 * @param opening sent once, in front of the first
 * @param bets of each message; no whole number where a message is no batch
 * @param replies makes the reader of the answers on one new connection
 */
public record Messages(byte[] opening, ByteBuffer bytes, int[] ends, double bets, Supplier<Replies> replies) {

	public static Messages of(byte[] opening, List<byte[]> messages, double bets, Supplier<Replies> replies) {
		int[] ends = new int[messages.size()];
		int length = 0;
		for (int i = 0; i < ends.length; i++) {
			length += messages.get(i).length;
			ends[i] = length;
		}
		// outside the heap, as a socket would copy it there for each write
		ByteBuffer bytes = ByteBuffer.allocateDirect(length);
		messages.forEach(bytes::put);
		return new Messages(opening, bytes.flip().asReadOnlyBuffer(), ends, bets, replies);
	}

	int count() {
		return this.ends.length;
	}

	int end(int message) {
		return this.ends[message];
	}

}
