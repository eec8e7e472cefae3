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
	void areThoseOfTheCentralUnlessTheEnvironmentSaysOtherwise() throws JobFailure {
		Ports ports = Ports.of(Map.of("SERVER_PORT", "9090", "CENTRAL_LISTENERS_TLV_PORT", "22349"), 1);
		assertThat(ports.http()).isEqualTo(9090);
		assertThat(ports.dialects().get(TLV)).isEqualTo(22349);
		assertThat(ports.dialects().get(Dialects.named("lines").orElseThrow())).isEqualTo(12345);
		assertThat(Ports.of(Map.of("SERVER_PORT", ""), 1).http()).isEqualTo(8080);
	}

	@Test
	void areTenFurtherForEachOtherCentral() throws JobFailure {
		Ports third = Ports.of(Map.of("CENTRAL_LISTENERS_TLV_PORT", "22349"), 3);
		assertThat(third.http()).isEqualTo(8100);
		assertThat(third.settings()).containsEntry("CENTRAL_LISTENERS_TLV_PORT", "22369")
			.containsEntry("CENTRAL_LISTENERS_LINES_PORT", "12365")
			.containsEntry("SERVER_PORT", "8100")
			.hasSize(6);
	}

	@Test
	void refuseOnesThatLeaveNoneForAllCentrals() {
		assertThatExceptionOfType(JobFailure.class)
			.isThrownBy(() -> Ports.of(Map.of("SERVER_PORT", "65530"), 2).settings())
			.withMessage("SERVER_PORT leaves no port for central 2: each needs one 10 above that of the one before");
	}

	@Test
	void passOverWhatKubernetesSaysOfAServiceOfThatName() throws JobFailure {
		assertThat(Ports.of(Map.of("SERVER_PORT", "tcp://10.0.0.7:12345"), 1).http()).isEqualTo(8080);
	}

	@Test
	void refuseWhatIsNone() {
		for (String port : new String[] { "abc", "0", "65536", "-1", "80 80" }) {
			assertThatExceptionOfType(JobFailure.class)
				.isThrownBy(() -> Ports.of(Map.of("SERVER_PORT", port), 1).http())
				.withMessage("SERVER_PORT is '" + port + "'; it must be a port from 1 to 65535");
		}
	}

	@Test
	void nameTheVariableOfOneThatIsTaken() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String port = String.valueOf(taken.getLocalPort());
			Map<String, String> environment = Map.of("SERVER_PORT", port);
			assertThatExceptionOfType(JobFailure.class).isThrownBy(Ports.of(environment, 1)::refuseIfTaken)
				.withMessage("port " + port
						+ " (HTTP) is taken: stop what listens there, or give another with SERVER_PORT=...");
		}
	}

}
