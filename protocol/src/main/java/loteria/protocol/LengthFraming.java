package loteria.protocol;

import java.util.function.Function;

import loteria.bytes.Slice;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives into messages that say in front how long they are.
 *
 * @param unit what a message is called, as in "a packet"
 * @param lengthAt where the length stands, from the first byte on
 * @param lengthBytes of the length
 * @param counted bytes of what stands in front of the message's rest, and of the length
 * itself, that the length counts, too: mostly none
 * @param uncounted bytes in front that the limit does not count
 * @param limit of a message, in bytes
 */
public record LengthFraming(String unit, int lengthAt, int lengthBytes, int counted, int uncounted, int limit) {

	private static final long UNKNOWN = -1;

	/** Replies, as an agency accepts them. */
	public static LengthFraming ofReplies(int lengthAt, int lengthBytes) {
		return new LengthFraming("a reply", lengthAt, lengthBytes, 0, lengthAt + lengthBytes, ClientCodec.MAX_REPLY);
	}

	/**
	 * Takes the next message off the front of {@code in}.
	 * @param meaning of a message, all that stands in front of its length and behind it
	 * @return what it means, or that it is too long or too short, or null if it is not
	 * here completely
	 */
	public @Nullable Request decode(Inbound in, Function<Slice, Request> meaning) {
		long length = length(in);
		if (length == UNKNOWN) {
			return null;
		}
		if (length < header()) {
			return new Request.Garbage(new Refusal(Reason.MALFORMED,
					this.unit + " of " + length + " bytes, which are fewer than say its length"));
		}
		if (length - this.uncounted > this.limit) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG,
					this.unit + " of " + (length - this.uncounted) + " bytes where " + this.limit + " are allowed"));
		}
		return (in.available() < length) ? null : meaning.apply(in.take((int) length));
	}

	/**
	 * The length of the reply at the front of {@code in}, all in all, once it is here
	 * completely; it stays there.
	 * @return 0 where more has to arrive
	 * @throws ProtocolException if it is longer than a reply may be
	 */
	public int complete(Inbound in, String dialect) throws ProtocolException {
		long length = length(in);
		if (length - this.uncounted > this.limit) {
			throw new ProtocolException(dialect, "at most " + this.limit + " bytes", in);
		}
		return (length == UNKNOWN || in.available() < length) ? 0 : (int) length;
	}

	private long length(Inbound in) {
		return (in.available() < header()) ? UNKNOWN
				: header() - this.counted + in.unsigned(this.lengthAt, this.lengthBytes);
	}

	private int header() {
		return this.lengthAt + this.lengthBytes;
	}

}
