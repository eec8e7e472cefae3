package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

import loteria.protocol.Inbound;

/**
 * Reads from one socket, for so long and no longer.
 */
final class TimedRead {

	private final Socket socket;

	private volatile boolean underWay;

	TimedRead(Socket socket) {
		this.socket = socket;
	}

	/**
	 * Reads what comes next.
	 * @param in what is plain of the socket's bytes
	 * @param millis to wait at most; 0 for ever
	 * @return false at the end
	 */
	boolean fill(Inbound inbound, InputStream in, int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		this.underWay = true;
		try {
			return inbound.fill(in);
		}
		finally {
			this.underWay = false;
		}
	}

	/** Whether a thread reads at this moment. For other threads. */
	boolean isUnderWay() {
		return this.underWay;
	}

}
