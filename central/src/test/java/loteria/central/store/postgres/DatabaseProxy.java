package loteria.central.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a store and its database, and cuts connections: all of them, or the one
 * on which a commit is sent.
 */
final class DatabaseProxy implements AutoCloseable {

	private static final String COMMIT = "COMMIT";

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final URI target;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);

	private final AtomicInteger cuts = new AtomicInteger();

	private volatile boolean away;

	/**
	 * @param url of the real one
	 */
	DatabaseProxy(String url) throws IOException {
		this.target = URI.create(url.substring("jdbc:".length()));
		Thread.ofVirtual().start(this::accept);
	}

	/** Of statements sent as text each time, so that a commit can be seen. */
	String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.server.getLocalPort() + this.target.getPath()
				+ "?prepareThreshold=0&" + this.target.getQuery();
	}

	/** The next commit gets no answer. */
	void cutAtCommit(Cut when) {
		this.cut.set(when);
	}

	int cuts() {
		return this.cuts.get();
	}

	/** Lets nobody through any more. */
	void leave() {
		this.away = true;
		this.open.forEach(DatabaseProxy::close);
	}

	void comeBack() {
		this.away = false;
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				if (this.away) {
					close(client);
					continue;
				}
				Socket database = new Socket(this.target.getHost(), this.target.getPort());
				this.open.add(client);
				this.open.add(database);
				AtomicReference<Cut> cutHere = new AtomicReference<>(Cut.NEVER);
				Thread.ofVirtual().start(() -> forward(client, database, cutHere));
				Thread.ofVirtual().start(() -> answer(database, client, cutHere));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void forward(Socket client, Socket database, AtomicReference<Cut> cutHere) {
		pump(client, database, (bytes, length) -> {
			boolean commits = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).contains(COMMIT);
			Cut now = commits ? this.cut.getAndSet(Cut.NEVER) : Cut.NEVER;
			if (now != Cut.NEVER) {
				cutHere.set(now);
				this.cuts.incrementAndGet();
			}
			return now != Cut.BEFORE_IT_ARRIVES;
		});
	}

	private void answer(Socket database, Socket client, AtomicReference<Cut> cutHere) {
		pump(database, client, (bytes, length) -> cutHere.get() == Cut.NEVER);
	}

	private void pump(Socket from, Socket to, Filter filter) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] bytes = new byte[16 * 1024];
			for (int length = in.read(bytes); length > 0 && filter.passes(bytes, length); length = in.read(bytes)) {
				out.write(bytes, 0, length);
			}
		}
		catch (IOException ex) {
			// cut
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		leave();
	}

	enum Cut {

		NEVER, BEFORE_IT_ARRIVES, BEFORE_ITS_ANSWER

	}

	@FunctionalInterface
	private interface Filter {

		boolean passes(byte[] bytes, int length);

	}

}
