package loteria.central.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import loteria.central.lottery.DrawCoordinator;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerExceptionEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Stops the listeners in order, before anything else is stopped: no connection is let in
 * any more, agencies that wait for the draw are sent away, and what is in flight is
 * answered.
 */
@Component
public class ListenerLifecycle implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ListenerLifecycle.class);

	/** Leaves time for the rest of the central to stop within 5 s. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Duration LOOK = Duration.ofMillis(5);

	private final Map<String, AbstractServerConnectionFactory> factories;

	private final Map<String, TcpInboundGateway> gateways;

	private final DrawCoordinator draw;

	private final Runnable onDeafness;

	private final Map<String, Listener> settings;

	/** Those that listen, as far as is known. */
	private final Set<AbstractServerConnectionFactory> listening = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	/** Not the opposite of running: a port may fail to bind before this runs. */
	private volatile boolean stopping;

	/**
	 * @param deafness ends the central
	 */
	ListenerLifecycle(Map<String, AbstractServerConnectionFactory> factories, Map<String, TcpInboundGateway> gateways,
			DrawCoordinator draw, Deafness deafness, CentralSettings settings) {
		this.settings = settings.listeners();
		this.factories = factories;
		this.gateways = gateways;
		this.draw = draw;
		this.onDeafness = deafness::listenerFailed;
	}

	/** The last to start: by then the gateways listen, or are about to. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	@Override
	public void start() {
		this.stopping = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.running = false;
		this.factories.values().forEach(AbstractServerConnectionFactory::beforeShutdown);
		this.draw.stop();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		int inFlight = inFlight();
		int before = 1;
		// Twice none: a gateway counts a message a moment after it has let it in.
		while (inFlight + before > 0 && System.nanoTime() < deadline) {
			LockSupport.parkNanos(LOOK.toNanos());
			before = inFlight;
			inFlight = inFlight();
		}
		this.gateways.values().forEach(TcpInboundGateway::stop);
		this.factories
			.forEach((name, factory) -> log.info("action: close_listener | result: success | name: {}", name));
		if (inFlight > 0) {
			log.warn("action: close_listener | result: fail | unanswered: {}", inFlight);
		}
	}

	private int inFlight() {
		return this.gateways.values().stream().mapToInt(TcpInboundGateway::beforeShutdown).sum();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Whether every listener can be reached. A factory may die while its gateway runs on.
	 */
	public boolean areListening() {
		return deaf().isEmpty();
	}

	/** The names of those that can't be reached, in alphabetical order. */
	public List<String> deaf() {
		return this.factories.values()
			.stream()
			.filter((factory) -> !factory.isListening())
			.map(ListenerLifecycle::name)
			.sorted()
			.toList();
	}

	/** The port of each listener, by name. */
	public SortedMap<String, Integer> ports() {
		SortedMap<String, Integer> ports = new TreeMap<>();
		this.factories.values().forEach((factory) -> ports.put(name(factory), factory.getPort()));
		return ports;
	}

	/**
	 * The port of a listener, also where the settings left the choice to the system.
	 * @param name as in the settings
	 */
	public int port(String name) {
		return Objects.requireNonNull(this.factories.get(name + ListenerBeans.FACTORY), name).getPort();
	}

	@EventListener
	void listening(TcpConnectionServerListeningEvent event) {
		AbstractServerConnectionFactory factory = (AbstractServerConnectionFactory) event.getSource();
		this.listening.add(factory);
		log.info("action: accept_connections | result: in_progress | port: {} | dialect: {}", event.getPort(),
				settings(name(factory)).dialect());
	}

	@EventListener
	void deaf(TcpConnectionServerExceptionEvent event) {
		deaf((AbstractServerConnectionFactory) event.getSource(),
				Objects.requireNonNullElseGet(event.getCause(), () -> new IOException("nobody says why")));
	}

	/** A factory keeps connections that were closed until it accepts another. */
	@Scheduled(fixedDelay = 1000)
	void forgetClosedConnections() {
		this.factories.values().forEach(AbstractServerConnectionFactory::getOpenConnectionIds);
	}

	/** Of some ends of listening there is no event. */
	@Scheduled(fixedDelay = 1000)
	void lookWhoListens() {
		this.listening.stream()
			.filter((factory) -> !factory.isListening())
			.forEach((factory) -> deaf(factory, new IOException("nobody listens there any more")));
	}

	/** A listener that is closed in the stop may seem to be one that failed. */
	private void deaf(AbstractServerConnectionFactory factory, Throwable cause) {
		this.listening.remove(factory);
		if (this.stopping) {
			return;
		}
		String name = name(factory);
		log.error("action: accept_connections | result: fail | {}",
				ListenerFault.describe(name, settings(name), cause));
		this.onDeafness.run();
	}

	private Listener settings(String name) {
		return Objects.requireNonNull(this.settings.get(name), name);
	}

	private static String name(AbstractServerConnectionFactory factory) {
		String bean = factory.getComponentName();
		return bean.substring(0, bean.length() - ListenerBeans.FACTORY.length());
	}

	/**
	 * Told when a listener can't listen, or not any more.
	 */
	@FunctionalInterface
	public interface Deafness {

		void listenerFailed();

	}

}
