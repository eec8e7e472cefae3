package loteria.central.tcp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;

import io.micrometer.core.instrument.MeterRegistry;
import loteria.bet.BetRules;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.Listener;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpSocketFactorySupport;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;

/**
 * Makes a connection factory and a gateway of each listener in the settings.
 */
final class ListenerBeans implements BeanRegistrar {

	/**
	 * What the system keeps of a connection, each way. Left to itself it takes up to
	 * megabytes of each that is not read from, or does not read; and when it has no more
	 * for all of them, everybody waits.
	 */
	private static final int SYSTEM_BUFFER = 128 * 1024;

	/** Behind a listener's name: the bean that accepts its connections. */
	static final String FACTORY = "Connections";

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		Map<String, ListenerMeters> meters = new ConcurrentHashMap<>();
		CentralSettings settings = Binder.get(environment).bind("central", CentralSettings.class).get();
		settings.listeners().forEach((name, listener) -> {
			if (listener.enabled()) {
				register(registry, name, listener, meters);
			}
		});
	}

	/**
	 * @param meters by dialect: all its listeners share them
	 */
	private static void register(BeanRegistry registry, String name, Listener listener,
			Map<String, ListenerMeters> meters) {
		String factoryName = name + FACTORY;
		registry.registerBean(factoryName, TcpNetServerConnectionFactory.class,
				(bean) -> bean.supplier((context) -> factory(listener, connections(name, listener, meters, context),
						context.bean(BoundPorts.class).of(name))));
		registry.registerBean(name + "Gateway", TcpInboundGateway.class, (bean) -> bean
			.supplier((context) -> gateway(context.bean(factoryName, AbstractServerConnectionFactory.class))));
	}

	private static SessionConnections connections(String name, Listener listener, Map<String, ListenerMeters> meters,
			SupplierContext context) {
		Dialect dialect = Dialects.named(String.valueOf(listener.dialect())).orElseThrow();
		MeterRegistry registry = context.bean(MeterRegistry.class);
		return new SessionConnections(dialect, context.bean(BetRules.class), context.bean(OpenConnections.class),
				meters.computeIfAbsent(dialect.name(), (known) -> new ListenerMeters(known, registry)),
				Peers.parse(listener.peers()), context.bean(ServedBundles.class).of(name), context.bean(LogRate.class),
				context.bean(Presence.class));
	}

	private static TcpNetServerConnectionFactory factory(Listener listener, SessionConnections connections,
			ServerSocketFactory sockets) {
		TcpNetServerConnectionFactory factory = new TcpNetServerConnectionFactory(listener.port());
		factory.setTcpSocketFactorySupport(new TcpSocketFactorySupport() {

			@Override
			public ServerSocketFactory getServerSocketFactory() {
				return sockets;
			}

			@Override
			public SocketFactory getSocketFactory() {
				return SocketFactory.getDefault();
			}

		});
		factory.setTcpNetConnectionSupport(connections);
		factory.setTaskExecutor(new TaskExecutorAdapter(Executors.newVirtualThreadPerTaskExecutor()));
		factory.setMapper(new BurstMapper());
		factory.setBacklog(listener.backlog());
		factory.setSoTcpNoDelay(true);
		factory.setSoKeepAlive(true);
		factory.setSoReceiveBufferSize(SYSTEM_BUFFER);
		factory.setSoSendBufferSize(SYSTEM_BUFFER);
		if (listener.address() != null) {
			factory.setLocalAddress(listener.address());
		}
		return factory;
	}

	private static TcpInboundGateway gateway(AbstractServerConnectionFactory factory) {
		TcpInboundGateway gateway = new TcpInboundGateway();
		gateway.setConnectionFactory(factory);
		gateway.setRequestChannelName(RequestFlow.REQUESTS);
		gateway.setErrorChannelName(RequestFlow.FAULTS);
		return gateway;
	}

}
