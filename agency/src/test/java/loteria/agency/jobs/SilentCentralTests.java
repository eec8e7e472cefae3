package loteria.agency.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A central that is there and says nothing: what {@code reconnect.limit} is for.
 */
class SilentCentralTests extends JobTests {

	private static final Duration LIMIT = Duration.ofSeconds(3);

	/** For all that is not waiting, on a busy machine. */
	private static final Duration GRACE = Duration.ofSeconds(30);

	@ParameterizedTest
	@CsvSource({ "lines, out of reach", "fixed, no reply within", "csv, no reply within", "packets, no reply within",
			"tlv, no reply within" })
	void endsAfterTheLimit(String dialect, String reason) throws Exception {
		// the system takes connections, as many as fit its queue, and nobody reads
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			endsInTime("--server.address=127.0.0.1:" + silent.getLocalPort(), "--dialect=" + dialect);
		}
		assertThat(this.log.all()).anyMatch((line) -> line.contains(" | result: fail | ") && line.contains(reason));
	}

	@Test
	void endsAfterTheLimitInAnEchoCheck() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			endsInTime("--server.address=127.0.0.1:" + silent.getLocalPort(), "--mode=echo");
		}
	}

	@Test
	void endsAfterTheLimitWhereOnlyTheBatchIsLeftWithoutAnswer() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(AgencyRun.batch(1, 1))
			.stopListening()
			.expectEnd())) {
			endsInTime(central.address());
		}
		assertThat(this.log.of("connect")).first().asString().contains("no reply within");
		assertThat(this.log.of("connect")).last().asString().contains("out of reach for " + LIMIT.toSeconds());
	}

	@Test
	void endsAfterTheLimitWhereTheGreetingIsUnknown() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send(FAIL).expect(AgencyRun.batch(1, 1)).expectEnd())) {
			endsInTime(central.address());
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement().asString().contains("no reply within", "in doubt");
	}

	@Test
	void waitsForTheDrawForMuchLonger() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(GREETING)
				.send("H:0\nOPEN\n")
				.expect(AgencyRun.batch(1, 1))
				.send("R:1\nOK\n")
				.expect("F:1\nFINISHED\n");
			assertThat(peer.staysSilent(LIMIT)).isTrue();
			peer.send("W:0\nN\n").expect("V:1\n1\n").send(FAIL).expectEnd();
		})) {
			assertThat(this.agency.withRows(1).run(central.address(), "--reconnect.limit=2s"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	private void endsInTime(String... arguments) throws Exception {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = "--reconnect.limit=" + LIMIT.toSeconds() + "s";
		long from = System.nanoTime();
		assertThat(status(all)).isEqualTo(ExitStatus.CENTRAL_FAILED);
		assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(LIMIT.plus(GRACE));
	}

	private ExitStatus status(String... arguments) throws IOException {
		try {
			return this.agency.withRows(1).run(arguments);
		}
		catch (Failure ex) {
			return ex.status();
		}
	}

}
