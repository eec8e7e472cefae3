package loteria.central.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import loteria.central.settings.Connections;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import org.springframework.integration.ip.tcp.serializer.SoftEndOfStreamException;

/**
 * How a connection ends that brings no more requests: logs and counts why, and makes what
 * Spring Integration is told of it.
 */
final class EndOfRequests {

	private final Connections limits;

	private final ListenerLog log;

	EndOfRequests(Connections limits, ListenerLog log) {
		this.limits = limits;
		this.log = log;
	}

	/**
	 * The peer has closed.
	 * @param in what is left of what it sent
	 */
	SoftEndOfStreamException closed(Inbound in) {
		if (in.available() > 0) {
			this.log.refused(new Refusal(Reason.TRUNCATED,
					"closed in the middle of a message, after " + in.available() + " bytes: " + in.outline()));
		}
		return new SoftEndOfStreamException("closed by the peer");
	}

	/** The connection broke. */
	SoftEndOfStreamException lost(Inbound in, IOException ex) {
		if (in.available() > 0) {
			this.log.refused(new Refusal(Reason.TRUNCATED, "connection lost in the middle of a message, after "
					+ in.available() + " bytes: " + ex.getMessage()));
		}
		return new SoftEndOfStreamException("connection lost", ex);
	}

	/** The first message did not begin in time, or another did not end. */
	SoftEndOfStreamException tooSlow(Inbound in) {
		if (in.available() == 0) {
			return tooIdle(Limit.FIRST_MESSAGE, this.limits.firstMessage());
		}
		this.log.tooSlow(new Refusal(Reason.TOO_SLOW,
				String.format(Locale.ROOT, "%d bytes of a message within %ds, and not the rest: %s", in.available(),
						this.limits.message().toSeconds(), in.outline())));
		return new SoftEndOfStreamException("no message in time");
	}

	/** Nothing came between two messages. */
	SoftEndOfStreamException tooIdle() {
		return tooIdle(Limit.IDLE, this.limits.idle());
	}

	private SoftEndOfStreamException tooIdle(Limit limit, Duration time) {
		this.log.idle(limit, time);
		return new SoftEndOfStreamException("no message in time");
	}

}
