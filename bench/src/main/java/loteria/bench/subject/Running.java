package loteria.bench.subject;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A subject that runs and listens. Closing it ends it and removes what it stored.
 */
public final class Running implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(180);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private static final int FIRST_PORT = 15000;

	/** Of Linux; the system gives none below it to an outgoing connection. */
	private static final int FIRST_EPHEMERAL_PORT = 32768;

	private final Child child;

	private final Path directory;

	private final InetSocketAddress address;

	private final double startSeconds;

	private final List<Running> besides;

	private final List<Running> behind;

	private Running(Child child, Path directory, InetSocketAddress address, double startSeconds, List<Running> besides,
			List<Running> behind) {
		this.child = child;
		this.directory = directory;
		this.address = address;
		this.startSeconds = startSeconds;
		this.besides = besides;
		this.behind = behind;
	}

	/**
	 * @param all that take the load, at least one
	 * @param behind what they need
	 */
	static Running together(List<Running> all, Running behind) {
		Running first = all.getFirst();
		return new Running(first.child, first.directory, first.address, first.startSeconds,
				List.copyOf(all.subList(1, all.size())), List.of(behind));
	}

	static int freePort() {
		return ThreadLocalRandom.current()
			.ints(FIRST_PORT, FIRST_EPHEMERAL_PORT)
			.filter(Running::isFree)
			.findFirst()
			.orElseThrow();
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Waits until something listens at {@code port}. */
	static Running await(Child child, Path directory, int port) throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		while (!listens(address)) {
			child.requireAlive();
			if (System.nanoTime() - child.startedAt() > START_LIMIT.toNanos()) {
				throw new IOException(String.format(Locale.ROOT, "nothing listens at port %d after %d s, see %s", port,
						START_LIMIT.toSeconds(), directory));
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return new Running(child, directory, address, (System.nanoTime() - child.startedAt()) / 1e9, List.of(),
				List.of());
	}

	private static boolean listens(InetSocketAddress address) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(address);
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	public InetSocketAddress address() {
		return this.address;
	}

	/** Of all that take the load. */
	public List<InetSocketAddress> addresses() {
		List<InetSocketAddress> addresses = new ArrayList<>(List.of(this.address));
		this.besides.forEach((one) -> addresses.add(one.address));
		return addresses;
	}

	/** From the start of the process until it listened. */
	public double startSeconds() {
		return this.startSeconds;
	}

	/** Of all processes that it takes. */
	public Usage usage() throws IOException {
		this.child.requireAlive();
		Usage usage = Usage.of(this.child);
		for (Running one : this.besides) {
			usage = usage.plus(one.usage());
		}
		for (Running one : this.behind) {
			usage = usage.plus(one.usage());
		}
		return usage;
	}

	/**
	 * Starts to record what it does.
	 * @param settings of events, as {@code jcmd} takes them
	 */
	public Recording record(Workplace workplace, List<String> settings) throws IOException {
		return Recording.start(workplace, this.child.pid(), settings);
	}

	/** What it needs, where that is a process of its own. */
	Running behind() {
		return this.behind.getFirst();
	}

	Path directory() {
		return this.directory;
	}

	/** Ends it in order and keeps what it stored. */
	void stop() throws IOException {
		this.child.stop(STOP_LIMIT);
	}

	@Override
	public void close() throws IOException {
		this.child.end();
		Workplace.remove(this.directory);
		for (Running one : this.besides) {
			one.close();
		}
		for (Running one : this.behind) {
			one.close();
		}
	}

}
