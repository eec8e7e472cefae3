package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The way of a connection's bytes over its socket, plain or by TLS. Made by the thread
 * that accepts, which must not wait; used by that of the connection.
 */
interface Wire {

	/**
	 * Comes before anything else, and may wait.
	 * @return whether the conversation can begin; if not, the log says why
	 */
	boolean open();

	InputStream in();

	/** Unbuffered. */
	OutputStream out();

	/**
	 * The agencies that the peer may speak for, as far as the wire knows; asked when it
	 * is open.
	 */
	Speaker speaker();

	/** Tells the peer that nothing more comes, where there is a word for it. */
	void end() throws IOException;

	/**
	 * Whether the peer has not taken for so long what had to be written so that something
	 * could be read. For other threads.
	 */
	boolean isStuckFor(Duration limit);

}
