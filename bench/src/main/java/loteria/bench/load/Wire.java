package loteria.bench.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * How batches are said to the system under load.
 */
public interface Wire {

	/**
	 * Encodes batches of {@code batch} bets beforehand.
	 * @param connection from 0 on
	 * @param most how many messages at the most
	 * @param bytes all of them together at the most, but for one message at least
	 */
	Messages messages(int connection, Bets bets, int batch, int most, int bytes) throws IOException;

	/**
	 * Says what must be said and answered before the first message.
	 * @param channel new, and blocking
	 */
	default void open(SocketChannel channel) throws IOException {
	}

	/**
	 * How a connection's bytes go.
	 * @param channel new, and blocking
	 * @param connection from 0 on
	 */
	default Link link(SocketChannel channel, int connection) throws IOException {
		return Link.plain(channel);
	}

}
