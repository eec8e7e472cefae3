package loteria.local;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import loteria.protocol.Dialect;
import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortsTests {

	private static final Dialect TLV = Dialects.named("tlv").orElseThrow();

	@Test
	void areThoseOfTheCentralUnlessTheEnvironmentSaysOtherwise() throws Refusal {
		Ports ports = new Ports(Map.of("SERVER_PORT", "9090", "CENTRAL_LISTENERS_TLV_PORT", "22349"));
		assertThat(ports.http()).isEqualTo(9090);
		assertThat(ports.of(TLV)).isEqualTo(22349);
		assertThat(ports.of(Dialects.named("lines").orElseThrow())).isEqualTo(12345);
		assertThat(new Ports(Map.of("SERVER_PORT", "")).http()).isEqualTo(8080);
	}

	@Test
	void passOverWhatKubernetesSaysOfAServiceOfThatName() throws Refusal {
		assertThat(new Ports(Map.of("SERVER_PORT", "tcp://10.0.0.7:12345")).http()).isEqualTo(8080);
	}

	@Test
	void refuseWhatIsNone() {
		for (String port : new String[] { "abc", "0", "65536", "-1", "80 80" }) {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> new Ports(Map.of("SERVER_PORT", port)).http())
				.withMessage("SERVER_PORT is '" + port + "'; it must be a port from 1 to 65535");
		}
	}

	@Test
	void nameTheVariableOfOneThatIsTaken() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String port = String.valueOf(taken.getLocalPort());
			Map<String, String> environment = Map.of("SERVER_PORT", port);
			assertThatExceptionOfType(Refusal.class).isThrownBy(new Ports(environment)::refuseIfTaken)
				.withMessage("port " + port
						+ " (HTTP) is taken: stop what listens there, or give another with SERVER_PORT=...");
		}
	}

}
