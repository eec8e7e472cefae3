package loteria.central.tcp;

import java.net.Socket;

import org.jspecify.annotations.Nullable;

/**
 * Says for whom the connections of one listener may speak.
 */
@FunctionalInterface
interface Speakers {

	/**
	 * For whom a new connection may speak, or null if for nobody: then it is closed.
	 * Called by the thread that accepts: must not wait.
	 */
	@Nullable Speaker of(Socket socket);

}
