package loteria.agency.jobs;

import java.nio.charset.StandardCharsets;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static loteria.agency.jobs.AgencyRun.batch;
import static loteria.agency.jobs.AgencyRun.checked;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Centrals that share one draw, any of which will do.
 */
class SeveralCentralsTests extends JobTests {

	private static final String GREETING = "H:1\n1\n";

	private static final String CHECK = "V:1\n1\n";

	@Test
	void goesOnAtAnotherCentralFromWhatIsStored() throws Exception {
		try (ScriptedCentral lost = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 2))
			.send("R:1\nOK\n")
			.expect(batch(3, 4))
			.reset());
				ScriptedCentral other = ScriptedCentral.with((peer) -> peer.expect(GREETING)
					.send("H:4\nOPEN\n")
					.expect(CHECK)
					.send(checked(1, 4))
					.expect(batch(5, 6))
					.send("R:1\nOK\n")
					.expect("F:1\nFINISHED\n")
					.send("W:1\n5\n")
					.expect(CHECK)
					.send(checked(1, 6))
					.expectEnd())) {
			assertThat(this.agency.withRows(6)
				.run("--server.address=127.0.0.1:" + lost.port() + ",127.0.0.1:" + other.port(), "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 1 | ganadores: 5");
	}

	@Test
	void waitsForTheDrawAtAnotherCentral() throws Exception {
		try (ScriptedCentral lost = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1))
			.send("R:1\nOK\n")
			.expect("F:1\nFINISHED\n")
			.reset());
				ScriptedCentral other = ScriptedCentral.with((peer) -> peer.expect(GREETING)
					.send("H:1\nCLOSED\n")
					.expect("F:1\nFINISHED\n")
					.send("W:1\n1\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expectEnd())) {
			assertThat(this.agency.withRows(1)
				.run("--server.address=127.0.0.1:" + lost.port() + ",127.0.0.1:" + other.port()))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void spreadsAConnectionPerPacketOverAll() throws Exception {
		try (ScriptedCentral one = ScriptedCentral.with(
				(peer) -> peer.expect(packet("StoreBet:1;Ana;Gil;1;1999-03-17;7574")).send(packet("StoreResponse:0")),
				(peer) -> peer.expect(packet("AgencyClose:1")).expectEnd(),
				(peer) -> peer.expect(packet("WinnersRequest:1")).send(packet("WinnersResponse:1;2")));
				ScriptedCentral other = ScriptedCentral.with(
						(peer) -> peer.expect(packet("StoreBet:1;Ana;Gil;2;1999-03-17;7574"))
							.send(packet("StoreResponse:0")),
						(peer) -> peer.expect(packet("WinnersRequest:1")).send(packet("NotReadyResponse:")))) {
			assertThat(this.agency.withRows(2)
				.run("--server.address=127.0.0.1:" + one.port() + ",127.0.0.1:" + other.port(), "--dialect=packets",
						"--batch.maxAmount=1", "--retry.sleep=1ms"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	private static byte[] packet(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		byte[] packet = new byte[bytes.length + 2];
		packet[1] = (byte) bytes.length;
		System.arraycopy(bytes, 0, packet, 2, bytes.length);
		return packet;
	}

}
