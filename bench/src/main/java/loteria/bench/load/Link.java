package loteria.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The way of a client's bytes to the peer and back.
 */
public interface Link {

	/**
	 * Takes what has come.
	 * @return how many bytes; -1 at the end
	 */
	int read(ByteBuffer into) throws IOException;

	/**
	 * Sends as much as the peer takes now.
	 * @return whether that was all, of this call and of those before
	 */
	boolean write(ByteBuffer from) throws IOException;

	/** Bytes as they are. */
	static Link plain(SocketChannel channel) {
		return new Link() {

			@Override
			public int read(ByteBuffer into) throws IOException {
				return channel.read(into);
			}

			@Override
			public boolean write(ByteBuffer from) throws IOException {
				channel.write(from);
				return !from.hasRemaining();
			}

		};
	}

}
