package loteria.agency.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import loteria.agency.ending.StopSwitch;
import loteria.agency.scripted.ScriptedCentral;
import loteria.agency.settings.ServerAddress;
import loteria.protocol.ClientCodec;
import loteria.protocol.Dialects;
import loteria.protocol.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(20)
class ConnectorTests {

	private static final ClientCodec CODEC = Dialects.named("lines").orElseThrow().client(1, 1);

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
				Connection connection = new Connector(new ServerAddress("localhost", central.port()), new StopSwitch())
					.connect(CODEC)) {
			assertThat(connection.isAnswered(new Request.Greeting(1))).isTrue();
		}
	}

	@Test
	void saysThatANameHasNoAddress() {
		assertThatIOException()
			.isThrownBy(() -> new Connector(new ServerAddress("no:address", 1), new StopSwitch()).connect(CODEC))
			.withMessage("no address for no:address");
	}

}
