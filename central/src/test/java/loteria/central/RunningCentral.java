package loteria.central;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import loteria.central.lottery.DrawCoordinator;
import loteria.central.store.BetStore;
import loteria.central.tcp.ListenerLifecycle;
import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real central on free ports, in the tests' own process, with a store of its own.
 */
public final class RunningCentral implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final Path store;

	private RunningCentral(ConfigurableApplicationContext context, Path store) {
		this.context = context;
		this.store = store;
	}

	/**
	 * @param settings such as {@code --central.agencies=2}
	 */
	public static RunningCentral start(Path store, String... settings) {
		return start(store, Clock.systemUTC(), settings);
	}

	/**
	 * @param clock that the central is to believe
	 */
	public static RunningCentral start(Path store, Clock clock, String... settings) {
		return start(store, (context) -> context.getBeanFactory().addBeanPostProcessor(replacingClock(clock)),
				settings);
	}

	/**
	 * @param change of what the central is made of
	 */
	public static RunningCentral start(Path store, ApplicationContextInitializer<ConfigurableApplicationContext> change,
			String... settings) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--central.store.directory=" + store));
		for (Dialect dialect : Dialects.all()) {
			arguments.add("--central.listeners." + dialect.name() + ".port=0");
		}
		arguments.addAll(List.of(settings));
		SpringApplication application = CentralApplication.application();
		application.addInitializers(change);
		ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
		// the ports are bound by threads of their own
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(60))
			.until(context.getBean(ListenerLifecycle.class)::areListening);
		return new RunningCentral(context, store);
	}

	private static BeanPostProcessor replacingClock(Clock clock) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof Clock) ? clock : bean;
			}
		};
	}

	/** Whether there is a bean of that type. */
	public boolean has(Class<?> type) {
		return this.context.getBeanNamesForType(type).length > 0;
	}

	public int port(String listener) {
		return this.context.getBean(ListenerLifecycle.class).port(listener);
	}

	public int httpPort() {
		return ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	/** That of {@code management.server.port}, where there is one. */
	public int managementPort() {
		return this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

	public double refusals(String dialect, String reason) {
		return counter("lottery.refusals", "dialect", dialect, "reason", reason);
	}

	/** What a counter shows, 0 where there is none. */
	public double counter(String name, String... tags) {
		Counter counter = this.context.getBean(MeterRegistry.class).find(name).tags(tags).counter();
		return (counter == null) ? 0 : counter.count();
	}

	/** How often a limit was reached, by the name it has in the meter. */
	public double limitReached(String limit) {
		return this.context.getBean(MeterRegistry.class)
			.get("lottery.limits.reached")
			.tags("limit", limit)
			.counter()
			.count();
	}

	public double openConnections(String dialect) {
		return this.context.getBean(MeterRegistry.class)
			.get("lottery.connections.open")
			.tags("dialect", dialect)
			.gauge()
			.value();
	}

	/** What a meter without tags shows. */
	public double gauge(String name) {
		return this.context.getBean(MeterRegistry.class).get(name).gauge().value();
	}

	/** What {@code /actuator/health} says. */
	public String health() throws IOException {
		return http("/actuator/health");
	}

	/** The body of an answer, whatever its status is. */
	public String http(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + httpPort() + path)
			.toURL()
			.openConnection();
		try (InputStream in = (connection.getResponseCode() < 400) ? connection.getInputStream()
				: connection.getErrorStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** All of the lottery's own. */
	public List<Meter> meters() {
		return this.context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("lottery."))
			.toList();
	}

	/** How many agencies have finished. */
	public int finished() {
		return this.context.getBean(DrawCoordinator.class).finished();
	}

	/** What is in bets.csv, which is written right behind the answers. */
	public String bets() throws IOException {
		if (this.context.isActive()) {
			// waits until the rows of all that is answered are there
			this.context.getBean(BetStore.class).fingerprint(1);
		}
		return Files.readString(this.store.resolve("bets.csv"));
	}

	/** Stops it as SIGTERM would. */
	public void stop() {
		this.context.close();
	}

	@Override
	public void close() {
		stop();
	}

}
