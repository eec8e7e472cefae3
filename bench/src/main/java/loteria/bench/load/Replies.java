package loteria.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the answers of one connection, and believes none that is not the right one.
 */
public interface Replies {

	/**
	 * Takes whole answers off the front of what has arrived; a rest may stay.
	 * @return how many
	 * @throws IOException if one says anything but that its batch is stored
	 */
	int take(ByteBuffer arrived) throws IOException;

}
