package loteria.protocol;

import java.util.function.Function;

import loteria.bytes.Slice;
import loteria.protocol.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what arrives into messages of one or more lines. One a connection.
 */
public final class LineFraming {

	public static final char LINE_END = '\n';

	/** May stand in front of a line end, and does not count. */
	public static final char RETURN = '\r';

	private final String unit;

	private final int lines;

	private final int limit;

	/** How many lines of the message at the front are here, and where they end. */
	private int found;

	private int end;

	/** Whether the first line of all has been looked at, and whether it is HTTP's. */
	private boolean begun;

	private boolean isHttp;

	/**
	 * @param unit what a message is called, as in "a line"
	 * @param lines of a message
	 * @param limit of a message, in bytes with its line ends
	 */
	public LineFraming(String unit, int lines, int limit) {
		this.unit = unit;
		this.lines = lines;
		this.limit = limit;
	}

	/**
	 * Takes the next message off the front of {@code in}.
	 * @param meaning of a message without its last line end
	 * @return what it means, or that it is too long, or null if it is not here completely
	 */
	public @Nullable Request decode(Inbound in, Function<Slice, Request> meaning) {
		boolean complete = find(in);
		if (this.isHttp) {
			return new Request.Garbage(HttpRequest.REFUSAL);
		}
		if ((complete ? this.end : in.available()) > this.limit) {
			return new Request.Garbage(new Refusal(Reason.TOO_LONG, this.unit + " of over " + this.limit + " bytes"));
		}
		if (!complete) {
			return null;
		}
		Slice message = in.take(this.end);
		this.found = 0;
		this.end = 0;
		return meaning.apply(message.upTo(message.end() - 1));
	}

	private boolean find(Inbound in) {
		while (this.found < this.lines) {
			int lineEnd = in.indexOf((byte) LINE_END, this.end);
			if (lineEnd < 0) {
				return false;
			}
			if (!this.begun) {
				this.begun = true;
				this.isHttp = HttpRequest.endsAt(lineEnd, in);
			}
			this.end = lineEnd + 1;
			this.found++;
		}
		return true;
	}

}
