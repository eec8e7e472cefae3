package loteria.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * The central's side of one connection: bytes to requests, replies to bytes, and the
 * phase that the conversation is in. Used by one thread at a time. Throws nothing because
 * of what a peer sent: what does not decode is a {@link Request.Garbage}.
 */
public interface ServerCodec {

	/**
	 * Takes the next request off the front of {@code in}.
	 * @return the request, or null if it is not here completely. Then more bytes arrive
	 * and it is called again; at the {@linkplain Inbound#hasEnded() end of the stream},
	 * once more.
	 */
	@Nullable Request decode(Inbound in);

	/**
	 * Whether what has arrived so far may be a complete message if nothing follows within
	 * {@link Dialect#PAUSE}. Asked after {@link #decode} returned null.
	 */
	default boolean pause() {
		return false;
	}

	/**
	 * The agency that the last message named, or an earlier one of this connection; for
	 * those who look for it in a log. Known also where the message was refused for what
	 * else it says.
	 */
	OptionalInt agency();

	/**
	 * Whether the dialect has no room for this reply. Asked before {@link #encode}, which
	 * is then not called: the refusal is logged and counted, and the connection closes
	 * without an answer.
	 * @return what it cannot say, or null
	 */
	default @Nullable Refusal cannotSay(Reply reply) throws IOException {
		return null;
	}

	/**
	 * What the dialect has no room for in a reply that it says all the same, without
	 * that. Asked between {@link #cannotSay} and {@link #encode}, logged and counted.
	 * @return what it leaves out, or null
	 */
	default @Nullable Refusal leavesOut(Reply reply) {
		return null;
	}

	/**
	 * Puts the reply on the wire, or nothing where the dialect has no words for it.
	 * @param request what {@code reply} answers
	 * @param out buffered by the caller, who flushes
	 * @return what becomes of the connection
	 */
	After encode(Request request, Reply reply, OutputStream out) throws IOException;

	/**
	 * What becomes of a connection after a reply.
	 */
	enum After {

		GO_ON, CLOSE

	}

}
