package loteria.agency.jobs;

import java.util.Map;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static loteria.agency.jobs.AgencyRun.batch;
import static loteria.agency.jobs.AgencyRun.checked;
import static loteria.agency.jobs.AgencyRun.row;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the central has stored is compared with the file, bet for bet: before any of it is
 * left out, and when all has been drawn over.
 */
class CheckTests extends JobTests {

	@Test
	void stopsWhereAFileWasCorrectedInFrontOfWhatIsStored() throws Exception {
		// the second row was broken when the first two bets were stored
		String stored = "1,Ana,Gil,1,1999-03-17,7574\r\n1,Ana,Gil,3,1999-03-17,7574\r\n";
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(CHECK)
			.send(checked(2, stored))
			.expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address())).isEqualTo(ExitStatus.OTHER_BETS);
		}
		assertThat(this.log.of("resume")).singleElement()
			.asString()
			.startsWith("action: resume | result: fail | stored: 2 | sha256: ")
			.contains(" | of_file: 2 | sha256_of_file: ",
					" | reason: the 2 stored bets are not the first ones of the file: it was corrected or is another,"
							+ " or somebody else has sent bets for this agency")
			.endsWith(" | hint: start again with the file as it was, and corrected rows behind all others");
		assertThat(this.log.of("apuesta_enviada")).isEmpty();
	}

	@Test
	void goesOnWhereCorrectedRowsStandBehindAllOthers() throws Exception {
		String stored = "1,Ana,Gil,1,1999-03-17,7574\r\n1,Ana,Gil,3,1999-03-17,7574\r\n";
		String drawn = stored + "1,Ana,Gil,2,1999-03-17,7574\r\n";
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(CHECK)
			.send(checked(2, stored))
			.expect(batch(2, 2))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(3, drawn)))) {
			assertThat(this.agency.withRows(row(1), row(3), row(2)).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("summary")).singleElement().asString().contains("check: verified");
	}

	@Test
	void hashesTheRowsAsTheyAreStored() throws Exception {
		String stored = "1,\"Ana, la \"\"\u00D1ata\"\"\",Gil,01,1999-03-17,7\r\n1,Eva,O Gil,2,2000-02-29,0\r\n";
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(CHECK)
			.send(checked(2, stored))
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(2, stored)))) {
			assertThat(this.agency
				.withRows("\"Ana, la \"\"\u00D1ata\"\"\",\"Gil\",01,1999-03-17,07\r", "x", "Eva,O Gil,2,2000-02-29,000")
				.run(central.address())).isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
	}

	@Test
	void noticesABetThatSomebodyElseHasStoredInBetween() throws Exception {
		String stored = "1,Ana,Gil,1,1999-03-17,7574\r\n1,Eva,Paz,9,1999-03-17,1\r\n";
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1)).send(OK).expect(batch(2, 2)),
				(peer) -> peer.expect(GREETING)
					.send("H:2\nOPEN\n")
					.expect(CHECK)
					.send(checked(2, stored))
					.expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address(), "--batch.maxAmount=1", "--window=1"))
				.isEqualTo(ExitStatus.OTHER_BETS);
		}
		assertThat(this.log.of("apuesta_enviada")).hasSize(1);
	}

	@Test
	void asksOnceMoreHowManyThereAreWhereMoreWereStoredSinceTheGreeting() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:1\nOPEN\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(batch(3, 3))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect(CHECK)
			.send(checked(1, 3)))) {
			assertThat(this.agency.withRows(3).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void goesOnWithACentralThatDoesNotKnowTheCheck() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(CHECK)
			.send(FAIL)
			// after a refusal a central takes no batch before a greeting
			.expect(GREETING)
			.send("H:2\nOPEN\n")
			.expect(batch(3, 3))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("check")).singleElement()
			.isEqualTo("action: check | result: fail | reason: the central does not know it"
					+ " | warning: nobody can tell whether the 2 stored bets are the first ones of this file");
		assertThat(this.log.of("summary")).singleElement().asString().contains("check: not available in lines");
	}

	@Test
	void asksAgainWhoRefusesTheCheckAndHangsUp() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:2\nOPEN\n").expect(CHECK).send(FAIL),
				(peer) -> peer.expect(GREETING).send("H:2\nOPEN\n").expect(CHECK).send(checked(3, 4)).expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address())).isEqualTo(ExitStatus.OTHER_BETS);
		}
	}

	@Test
	void saysThatOtherBetsWereDrawnOver() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 2))
			.send(OK)
			.expect(FINISHED)
			.send("W:1\n2\n")
			.expect(CHECK)
			.send(checked(1, 3))
			.expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address())).isEqualTo(ExitStatus.OTHER_BETS);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 1 | ganadores: 2");
		assertThat(this.log.of("check")).singleElement()
			.asString()
			.startsWith("action: check | result: fail | stored: 3 | sha256: ")
			.contains("of_file: 2 | sha256_of_file: ",
					"reason: the draw was made over other bets than those of the file");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("result: fail", "winners: 1", "check: differs")
			.doesNotContain("unfinished");
	}

	@Test
	void saysThatNobodyAnsweredAfterTheDraw() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, 1))
			.send(OK)
			.expect(FINISHED)
			.stopListening()
			.send("W:0\nN\n"))) {
			assertThat(this.agency.withRows(1).run(Map.of("CLI_RECONNECT_LIMIT", "2s"), central.address()))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("result: success", "winners: 0", "check: not answered");
	}

	@Test
	void saysInWhichDialectNobodyCanBeAsked() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect("1,Ana,Gil,1,1999-03-17,7574\n").send("1\n").expect("DONE:1").send("[]\n"))) {
			assertThat(this.agency.withRows(1).run(central.address(), "--dialect=csv")).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("summary")).singleElement().asString().endsWith("check: not available in csv");
	}

	@Test
	void saysThatNothingWasSentWhereTheAgencyHadFinishedBefore() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:2\nCLOSED\n")
			.expect(CHECK)
			.send(checked(1, 2))
			.expect(FINISHED)
			.send("W:1\n2\n")
			.expect(CHECK)
			.send(checked(1, 2)))) {
			assertThat(this.agency.withRows(2).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("resume")).containsExactly(
				"action: resume | result: in_progress | stored: 2 | reason: this agency has finished before, so nothing is"
						+ " left to send; it asks for its winners, and waits if the draw is still to come",
				"action: resume | result: success | stored: 2 | reason: nothing was sent: this agency had finished before,"
						+ " and its draw has happened | hint: a new draw begins with a central that has a new"
						+ " central.store.directory");
	}

	@Test
	void aFileOfTheSameLengthIsNotTakenForTheOneThatWasDrawnOver() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:2\nCLOSED\n").expect(CHECK).send(checked(3, 4)).expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address())).isEqualTo(ExitStatus.OTHER_BETS);
		}
		assertThat(this.log.of("consulta_ganadores")).isEmpty();
	}

	@Test
	void aRunThatFinishesByItselfHadNotFinishedBefore() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(GREETING).send("H:0\nOPEN\n").expect(batch(1, 1)).send(OK).expect(FINISHED),
				(peer) -> peer.expect(GREETING)
					.send("H:1\nCLOSED\n")
					.expect(FINISHED)
					.send("W:0\nN\n")
					.expect(CHECK)
					.send(checked(1, 1)))) {
			assertThat(this.agency.withRows(1).run(central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("resume")).isEmpty();
	}

}
