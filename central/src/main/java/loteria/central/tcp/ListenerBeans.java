package loteria.central.tcp;

import java.util.concurrent.Executors;

import loteria.bet.BetRules;
import loteria.central.CentralSettings;
import loteria.central.CentralSettings.Listener;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpMessageMapper;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;

/**
 * Makes a connection factory and a gateway of each listener in the settings.
 */
final class ListenerBeans implements BeanRegistrar {

	/** Behind a listener's name: the bean that accepts its connections. */
	static final String FACTORY = "Connections";

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		CentralSettings settings = Binder.get(environment).bind("central", CentralSettings.class).get();
		settings.listeners().forEach((name, listener) -> {
			if (listener.enabled()) {
				register(registry, name, listener);
			}
		});
	}

	private static void register(BeanRegistry registry, String name, Listener listener) {
		String factoryName = name + FACTORY;
		registry.registerBean(factoryName, TcpNetServerConnectionFactory.class,
				(bean) -> bean.supplier((context) -> factory(listener, context.bean(BetRules.class),
						context.bean(OpenConnections.class), context.bean(DialectMeters.class))));
		registry.registerBean(name + "Gateway", TcpInboundGateway.class, (bean) -> bean
			.supplier((context) -> gateway(context.bean(factoryName, AbstractServerConnectionFactory.class))));
	}

	private static TcpNetServerConnectionFactory factory(Listener listener, BetRules rules, OpenConnections open,
			DialectMeters meters) {
		Dialect dialect = Dialects.named(String.valueOf(listener.dialect())).orElseThrow();
		TcpNetServerConnectionFactory factory = new TcpNetServerConnectionFactory(listener.port());
		factory.setTcpNetConnectionSupport(
				new SessionConnections(dialect, rules, open, meters.of(dialect.name()), Peers.parse(listener.peers())));
		factory.setTaskExecutor(new TaskExecutorAdapter(Executors.newVirtualThreadPerTaskExecutor()));
		TcpMessageMapper mapper = new TcpMessageMapper();
		mapper.setStringToBytes(false);
		factory.setMapper(mapper);
		factory.setBacklog(listener.backlog());
		factory.setSoTcpNoDelay(true);
		factory.setSoKeepAlive(true);
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
