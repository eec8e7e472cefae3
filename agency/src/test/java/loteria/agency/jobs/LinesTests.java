package loteria.agency.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.ScriptedCentral;
import loteria.torture.Torture;
import org.junit.jupiter.api.Test;

import static loteria.agency.jobs.AgencyRun.batch;
import static loteria.agency.jobs.AgencyRun.checked;
import static org.assertj.core.api.Assertions.assertThat;

class LinesTests extends JobTests {

	@Test
	void sendsItsFileFinishesAndTellsTheWinners() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 2) + batch(3, 3))
			.send(OK + OK)
			.expect(FINISHED)
			.send("W:2\n1~3\n")
			.expect(CHECK)
			.send(checked(1, 3))
			.expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address(), "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("apuesta_enviada")).containsExactly(
				"action: apuesta_enviada | result: success | cantidad: 2",
				"action: apuesta_enviada | result: success | cantidad: 1 | dni: 3 | numero: 7574");
		assertThat(this.log.of("consulta_ganadores"))
			.contains("action: consulta_ganadores | result: success | cant_ganadores: 2 | ganadores: 1,3");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.matches("action: summary \\| result: success \\| client_id: 1 \\| dialect: lines \\| rows: 3 \\| sent: 3"
					+ " \\| skipped: 0 \\| batches: 2 \\| winners: 2 \\| seconds: \\d+\\.\\d\\d"
					+ " \\| bets_per_second: \\d+ \\| check: verified");
	}

	@Test
	void understandsACentralThatAnswersByteByByte() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.drip("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2))
			.drip(OK + OK)
			.expect(FINISHED)
			.drip("W:1\n2\n")
			.expect(CHECK)
			.drip(checked(1, 2))
			.expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void hasNoMoreBatchesUnderWayThanTheWindowAllows() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1) + batch(2, 2));
			assertThat(peer.staysSilent()).isTrue();
			peer.send(OK)
				.expect(batch(3, 3))
				.send(OK + OK)
				.expect(FINISHED)
				.send("W:0\nN\n")
				.expect(CHECK)
				.send(checked(1, 3))
				.expectEnd();
		})) {
			assertThat(this.agency.withRows(3).run(central.address(), "--batch.maxAmount=1", "--window=2"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void keepsABatchWithinEightThousandBytes() throws Exception {
		String name = "ñ".repeat(25);
		String[] rows = IntStream.range(0, 60)
			.mapToObj((i) -> String.format(Locale.ROOT, "%s,%s,%010d,1999-03-17,7574", name, name, i))
			.toArray(String[]::new);
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(GREETING).send("H:0\nOPEN\n");
			int bets = 0;
			while (bets < 60) {
				String header = peer.line();
				String body = peer.line();
				bets += Integer.parseInt(header.substring(2));
				assertThat(header.length() + 1 + body.getBytes(StandardCharsets.UTF_8).length + 1)
					.isLessThanOrEqualTo(8192);
				peer.send(OK);
			}
			peer.expect(FINISHED).send("W:0\nN\n").expect(CHECK).send(FAIL).expectEnd();
		})) {
			assertThat(this.agency.withRows(rows).run(central.address(), "--batch.maxAmount=100"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("apuesta_enviada")).hasSize(2).first().asString().endsWith("cantidad: 58");
	}

	@Test
	void finishesWithoutABet() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 0))
			.expectEnd())) {
			assertThat(this.agency.withRows().run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores"))
			.contains("action: consulta_ganadores | result: success | cant_ganadores: 0");
	}

	@Test
	void skipsWhatCannotBeSentAndSaysSo() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 2))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expectEnd())) {
			assertThat(this.agency.withRows(AgencyRun.row(1), "An~a,Gil,7,1999-03-17,1", "x", AgencyRun.row(2))
				.run(central.address())).isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
		assertThat(this.log.of("fila_omitida")).hasSize(2)
			.first()
			.asString()
			.startsWith("action: fila_omitida | result: fail | line: 2 | field: firstName | value: An~a"
					+ " | reason: must be free of ; ~ in dialect lines | file: ");
		assertThat(this.log.of("summary")).singleElement().asString().contains("rows: 4 | sent: 2 | skipped: 2");
	}

	@Test
	void goesOnBatchByBatchWithACentralThatDoesNotKnowTheGreeting() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(GREETING).send(FAIL).expect(batch(1, 1));
			assertThat(peer.staysSilent()).isTrue();
			peer.send(OK).expect(batch(2, 2)).send(OK).expect(FINISHED).send("W:0\nN\n").expectEnd();
		})) {
			assertThat(this.agency.withRows(2).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void doesNotGreetForeverWhoHangsUpOnAGreeting() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING).send(FAIL),
				(peer) -> peer.expect(GREETING).send(FAIL),
				(peer) -> peer.expect(batch(1, 1)).send(OK).expect(FINISHED).send("W:0\nN\n").expectEnd())) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void greetsAgainWhoWasOnlyAboutToStop() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING).send(FAIL),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nOPEN\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expect(FINISHED)
					.send("W:0\nN\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expectEnd())) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void asksNobodyForACheckWhoDoesNotKnowTheGreeting() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send(FAIL).expect(FINISHED).send("W:0\nN\n").expectEnd())) {
			this.agency.withRows().run(central.address());
		}
		assertThat(this.log.of("summary")).singleElement().asString().endsWith("check: not available in lines");
	}

	@Test
	void leavesTheLastBatchInDoubtWhereNobodyCanBeAsked() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send(FAIL).expect(batch(1, 1)))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement()
			.asString()
			.startsWith(
					"action: apuesta_enviada | result: fail | cantidad: 1 | lines: 1-1 | reason: the central closed")
			.endsWith("warning: the answer is lost and this last batch in doubt, stored or not");
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: fail", "sent: 0");
	}

	@Test
	void aBatchThatIsRefusedTwiceEndsTheRun() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2) + batch(3, 3))
			.send(OK + FAIL + FAIL)
			.expect(GREETING)
			.send("H:1\nOPEN\n")
			.expect(batch(2, 2) + batch(3, 3))
			.send(FAIL + FAIL)
			.expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).last()
			.isEqualTo("action: apuesta_enviada | result: fail | cantidad: 1 | lines: 2-2"
					+ " | reason: the central refused without a reason; its log says why");
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: fail", "sent: 1");
	}

	@Test
	void sendsABatchOnceMoreThatWasRefusedForAReasonThatPassed() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2))
			.send(FAIL + FAIL)
			.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2))
			.send(OK + OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void endsWellWhereAnotherRunOfTheSameAgencyHasDoneAll() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2))
			.send(FAIL + FAIL)
			.expect(GREETING)
			.send("H:2\nCLOSED\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void warnsWhenWhatCameBehindARefusedBatchIsStored() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1) + batch(2, 2) + batch(3, 3))
			.send(FAIL + OK + FAIL)
			.expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address(), "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).last()
			.asString()
			.contains("lines: 1-1", "warning: 1 bets behind it are stored, so this file can NOT be resumed");
	}

	@Test
	void goesOnFromWhereAnotherRunOfTheSameAgencyHasCome() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 2) + batch(3, 4))
			.send(FAIL + FAIL)
			.expect(GREETING)
			.send("H:3\nOPEN\n")
			.expect(CHECK)
			.send(checked(1, 3))
			.expect(batch(4, 4) + batch(5, 5))
			.send(OK + OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 5))
			.expectEnd())) {
			assertThat(this.agency.withRows(5).run(central.address(), "--batch.maxAmount=2", "--window=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("summary")).singleElement().asString().contains("sent: 5", "resumed: 1");
	}

	@Test
	void asksAgainWhereTheDrawDidNotComeInTheCentralsTime() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1))
			.send(OK)
			.expect(FINISHED)
			.send(FAIL)
			.expect(GREETING)
			.send("H:1\nCLOSED\n")
			.expect(FINISHED)
			.send(FAIL)
			.expect(GREETING)
			.send("H:1\nCLOSED\n")
			.expect(FINISHED)
			.send("W:1\n1\n")
			.expect(CHECK)
			.send(checked(1, 1))
			.expectEnd())) {
			assertThat(this.agency.withRows(1).run(central.address(), "--retry.sleep=1ms")).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).containsExactly(
				"action: consulta_ganadores | result: in_progress",
				"action: consulta_ganadores | result: success | cant_ganadores: 1 | ganadores: 1");
	}

	@Test
	void anAgencyThatMayNotFinishIsToldWhy() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(FINISHED)
			.send(FAIL)
			.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expectEnd())) {
			assertThat(this.agency.withRows().run(central.address())).isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("consulta_ganadores")).last()
			.asString()
			.contains("result: fail | reason: the central refused", "does not expect agency 1 (central.agencies)");
	}

	@Test
	void waitsForTheDrawNoLongerThanItIsTold() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(FINISHED).expectEnd())) {
			assertThat(this.agency.withRows().run(central.address(), "--wait.limit=1s"))
				.isEqualTo(ExitStatus.NOT_DRAWN);
		}
		assertThat(this.log.of("consulta_ganadores")).last()
			.asString()
			.contains(" | result: fail | since: 2", " | reason: the draw did not happen within wait.limit | hint: ");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("winners: -", "unfinished: the winners are not known, start again to ask for them");
	}

	@Test
	void asksACentralWithoutGreetingAgainWhereItLetItWait() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(GREETING).send(FAIL).expect(batch(1, 1)).send(OK).expect(FINISHED);
			Torture.pass(Duration.ofMillis(1100));
			peer.send(FAIL).expect(FINISHED).send("W:0\nN\n").expectEnd();
		})) {
			assertThat(this.agency.withRows(1).run(central.address(), "--retry.sleep=1ms")).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void listsOnlyTheFirstOfManyWinners() throws Exception {
		String documents = IntStream.rangeClosed(1, 10_000).mapToObj(String::valueOf).collect(Collectors.joining("~"));
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(FINISHED)
			.send("W:10000\n" + documents + "\n")
			.expect(CHECK)
			.send(checked(1, 0))
			.expectEnd())) {
			this.agency.withRows().run(central.address());
		}
		assertThat(this.log.of("consulta_ganadores")).last()
			.asString()
			.contains("cant_ganadores: 10000 | ganadores: 1,2,")
			.endsWith(",50,…");
	}

	@Test
	void waitsForACentralThatIsNotUpYet() throws Exception {
		ScriptedCentral down = ScriptedCentral.with();
		down.close();
		assertThat(this.agency.withRows(1).run(down.address(), "--reconnect.limit=2s"))
			.isEqualTo(ExitStatus.CENTRAL_FAILED);
		assertThat(this.log.of("connect")).hasSizeGreaterThan(2)
			.allMatch((line) -> line.contains("Connection refused (127.0.0.1:"));
	}

	@Test
	void aCentralThatSpeaksSomethingElseEndsTheRun() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send("220 mail\nready\n"))) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("receive_message")).singleElement()
			.asString()
			.contains("32 32 30 20", " | hint: if it stays so, another dialect");
	}

	@Test
	void aFileThatIsNotThereIsUnusable() throws Exception {
		assertThat(this.agency.run()).isEqualTo(ExitStatus.UNUSABLE);
		assertThat(this.log.of("open_file")).singleElement().asString().endsWith("there is no such file or directory");
	}

	@Test
	void neverUsesTheWordThatIsTheCentrals() throws Exception {
		sendsItsFileFinishesAndTellsTheWinners();
		assertThat(this.log.all()).noneMatch((line) -> line.contains("sorteo"));
	}

}
