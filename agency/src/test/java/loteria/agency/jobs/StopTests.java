package loteria.agency.jobs;

import java.io.IOException;
import java.util.stream.Stream;

import loteria.agency.ending.StoppedException;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static loteria.agency.jobs.AgencyRun.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A stop reaches the run wherever it waits, and everything is closed on the way out.
 */
class StopTests extends JobTests {

	private static final String GREETING = "H:1\n1\n";

	private static final String FINISHED = "F:1\nFINISHED\n";

	@BeforeEach
	void rows() throws IOException {
		this.agency.withRows(3);
	}

	@Test
	void whileTheCentralIsOutOfReach() throws Exception {
		ScriptedCentral down = ScriptedCentral.with();
		down.close();
		Thread.ofVirtual().start(() -> {
			await().until(() -> !this.log.of("connect").isEmpty());
			this.agency.stop().stop("SIGTERM");
		});
		stopped(down.address());
		assertThat(this.log.of("close_file")).hasSize(1);
	}

	@Test
	void whileTheCentralDoesNotAnswerTheGreeting() throws Exception {
		stoppedAfter((peer) -> peer.expect(GREETING));
	}

	@Test
	void whileAnAnswerIsOwed() throws Exception {
		stoppedAfter((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 3)));
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: in_progress", "sent: 0");
	}

	@Test
	void whileTheAnswerIsHalfHere() throws Exception {
		stoppedAfter((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 3)).send("R:1\nO"));
	}

	@Test
	void whileItWaitsForTheDraw() throws Exception {
		stoppedAfter((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 3))
			.send("R:1\nOK\n")
			.expect(FINISHED));
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: in_progress", "sent: 3");
	}

	@Test
	void whileItPausesBeforeItAsksAgain() throws Exception {
		this.agency.withRows();
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("\0\rAgencyClose:1").expectEnd(),
				(peer) -> peer.expect("\0\u0010WinnersRequest:1").send("\0\u0011NotReadyResponse:").expectEnd(),
				(peer) -> this.agency.stop().stop("SIGTERM"))) {
			stopped(central.address(), "--dialect=packets", "--retry.sleep=1ms");
		}
	}

	@Test
	void whileItEchoes() throws Exception {
		stoppedAfter((peer) -> peer.expect("E:1\n[CLIENT 1] Message N°1\n").send("E:1\n[CLIENT 1] Message N°1\n"),
				"--mode=echo", "--loop.period=1h");
	}

	/**
	 * Stops the agency once the central has come to the end of the script; then the
	 * agency closes.
	 */
	private void stoppedAfter(ScriptedCentral.Script script, String... arguments) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			script.play(peer);
			this.agency.stop().stop("SIGTERM");
			peer.expectEnd();
		})) {
			stopped(Stream.concat(Stream.of(central.address()), Stream.of(arguments)).toArray(String[]::new));
		}
		assertThat(this.log.of("close_connection")).containsExactly("action: close_connection | result: success");
		assertThat(this.log.of("close_file")).hasSize((arguments.length == 0) ? 1 : 0);
	}

	private void stopped(String... arguments) {
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.agency.run(arguments))
			.withMessage("SIGTERM");
	}

}
