package loteria.central.tcp;

import java.io.IOException;
import java.net.Socket;

/**
 * Makes the wires of one listener.
 */
@FunctionalInterface
interface Wires {

	/** Called by the thread that accepts: must not wait. */
	Wire of(Socket socket, ListenerLog log) throws IOException;

	/** Whether nothing can be said before both have shaken hands. */
	default boolean areEncrypted() {
		return false;
	}

}
