package loteria.agency.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

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

@Timeout(120)
class ConnectorTests {

	private final StopSwitch stop = new StopSwitch();

	private final Patience patience = new Patience(Duration.ofSeconds(10), this.stop);

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
				Connection connection = connector("localhost", central.port()).connect(CODEC)) {
			assertThat(connection.isAnswered(new Request.Greeting(1))).isTrue();
		}
	}

	@Test
	void saysThatANameHasNoAddress() {
		assertThatIOException().isThrownBy(() -> connector("no:address", 1).connect(CODEC))
			.withMessage("no address for no:address");
	}

	private Connector connector(String host, int port) {
		return new Connector(new ServerAddress(host, port), null, this.patience, this.stop);
	}

}
