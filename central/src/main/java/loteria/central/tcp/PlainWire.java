package loteria.central.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * Bytes as they are.
 */
record PlainWire(InputStream in, OutputStream out) implements Wire {

	PlainWire(Socket socket) throws IOException {
		this(socket.getInputStream(), socket.getOutputStream());
	}

	@Override
	public boolean open() {
		return true;
	}

	@Override
	public Speaker speaker() {
		return Speaker.OF_ANYBODY;
	}

	@Override
	public void end() {
	}

	@Override
	public boolean isStuckFor(Duration limit) {
		return false;
	}

}
