package loteria.central.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import loteria.central.settings.Listener;
import loteria.central.tcp.BoundPorts.UnboundPortException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundPortsTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final BoundPorts ports = new BoundPorts();

	@AfterEach
	void close() {
		this.ports.close();
	}

	@Test
	void aPeerWaitsUntilTheSocketIsHandedOut() throws IOException {
		this.ports.bind(Map.of("csv", listener(this.port, true)));
		try (Socket peer = connect()) {
			peer.getOutputStream().write('!');
			try (ServerSocket socket = this.ports.of("csv").createServerSocket(this.port, 1);
					Socket accepted = socket.accept()) {
				assertThat(accepted.getInputStream().read()).isEqualTo('!');
			}
		}
	}

	@Test
	void keepsWhatAllSettingsHaveToo() throws IOException {
		this.ports.bind(Map.of("csv", listener(this.port, true)));
		try (Socket peer = connect()) {
			this.ports.bind(Map.of("csv", listener(this.port, true), "tlv", listener(0, true)));
			try (ServerSocket socket = this.ports.of("csv").createServerSocket(this.port, 1);
					Socket accepted = socket.accept()) {
				assertThat(accepted.getPort()).isEqualTo(peer.getLocalPort());
			}
		}
	}

	@Test
	void letsGoOfWhatAllSettingsDoNotHave() {
		this.ports.bind(Map.of("csv", listener(this.port, true)));
		this.ports.bind(Map.of("csv", listener(this.port, false), "tlv", listener(0, true)));
		assertThatExceptionOfType(IOException.class).isThrownBy(this::connect);
	}

	@Test
	void makesAnotherSocketOfOneThatWasHandedOut() throws IOException {
		this.ports.bind(Map.of("csv", listener(this.port, true)));
		this.ports.of("csv").createServerSocket(this.port, 1).close();
		try (ServerSocket again = this.ports.of("csv").createServerSocket(this.port, 1)) {
			assertThat(again.getLocalPort()).isEqualTo(this.port);
		}
	}

	@Test
	void saysWhichPortIsTakenAndBindsNone() throws IOException {
		try (ServerSocket taken = new ServerSocket(0)) {
			Map<String, Listener> listeners = new TreeMap<>(
					Map.of("csv", listener(this.port, true), "tlv", listener(taken.getLocalPort(), true)));
			assertThatExceptionOfType(UnboundPortException.class).isThrownBy(() -> this.ports.bind(listeners))
				.withMessageStartingWith("listener: tlv | address: all | port: " + taken.getLocalPort() + " | error: ")
				.withMessageEndingWith("hint: free the port, or set central.listeners.tlv.port");
			assertThatExceptionOfType(IOException.class).isThrownBy(this::connect);
		}
	}

	private Socket connect() throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(), this.port);
	}

	private static Listener listener(int port, boolean enabled) {
		return new Listener("csv", port, null, enabled, 5, List.of(), null);
	}

}
