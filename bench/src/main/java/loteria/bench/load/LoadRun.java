package loteria.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Sends one load and measures it, by one thread: the machine's other core is the peer's.
 * Without a rate each answer makes the next message due. With one, messages are due at
 * equal distances whatever was answered, and each counts from when it was due: a peer
 * that stands still for a second is found to have kept everything waiting that should
 * have been sent meanwhile.
 */
public final class LoadRun implements AutoCloseable {

	private static final int ARRIVED = 8 * 1024;

	private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final int DIGITS = 3;

	/** How long the last answers may take. */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final long SELECT_MILLIS = 100;

	/** Between two looks at the clock where messages are due by it. */
	private static final long TICK_NANOS = 50_000;

	private final Traffic traffic;

	private final Shape shape;

	private final Selector selector;

	private final List<Client> clients = new ArrayList<>();

	private final List<SocketChannel> channels = new ArrayList<>();

	private final Histogram nanos = new Histogram(HIGHEST_NANOS, DIGITS);

	private final long messages;

	/** Of all clients. */
	private long due;

	private long answered;

	private long started;

	private long lastAnswer;

	private LoadRun(Traffic traffic, Shape shape) throws IOException {
		this.traffic = traffic;
		this.shape = shape;
		this.messages = Math.max(1, Math.round(shape.bets() / traffic.betsPerMessage()));
		this.selector = Selector.open();
	}

	/**
	 * @throws IOException if an answer is not the right one, or does not come
	 */
	public static Outcome of(InetSocketAddress peer, Traffic traffic, Shape shape) throws IOException {
		return of(List.of(peer), traffic, shape);
	}

	/**
	 * @param peers over which the connections are spread
	 * @throws IOException if an answer is not the right one, or does not come
	 */
	public static Outcome of(List<InetSocketAddress> peers, Traffic traffic, Shape shape) throws IOException {
		try (LoadRun run = new LoadRun(traffic, shape)) {
			for (Messages messages : traffic.connections()) {
				run.connect(peers.get(run.clients.size() % peers.size()), messages);
			}
			return run.run();
		}
	}

	private void connect(InetSocketAddress peer, Messages messages) throws IOException {
		SocketChannel channel = SocketChannel.open();
		this.channels.add(channel);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		channel.connect(peer);
		this.traffic.wire().open(channel);
		Link link = this.traffic.wire().link(channel, this.clients.size());
		ByteBuffer opening = ByteBuffer.wrap(messages.opening());
		boolean sent = false;
		while (!sent) {
			sent = link.write(opening);
		}
		this.clients.add(new Client(channel, link, this.selector, messages, ByteBuffer.allocateDirect(ARRIVED)));
	}

	private Outcome run() throws IOException {
		this.started = System.nanoTime();
		this.lastAnswer = this.started;
		long stop = this.started + this.shape.limit().toNanos();
		if (this.shape.rate() == 0) {
			for (int i = 0; i < this.shape.window(); i++) {
				this.clients.forEach((client) -> next(client, this.started));
			}
			for (Client client : this.clients) {
				client.write();
			}
		}
		long now = this.started;
		while (this.answered < this.due || (now < stop && this.due < this.messages)) {
			if (now > stop + PATIENCE.toNanos()) {
				throw new IOException((this.due - this.answered) + " of " + this.due + " batches were not answered");
			}
			if (this.shape.rate() > 0) {
				keepTo(this.shape.rate(), Math.min(now, stop));
			}
			react(now < stop);
			now = System.nanoTime();
		}
		return new Outcome(this.answered * this.traffic.betsPerMessage(), (this.lastAnswer - this.started) / 1e9,
				this.nanos);
	}

	private void next(Client client, long nanos) {
		if (this.due < this.messages) {
			client.due(nanos);
			this.due++;
		}
	}

	/** Sends all that has become due by now. */
	private void keepTo(double betsPerSecond, long now) throws IOException {
		double interval = 1e9 * this.traffic.betsPerMessage() / betsPerSecond;
		for (long at = dueAt(interval); at <= now && this.due < this.messages; at = dueAt(interval)) {
			Client client = this.clients.get((int) (this.due % this.clients.size()));
			next(client, at);
			client.write();
		}
	}

	private long dueAt(double interval) {
		return this.started + (long) (this.due * interval);
	}

	private void react(boolean goOn) throws IOException {
		if (this.shape.rate() > 0) {
			if (this.selector.selectNow() == 0) {
				LockSupport.parkNanos(TICK_NANOS);
				return;
			}
		}
		else {
			this.selector.select(SELECT_MILLIS);
		}
		Iterator<SelectionKey> ready = this.selector.selectedKeys().iterator();
		while (ready.hasNext()) {
			Client client = (Client) ready.next().attachment();
			ready.remove();
			if (client.isReadable()) {
				read(client, goOn && this.shape.rate() == 0);
			}
			else if (client.isWritable()) {
				client.write();
			}
		}
	}

	private void read(Client client, boolean goOn) throws IOException {
		int taken = client.read(this.nanos);
		if (taken == 0) {
			return;
		}
		this.answered += taken;
		this.lastAnswer = System.nanoTime();
		for (int i = 0; goOn && i < taken; i++) {
			next(client, this.lastAnswer);
		}
		client.write();
	}

	@Override
	public void close() throws IOException {
		this.selector.close();
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
	}

}
