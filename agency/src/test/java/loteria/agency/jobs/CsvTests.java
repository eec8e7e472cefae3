package loteria.agency.jobs;

import java.util.Map;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTests extends JobTests {

	private static final String BETS = "1,Ana,Gil,1,1999-03-17,7574;1,Ana,Gil,2,1999-03-17,7574\n";

	private static final String BET = "1,Ana,Gil,3,1999-03-17,7574\n";

	@Test
	void sendsBatchAfterBatchAndThenIsDone() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(BETS);
			assertThat(peer.staysSilent()).isTrue();
			peer.send("2\n").expect(BET).drip("1\n").expect("DONE:1");
			assertThat(peer.staysSilent()).isTrue();
			peer.drip("['1', '3']\n");
		})) {
			assertThat(this.agency.withRows(3).run(central.address(), "--dialect=csv", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 2 | ganadores: 1,3");
	}

	@Test
	void knowsHowManyWinnersWhereItIsNotToldWho() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect("1,Ana,Gil,1,1999-03-17,7574\n").send("1\n").expect("DONE:1").send("1"))) {
			assertThat(this.agency.withRows(1).run(central.address(), "--dialect=csv")).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 1");
	}

	@Test
	void aRefusedBatchEndsTheRun() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(BETS).send("0\n").expectEnd())) {
			assertThat(this.agency.withRows(3).run(central.address(), "--dialect=csv", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement().asString().contains("result: fail", "lines: 1-2");
	}

	@Test
	void waitsAgainWhereTheWaitForTheDrawBrokeOff() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(BETS).send("2\n").expect("DONE:1").reset(), (peer) -> peer.expect("DONE:1"),
				(peer) -> peer.expect("DONE:1").send("['2']\n"))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=csv")).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 1 | ganadores: 2");
	}

	@Test
	void theEndOfTheCentralsOwnWaitIsNoFault() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(BETS).send("2\n").expect("DONE:1").staysSilent(SOME_TIME),
				(peer) -> peer.expect("DONE:1").send("['2']\n"))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=csv")).isEqualTo(ExitStatus.DONE);
		}
		asksAgainCalmly();
		assertThat(this.log.all()).noneMatch((line) -> line.contains("hint"));
	}

	@Test
	void neitherIsItWhereNothingWasToBeSent() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("DONE:1").staysSilent(SOME_TIME),
				(peer) -> peer.expect("DONE:1").send("[]\n"))) {
			assertThat(
					this.agency.withBytes(new byte[0]).run(central.address(), "--dialect=csv", "--finish-empty=true"))
				.isEqualTo(ExitStatus.DONE);
		}
		asksAgainCalmly();
		assertThat(this.log.of("consulta_ganadores").get(1)).contains(" | hint: ", "the dialect may be wrong");
	}

	@Test
	void givesUpTheWaitWhenTheCentralStaysAway() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(BETS).send("2\n").expect("DONE:1").stopListening().reset())) {
			assertThat(this.agency.withRows(2)
				.run(Map.of("CLI_RECONNECT_LIMIT", "2s"), central.address(), "--dialect=csv"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("connect")).last().asString().contains("out of reach for 2");
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: fail", "sent: 2");
	}

	@Test
	void anAnswerThatIsLostLeavesTheLastBatchInDoubt() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(BETS).send("2\n").expect(BET).reset())) {
			assertThat(this.agency.withRows(3).run(central.address(), "--dialect=csv", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).last()
			.asString()
			.contains("lines: 3-3", "in doubt, stored or not; all before it is stored, and would be stored twice");
		assertThat(this.log.of("summary")).singleElement().asString().contains("result: fail", "sent: 2");
	}

}
