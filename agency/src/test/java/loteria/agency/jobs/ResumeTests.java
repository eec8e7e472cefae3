package loteria.agency.jobs;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.Peer;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static loteria.agency.jobs.AgencyRun.batch;
import static loteria.agency.jobs.AgencyRun.checked;
import static org.assertj.core.api.Assertions.assertThat;

class ResumeTests extends JobTests {

	@Test
	void leavesOutWhatTheCentralHas() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expect(batch(3, 4))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 4))
			.expectEnd())) {
			assertThat(this.agency.withRows(4).run(central.address(), "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("rows: 4 | sent: 4 | skipped: 0 | batches: 1")
			.endsWith("| resumed: 2");
	}

	@Test
	void countsOnlyRowsThatCanBeSent() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:1\nOPEN\n")
			.expect(CHECK)
			.send(checked(1, 1))
			.expect(batch(2, 2))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 2)))) {
			assertThat(this.agency.withRows("bad", AgencyRun.row(1), "bad", AgencyRun.row(2)).run(central.address()))
				.isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
	}

	@Test
	void sendsAgainOnlyWhatTheCentralDidNotGet() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING)
					.send("H:0\nOPEN\n")
					.expect(batch(1, 1) + batch(2, 2) + batch(3, 3))
					.send(OK)
					// or what is left unread would make a reset of the end
					.expect(batch(4, 4)),
				(peer) -> peer.expect(GREETING)
					.send("H:2\nOPEN\n")
					.expect(CHECK)
					.send(checked(1, 2))
					.expect(batch(3, 3) + batch(4, 4) + batch(5, 5))
					.send(OK + OK + OK)
					.expect(FINISHED)
					.send("W:0\nN\n")
					.expect(CHECK)
					.send(checked(1, 5))
					.expectEnd())) {
			assertThat(this.agency.withRows(5).run(central.address(), "--batch.maxAmount=1", "--window=3"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("apuesta_enviada")).hasSize(5);
		assertThat(this.log.of("connect")).singleElement().asString().contains("result: in_progress");
		assertThat(this.log.of("close_connection")).containsExactly(
				"action: close_connection | result: fail | reason: the central closed the connection without a reply",
				"action: close_connection | result: success");
		assertThat(this.log.of("summary")).singleElement().asString().contains("sent: 5", "batches: 5");
	}

	@Test
	void sendsTheRestOfABatchOfWhichTheCentralHasAPart() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 3)),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nOPEN\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expect(batch(2, 3))
					.send(OK)
					.expect(FINISHED)
					.send("W:0\nN\n")
					.expect(CHECK)
					.send(checked(1, 3)))) {
			assertThat(this.agency.withRows(3).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void survivesConnectionsThatAreResetInEveryPhase() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(Peer::reset, (peer) -> peer.expect(GREETING).reset(),
				(peer) -> peer.expect(GREETING).send("H:0\nOP").reset(),
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1)).reset(),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nOPEN\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expect(FINISHED)
					.reset(),
				(peer) -> peer.expect(GREETING).send("H:1\nCLOSED\n").expect(FINISHED).send("W:1\n").reset(),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nCLOSED\n")
					.expect(FINISHED)
					.send("W:1\n1\n")
					.expect(CHECK)
					.reset(),
				(peer) -> peer.expect(CHECK).send(checked(1, 1)))) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().contains("result: success | cant_ganadores: 1");
	}

	@Test
	void onlyAsksForTheWinnersWhereItHadFinished() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nCLOSED\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expect(FINISHED)
			.send("W:1\n2\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("apuesta_enviada")).isEmpty();
	}

	@Test
	void refusesAFileThatGrewAfterTheAgencyHadFinished() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:2\nCLOSED\n").expect(CHECK).send(checked(1, 2)).expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address())).isEqualTo(ExitStatus.OTHER_BETS);
		}
		assertThat(this.log.of("resume")).singleElement()
			.isEqualTo("action: resume | result: fail | stored: 2 | reason: the file has more bets, from line 3 on,"
					+ " although the agency has finished: it changed, or is another | hint: these come too late for this draw:"
					+ " take them out to ask for the winners; a new draw begins with a central that has a new"
					+ " central.store.directory");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains(
					"the agency has finished with the first 2 bets; for its winners start again with a file of these alone");
	}

	@Test
	void refusesAFileWithFewerBetsThanTheCentralHas() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(GREETING).send("H:5\nOPEN\n").expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address())).isEqualTo(ExitStatus.OTHER_BETS);
		}
		assertThat(this.log.of("resume")).singleElement()
			.isEqualTo("action: resume | result: fail | stored: 5"
					+ " | reason: the file has only 3 bets that can be sent: it changed, or is another");
	}

	@Test
	void noticesThatTheCentralHasLostWhatItConfirmed() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1)).send(OK).expect(batch(2, 2)),
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address(), "--batch.maxAmount=1", "--window=1"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("resume")).singleElement().asString().contains("stored: 0 | confirmed: 1");
	}

	@Test
	void asksAgainWhoKnewTheGreetingBeforeAndRefusesItNow() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1)),
				(peer) -> peer.expect(GREETING).send("R:1\nFAIL\n").expectEnd(),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nOPEN\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expect(FINISHED)
					.send("W:0\nN\n")
					.expect(CHECK)
					.send(checked(1, 1)))) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void outlivesACentralThatStopsBeforeTheDraw() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1)).send("R:1\nFAIL\n"),
				(peer) -> peer.expect(GREETING)
					.send("H:0\nOPEN\n")
					.expect(batch(1, 1))
					.send(OK)
					.expect(FINISHED)
					.send("R:1\nFAIL\n"),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nCLOSED\n")
					.expect(FINISHED)
					.send("W:1\n1\n")
					.expect(CHECK)
					.send(checked(1, 1))
					.expectEnd())) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
	}

}
