package loteria.central.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import loteria.central.lottery.DrawCoordinator;
import loteria.central.lottery.Unnamed;
import loteria.central.settings.CentralSettings;
import loteria.central.settings.CentralSettings.Draw;
import loteria.central.settings.CentralSettings.Metrics;
import loteria.central.settings.CentralSettings.Page;
import loteria.central.settings.CentralSettings.Store;
import loteria.central.settings.CentralSettings.StoreType;
import loteria.central.settings.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerExceptionEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@ExtendWith(OutputCaptureExtension.class)
class ListenerLifecycleTests {

	private static final CentralSettings SETTINGS = new CentralSettings("1",
			new Draw("draw", Duration.ofSeconds(1), 1, Unnamed.CONNECTED, 1),
			new Store(StoreType.FILE, Path.of("store"), DataSize.ofBytes(0), Duration.ofSeconds(1)),
			SomeLimits.of(1, Duration.ofSeconds(1), DataSize.ofKilobytes(8), "1MB"),
			new CentralSettings.Http(1, Duration.ofSeconds(1), 0, CentralSettings.Http.Details.NONE, List.of()),
			new Page(1), new Metrics(1), new CentralSettings.Log(0),
			Map.of("first", new Listener("csv", 12347, null, true, 1, List.of(), null)));

	private final AtomicInteger failures = new AtomicInteger();

	private final ListenerLifecycle listeners = new ListenerLifecycle(Map.of(), Map.of(),
			Mockito.mock(DrawCoordinator.class), this.failures::incrementAndGet, SETTINGS);

	@Test
	void aListenerThatFailsEndsTheCentral() {
		this.listeners.deaf(failure(new SocketException("Socket closed")));
		this.listeners.start();
		this.listeners.deaf(failure(new SocketException("Socket closed")));
		assertThat(this.failures).hasValue(2);
	}

	@Test
	void aListenerThatIsClosedInTheStopDoesNot() {
		this.listeners.start();
		this.listeners.stop();
		this.listeners.deaf(failure(new SocketException("Socket closed")));
		assertThat(this.failures).hasValue(0);
	}

	@Test
	void aListenerThatEndsWithoutAWordDoesToo() {
		TcpNetServerConnectionFactory factory = factory();
		this.listeners.start();
		this.listeners.lookWhoListens();
		assertThat(this.failures).as("it does not listen yet").hasValue(0);
		this.listeners.listening(new TcpConnectionServerListeningEvent(factory, 12347));
		this.listeners.lookWhoListens();
		this.listeners.lookWhoListens();
		assertThat(this.failures).hasValue(1);
	}

	static Stream<Arguments> causes() {
		return Stream.of(
				arguments(new BindException("Address already in use"),
						"free the port, or set central.listeners.first.port"),
				arguments(new BindException("Permission denied"), "central.listeners.first.port to one from 1024 on"),
				arguments(new BindException("Cannot assign requested address"), "central.listeners.first.address"),
				arguments(new UnknownHostException("nowhere"), "central.listeners.first.address"),
				arguments(new SocketException("Too many open files"), "raise the limit of open files (ulimit -n)"),
				arguments(new SocketException("Socket is broken"), "central.listeners.first says where it listens"));
	}

	@ParameterizedTest
	@MethodSource("causes")
	void advisesWhatHelpsAgainstTheCause(IOException cause, String advice, CapturedOutput output) {
		this.listeners.deaf(failure(cause));
		assertThat(output.getAll().lines().filter((line) -> line.contains("action: "))).singleElement()
			.asString()
			.contains("listener: first", "port: 12347", "error: " + cause.getMessage(), advice);
	}

	private static TcpConnectionServerExceptionEvent failure(IOException cause) {
		return new TcpConnectionServerExceptionEvent(factory(), cause);
	}

	private static TcpNetServerConnectionFactory factory() {
		TcpNetServerConnectionFactory factory = new TcpNetServerConnectionFactory(0);
		factory.setComponentName("firstConnections");
		return factory;
	}

}
