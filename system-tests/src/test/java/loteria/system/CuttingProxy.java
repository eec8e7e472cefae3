package loteria.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between an agency and the central, lets so many bytes through, both directions
 * counted, and cuts; later connections it leaves alone.
 */
final class CuttingProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final AtomicLong left;

	private final AtomicLong passed = new AtomicLong();

	/**
	 * @param cutAfter bytes of the first connection
	 */
	CuttingProxy(int target, long cutAfter) throws IOException {
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.target = target;
		this.left = new AtomicLong(cutAfter);
		Thread.ofVirtual().start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** Bytes let through so far. */
	long passed() {
		return this.passed.get();
	}

	private void accept() {
		try {
			while (true) {
				Socket agency = this.listener.accept();
				Socket central = new Socket(InetAddress.getLoopbackAddress(), this.target);
				Thread.ofVirtual().start(() -> pump(agency, central));
				Thread.ofVirtual().start(() -> pump(central, agency));
			}
		}
		catch (IOException ex) {
			// closed: the end
		}
	}

	private void pump(Socket from, Socket to) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int next = in.read(); next >= 0; next = in.read()) {
				if (this.left.getAndDecrement() == 0) {
					return;
				}
				this.passed.incrementAndGet();
				out.write(next);
			}
		}
		catch (IOException ex) {
			// cut, here or from the other direction
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
