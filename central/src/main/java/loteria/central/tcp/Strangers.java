package loteria.central.tcp;

import loteria.protocol.HttpRequest;
import loteria.protocol.Inbound;
import loteria.protocol.Refusal;
import loteria.protocol.Refusal.Reason;
import loteria.tls.TlsRecord;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks what no listener does, told by how a connection begins.
 */
final class Strangers {

	private Strangers() {
	}

	/** Why this is nobody who speaks a dialect, or null if it may be. */
	static @Nullable Refusal refusal(Inbound in) {
		return (in.available() >= 3 && TlsRecord.isHello(in.at(0), in.at(1), in.at(2)))
				? new Refusal(Reason.MALFORMED,
						"TLS, which this listener does not speak; central.listeners.<name>.ssl.bundle")
				: HttpRequest.refusal(in);
	}

}
