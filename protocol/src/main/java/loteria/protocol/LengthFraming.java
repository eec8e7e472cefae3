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
 * @param lengthBytes of the length, which counts what follows it
 * @param uncounted bytes in front that the limit does not count
 * @param limit of a message, in bytes
 */
public record LengthFraming(String unit, int lengthAt, int lengthBytes, int uncounted, int limit) {

	/**
	 * Takes the next message off the front of {@code in}.
	 * @param meaning of a message, all that stands in front of its length and behind it
	 * @return what it means, or that it is too long, or null if it is not here completely
	 */
	public @Nullable Request decode(Inbound in, Function<Slice, Request> meaning) {
		int header = this.lengthAt + this.lengthBytes;
		if (in.available() < header) {
			return null;
		}
		long length = header + in.unsigned(this.lengthAt, this.lengthBytes);
		if (length - this.uncounted > this.limit) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG,
					this.unit + " of " + (length - this.uncounted) + " bytes where " + this.limit + " are allowed"));
		}
		return (in.available() < length) ? null : meaning.apply(in.take((int) length));
	}

}
