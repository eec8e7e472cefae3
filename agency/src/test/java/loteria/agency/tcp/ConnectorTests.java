package loteria.agency.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import loteria.agency.ending.StopSwitch;
import loteria.agency.scripted.ScriptedCentral;
import loteria.agency.settings.ServerAddress;
import loteria.agency.settings.ServerAddresses;
import loteria.agency.tcp.Lookup.Names;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialects;
import loteria.protocol.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(120)
class ConnectorTests {

	private final StopSwitch stop = new StopSwitch();

	private final Patience patience = new Patience(Duration.ofSeconds(10), this.stop);

	private static final ClientCodec CODEC = Dialects.named("lines").orElseThrow().client(1, 1).orElseThrow();

	@Test
	void knowsAConnectionToItself() throws IOException {
		try (Socket socket = new Socket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			socket.connect(socket.getLocalSocketAddress());
			assertThat(Connector.isItsOwnPeer(socket)).isTrue();
		}
	}

	@Test
	void takesAnyAddressOfTheNameThatAnswers() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expectEnd());
				Connection connection = connector("localhost", central.port()).connect(CODEC)) {
			assertThat(connection.isAnswered(new Request.Greeting(1))).isTrue();
		}
	}

	@Test
	void saysThatANameHasNoAddress() {
		assertThatIOException().isThrownBy(() -> connector("no:address", 1).connect(CODEC))
			.withMessage("no address for no:address");
	}

	@Test
	void spreadsItsConnectionsOverTheAddressesOfAName() throws Exception {
		try (ServerSocket central = new ServerSocket(0)) {
			InetAddress[] addresses = { loopback(1), loopback(2), InetAddress.getByName("::1"), loopback(3) };
			Connector connector = connector(1, (host) -> addresses,
					new ServerAddress("central", central.getLocalPort()));
			assertThat(Stream.of(connected(connector, central), connected(connector, central),
					connected(connector, central), connected(connector, central)))
				.containsExactly(loopback(2), loopback(3), loopback(1), loopback(2));
		}
	}

	@Test
	void spreadsItsConnectionsOverSeveralCentrals() throws Exception {
		try (ServerSocket a = new ServerSocket(0); ServerSocket b = new ServerSocket(0)) {
			Connector connector = connector(0, InetAddress::getAllByName, at(a), at(b));
			for (ServerSocket central : List.of(a, b, a, b)) {
				assertThat(connected(connector, central)).isEqualTo(loopback(1));
			}
		}
	}

	@Test
	void anotherCentralStandsInForThoseThatAreOutOfReach() throws Exception {
		ServerSocket down = new ServerSocket(0);
		down.close();
		try (ServerSocket central = new ServerSocket(0)) {
			Connector connector = connector(0, InetAddress::getAllByName, at(down), new ServerAddress("no:address", 1),
					at(central));
			for (int i = 0; i < 4; i++) {
				assertThat(connected(connector, central)).isEqualTo(loopback(1));
			}
		}
	}

	private static ServerAddress at(ServerSocket central) {
		return new ServerAddress("127.0.0.1", central.getLocalPort());
	}

	private static InetAddress loopback(int last) throws IOException {
		return InetAddress.getByName("127.0.0." + last);
	}

	/** Where {@code central} was reached. */
	private static InetAddress connected(Connector connector, ServerSocket central) throws IOException {
		central.setSoTimeout(60_000);
		try (Connection connection = connector.connect(CODEC); Socket accepted = central.accept()) {
			assertThat(connection).hasToString(String.valueOf(accepted.getLocalSocketAddress()));
			return accepted.getLocalAddress();
		}
	}

	private Connector connector(String host, int port) {
		return connector(0, InetAddress::getAllByName, new ServerAddress(host, port));
	}

	private Connector connector(int first, Names names, ServerAddress... servers) {
		return new Connector(ServerAddresses.of(servers), first, null, new Lookup(names, this.patience, this.stop),
				this.patience, this.stop);
	}

}
