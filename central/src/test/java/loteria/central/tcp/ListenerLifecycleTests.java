package loteria.central.tcp;

import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import loteria.central.lottery.DrawCoordinator;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerExceptionEvent;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ListenerLifecycleTests {

	private final AtomicInteger failures = new AtomicInteger();

	private final ListenerLifecycle listeners = new ListenerLifecycle(Map.of(), Map.of(),
			Mockito.mock(DrawCoordinator.class), this.failures::incrementAndGet);

	private final TcpConnectionServerExceptionEvent closed = new TcpConnectionServerExceptionEvent(
			new TcpNetServerConnectionFactory(0), new SocketException("Socket closed"));

	@Test
	void aListenerThatFailsEndsTheCentral() {
		this.listeners.deaf(this.closed);
		this.listeners.start();
		this.listeners.deaf(this.closed);
		assertThat(this.failures).hasValue(2);
	}

	@Test
	void aListenerThatIsClosedInTheStopDoesNot() {
		this.listeners.start();
		this.listeners.stop();
		this.listeners.deaf(this.closed);
		assertThat(this.failures).hasValue(0);
	}

}
