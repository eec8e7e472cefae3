package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import loteria.protocol.Refusal;
import loteria.protocol.Reply;
import loteria.protocol.Request;
import loteria.protocol.ServerCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A peer that is not let in. Thrown, so that the factory closes its socket: at once, not
 * later, so that no more are open than may be.
 */
final class Refused extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private static final Logger log = LoggerFactory.getLogger(Refused.class);

	private Refused(Refusal refusal) {
		super(refusal.toString());
	}

	/** Tells the peer nothing, as over TLS before both have shaken hands. */
	static Refused silently(Refusal refusal) {
		return new Refused(refusal);
	}

	/** Tells the peer as much as its dialect can, if that takes no time. */
	static Refused tell(Refusal refusal, ServerCodec codec, Socket socket) {
		try {
			OutputStream out = socket.getOutputStream();
			codec.encode(new Request.Garbage(refusal), new Reply.Refused(refusal), out);
			socket.shutdownOutput();
			// what is left unread would take the answer back
			InputStream in = socket.getInputStream();
			in.skipNBytes(in.available());
		}
		catch (IOException ex) {
			log.debug("action: accept_connections | result: fail | error: {}", ex.getMessage());
		}
		return new Refused(refusal);
	}

}
