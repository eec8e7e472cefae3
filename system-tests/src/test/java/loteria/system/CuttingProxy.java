package loteria.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between an agency and the central, lets so many bytes through, and cuts; later
 * connections it leaves alone. What the agency had sent behind the cut is lost, or it
 * comes late: on the connection that was cut, when the agency has already greeted on its
 * next one and sends it again.
 */
final class CuttingProxy implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ServerSocket listener;

	private final int target;

	private final boolean late;

	private final AtomicLong left;

	private final AtomicLong passed = new AtomicLong();

	private final AtomicInteger connections = new AtomicInteger();

	private final CountDownLatch greetedAgain = new CountDownLatch(1);

	private volatile int cameLate;

	/** Loses what comes behind {@code cutAfter} bytes, both directions counted. */
	static CuttingProxy losing(int target, long cutAfter) throws IOException {
		return new CuttingProxy(target, cutAfter, false);
	}

	/** Delays what the agency sends behind {@code cutAfter} bytes of its own. */
	static CuttingProxy delaying(int target, long cutAfter) throws IOException {
		return new CuttingProxy(target, cutAfter, true);
	}

	private CuttingProxy(int target, long cutAfter, boolean late) throws IOException {
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.target = target;
		this.late = late;
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

	/** Bytes that were delivered late. */
	int cameLate() {
		return this.cameLate;
	}

	private void accept() {
		try {
			while (true) {
				Socket agency = this.listener.accept();
				Socket central = new Socket(InetAddress.getLoopbackAddress(), this.target);
				boolean first = this.connections.getAndIncrement() == 0;
				Thread.ofVirtual().start(() -> toCentral(agency, central));
				Thread.ofVirtual().start(() -> {
					toAgency(central, agency, first);
					if (!this.late || !first) {
						closeQuietly(central);
					}
				});
			}
		}
		catch (IOException ex) {
			// closed: the end
		}
	}

	private void toCentral(Socket agency, Socket central) {
		try (central) {
			byte[] rest = pass(agency, central);
			if (this.late && rest.length > 0 && this.greetedAgain.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				central.getOutputStream().write(rest);
				central.shutdownOutput();
				this.cameLate = rest.length;
				central.getInputStream().transferTo(OutputStream.nullOutputStream());
			}
		}
		catch (IOException ex) {
			// cut, here or from the other direction
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns what the agency has sent behind the cut. */
	private byte[] pass(Socket agency, Socket central) throws IOException {
		try (agency) {
			InputStream in = agency.getInputStream();
			for (int next = in.read(); next >= 0; next = in.read()) {
				if (this.left.getAndDecrement() == 0) {
					ByteArrayOutputStream rest = new ByteArrayOutputStream();
					rest.write(next);
					rest.writeBytes(in.readNBytes(in.available()));
					return rest.toByteArray();
				}
				this.passed.incrementAndGet();
				central.getOutputStream().write(next);
			}
			return new byte[0];
		}
	}

	private void toAgency(Socket central, Socket agency, boolean first) {
		try (agency) {
			InputStream in = central.getInputStream();
			for (int next = in.read(); next >= 0; next = in.read()) {
				if (!this.late && this.left.getAndDecrement() == 0) {
					return;
				}
				this.passed.incrementAndGet();
				agency.getOutputStream().write(next);
				if (!first && next == '\n') {
					this.greetedAgain.countDown();
				}
			}
		}
		catch (IOException ex) {
			// cut, here or from the other direction
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is of no more use, whatever is wrong with it
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
