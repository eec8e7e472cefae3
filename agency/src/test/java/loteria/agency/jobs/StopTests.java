package loteria.agency.jobs;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StoppedException;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static loteria.agency.jobs.AgencyRun.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A stop reaches the run wherever it waits, and everything is closed on the way out.
 */
class StopTests extends JobTests {

	@BeforeEach
	void rows() throws IOException {
		this.agency.withRows(3);
	}

	@Test
	void whileTheCentralIsOutOfReach() throws Exception {
		ScriptedCentral down = ScriptedCentral.with();
		down.close();
		Thread.ofVirtual().start(() -> {
			await().atMost(Duration.ofSeconds(60)).until(() -> !this.log.of("connect").isEmpty());
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
		inDoubtAfter((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 3)));
		assertThat(this.log.of("apuesta_enviada")).singleElement()
			.isEqualTo("action: apuesta_enviada | result: fail | cantidad: 3 | lines: 1-3"
					+ " | reason: stopped by SIGTERM before the answer | warning: these bets are in doubt, stored or not"
					+ " | hint: start again with this file, and it goes on from what is stored");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("result: fail", "sent: 0")
			.endsWith("| unfinished: no bet is known to be stored");
	}

	@Test
	void whileTheAnswerIsHalfHere() throws Exception {
		inDoubtAfter((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 3)).send("R:1\nO"));
	}

	@Test
	void whileSeveralAnswersAreOwed() throws Exception {
		inDoubtAfter((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2) + batch(3, 3))
			.send("R:1\nOK\n"), "--batch.maxAmount=1");
		assertThat(this.log.of("apuesta_enviada")).last().asString().contains("lines: ", "-3 | reason: stopped by");
	}

	@Test
	void whileItPausesAfterALostConnectionWithAnAnswerOwed() throws Exception {
		Thread.ofVirtual().start(() -> {
			await().atMost(Duration.ofSeconds(60)).until(() -> !this.log.of("connect").isEmpty());
			this.agency.stop().stop("SIGTERM");
		});
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 3)).stopListening())) {
			assertThat(this.agency.run(central.address())).isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement().asString().contains("lines: 1-3", "in doubt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "packets", "tlv", "fixed" })
	void whileAnAnswerIsOwedThatNobodyCanBeAskedFor(String dialect) throws Exception {
		inDoubtAfter((peer) -> assertThat(peer.hex(40)).isNotEmpty(), "--dialect=" + dialect);
		assertThat(this.log.of("apuesta_enviada")).singleElement()
			.isEqualTo("action: apuesta_enviada | result: fail | cantidad: 3 | lines: 1-3"
					+ " | reason: stopped by SIGTERM before the answer"
					+ " | warning: the central has acknowledged nothing; if port and dialect are right, this batch is in"
					+ " doubt, stored or not");
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: fail", "unfinished: ");
	}

	@Test
	void whileTheAnswerToALaterBatchIsOwed() throws Exception {
		inDoubtAfter((peer) -> peer.expect("1,Ana,Gil,1,1999-03-17,7574;1,Ana,Gil,2,1999-03-17,7574\n")
			.send("2\n")
			.expect("1,Ana,Gil,3,1999-03-17,7574\n"), "--dialect=csv", "--batch.maxAmount=2");
		assertThat(this.log.of("apuesta_enviada")).last().asString().contains("cantidad: 1 | lines: 3-3");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.endsWith("| unfinished: only the first 2 bets are known to be stored,"
					+ " start again with a file of the others alone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "packets", "tlv", "fixed" })
	void nothingIsUnderWayAsLongAsNobodyIsThere(String dialect) throws Exception {
		ScriptedCentral down = ScriptedCentral.with();
		down.close();
		Thread.ofVirtual().start(() -> {
			await().atMost(Duration.ofSeconds(60)).until(() -> !this.log.of("connect").isEmpty());
			this.agency.stop().stop("SIGTERM");
		});
		stopped(down.address(), "--dialect=" + dialect);
		assertThat(this.log.of("apuesta_enviada")).isEmpty();
		assertThat(this.agency.stop().underWay()).isNull();
	}

	@Test
	void whileTheAnswerToASingleBetIsOwed() throws Exception {
		Map<String, Object> bet = Map.of("NOMBRE", "Ana", "APELLIDO", "Gil", "DOCUMENTO", "1", "NACIMIENTO",
				"1999-03-17", "NUMERO", "7574");
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(batch(1, 1));
			this.agency.stop().stop("SIGTERM");
			peer.expectEnd();
		})) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> this.agency.run(bet, central.address()))
				.withMessage("action: apuesta_enviada | result: fail | dni: 1 | numero: 7574"
						+ " | reason: stopped by SIGTERM before the answer"
						+ " | warning: the answer is lost, and the bet in doubt, stored or not")
				.returns(ExitStatus.CENTRAL_FAILED, Failure::status);
		}
	}

	@Test
	void whileItWaitsForTheDraw() throws Exception {
		stoppedAfter((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 3))
			.send("R:1\nOK\n")
			.expect(FINISHED));
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("result: in_progress", "sent: 3")
			.endsWith("| unfinished: the winners are not known, start again to ask for them");
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

	/** Stops it likewise, with bets under way. */
	private void inDoubtAfter(ScriptedCentral.Script script, String... arguments) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			script.play(peer);
			this.agency.stop().stop("SIGTERM");
			peer.hex(1);
		})) {
			String[] all = Stream.concat(Stream.of(central.address()), Stream.of(arguments)).toArray(String[]::new);
			assertThat(this.agency.run(all)).isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("close_connection")).containsExactly("action: close_connection | result: success");
		assertThat(this.log.of("close_file")).hasSize(1);
	}

	private void stopped(String... arguments) {
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.agency.run(arguments))
			.withMessage("SIGTERM");
	}

}
