package loteria.central.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with what Tomcat's own lacks: so many connections an address, a time in which a
 * whole request has to arrive and be answered, however steadily its bytes come, and room
 * for somebody new where idle connections, or answers that are not taken, take it all.
 * Its few threads are the system's: virtual ones would take turns with those that store
 * bets, and a flood of questions would then stop them. What a handler streams for as long
 * as it likes is left alone. Tomcat makes it by its name, so it is public.
 */
public final class BoundedHttp extends Http11NioProtocol {

	private static final int LOOK_MILLIS = 500;

	/**
	 * What a connection, or an answer, has in any case where others wait for its place.
	 */
	private static final Duration AT_LEAST = Duration.ofSeconds(1);

	private final Map<SocketWrapperBase<?>, Long> idleSince = new HashMap<>();

	private final Map<SocketWrapperBase<?>, Long> busySince = new HashMap<>();

	private int perAddress = Integer.MAX_VALUE;

	private Duration limit = Duration.ofDays(1);

	private Predicate<InetAddress> mayConnect = (address) -> true;

	private Consumer<Cause> onCut = (cause) -> {
	};

	private @Nullable ScheduledFuture<?> looking;

	public BoundedHttp() {
		this(new Endpoint());
	}

	private BoundedHttp(Endpoint endpoint) {
		super(endpoint);
		endpoint.admits = this::admits;
	}

	/**
	 * @param connections that one address may have open
	 * @param request how long a request may take until it is answered
	 * @param may whether an address may connect once more now
	 * @param cut told of each connection that was cut off; must not wait
	 */
	void limit(int connections, Duration request, Predicate<InetAddress> may, Consumer<Cause> cut) {
		this.perAddress = connections;
		this.limit = request;
		this.mayConnect = may;
		this.onCut = cut;
	}

	private Set<SocketWrapperBase<NioChannel>> connections() {
		return ((Endpoint) getEndpoint()).getConnections();
	}

	/** Called by the thread that accepts. */
	private boolean admits(InetAddress address) {
		if (!this.mayConnect.test(address)) {
			this.onCut.accept(Cause.TOO_OFTEN);
			return false;
		}
		String name = Visitors.name(address);
		long open = connections().stream().filter((connection) -> name.equals(name(connection))).count();
		if (open >= this.perAddress) {
			this.onCut.accept(Cause.PER_ADDRESS);
			return false;
		}
		return true;
	}

	private static String name(SocketWrapperBase<?> connection) {
		String address = connection.getRemoteAddr();
		return (address != null) ? Visitors.name(InetAddress.ofLiteral(address)) : "";
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.looking = getUtilityExecutor().scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() throws Exception {
		if (this.looking != null) {
			this.looking.cancel(false);
		}
		super.stop();
	}

	private void look() {
		Set<SocketWrapperBase<NioChannel>> open = Set.copyOf(connections());
		this.idleSince.keySet().retainAll(open);
		this.busySince.keySet().retainAll(open);
		open.forEach(this::look);
		if (getEndpoint().getCurrentThreadsBusy() >= getMaxThreads()) {
			cutLongestBusy();
		}
		int most = getMaxConnections();
		int tooMany = open.size() - Math.max(most - Math.max(most / 10, 1), 1);
		if (tooMany > 0) {
			this.idleSince.entrySet()
				.stream()
				.filter((entry) -> System.nanoTime() - entry.getValue() > AT_LEAST.toNanos())
				.sorted(Comparator.comparing((entry) -> entry.getValue()))
				.limit(tooMany)
				.map(Map.Entry::getKey)
				.toList()
				.forEach((connection) -> closeIf(connection, (processor) -> processor == null, Cause.TOO_MANY));
		}
	}

	/** One that takes no answer, with a thread for which others wait. */
	private void cutLongestBusy() {
		this.busySince.entrySet()
			.stream()
			.filter((entry) -> System.nanoTime() - entry.getValue() > AT_LEAST.toNanos())
			.min(Map.Entry.comparingByValue())
			.map(Map.Entry::getKey)
			.ifPresent((connection) -> {
				this.busySince.remove(connection);
				this.onCut.accept(Cause.TOO_SLOW);
				connection.close();
			});
	}

	/** A connection whose lock is taken is being served. */
	private void look(SocketWrapperBase<?> connection) {
		ReentrantLock lock = connection.getLock();
		long now = System.nanoTime();
		if (!lock.tryLock()) {
			this.idleSince.remove(connection);
			if (now - this.busySince.computeIfAbsent(connection, (missing) -> now) > this.limit.toNanos()) {
				this.busySince.remove(connection);
				this.onCut.accept(Cause.TOO_SLOW);
				connection.close();
			}
			return;
		}
		try {
			this.busySince.remove(connection);
			if (connection.getCurrentProcessor() == null) {
				this.idleSince.putIfAbsent(connection, now);
			}
			else {
				this.idleSince.remove(connection);
			}
		}
		finally {
			lock.unlock();
		}
		closeIf(connection, (processor) -> processor != null && isLate(processor, now), Cause.TOO_SLOW);
	}

	/** Whether only a part of a request has come, and that for long. */
	private boolean isLate(Processor processor, long now) {
		long begun = processor.getRequest().getStartTimeNanos();
		return !processor.isAsync() && begun >= 0 && now - begun > this.limit.toNanos();
	}

	private void closeIf(SocketWrapperBase<?> connection, Predicate<@Nullable Processor> condition, Cause cause) {
		ReentrantLock lock = connection.getLock();
		if (!lock.tryLock()) {
			return;
		}
		try {
			if (condition.test((Processor) connection.getCurrentProcessor())) {
				this.idleSince.remove(connection);
				this.onCut.accept(cause);
				connection.close();
			}
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Why a connection was cut off.
	 */
	enum Cause {

		/** Its address has as many as one may have. */
		PER_ADDRESS,
		/** Its address connects or asks more often than one may. */
		TOO_OFTEN,
		/** A request that did not arrive, or an answer that was not taken, in time. */
		TOO_SLOW,
		/** It was idle, and nearly all there may be were open. */
		TOO_MANY

	}

	/**
	 * Asks before a connection is served.
	 */
	private static final class Endpoint extends NioEndpoint {

		private Predicate<InetAddress> admits = (address) -> true;

		@Override
		protected boolean setSocketOptions(SocketChannel socket) {
			if (isAdmitted(socket)) {
				return super.setSocketOptions(socket);
			}
			// the caller closes only what it knows of already
			destroySocket(socket);
			return false;
		}

		private boolean isAdmitted(SocketChannel socket) {
			try {
				return socket.getRemoteAddress() instanceof InetSocketAddress peer
						&& this.admits.test(peer.getAddress());
			}
			catch (IOException ex) {
				// gone already
				return false;
			}
		}

	}

}
