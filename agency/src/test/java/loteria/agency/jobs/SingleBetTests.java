package loteria.agency.jobs;

import java.util.HashMap;
import java.util.Map;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.Bytes;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SingleBetTests extends JobTests {

	private static final Map<String, Object> BET = Map.of("NOMBRE", "Santiago Lionel", "APELLIDO", "Lorca", "DOCUMENTO",
			"30904465", "NACIMIENTO", "1999-03-17", "NUMERO", "7574");

	private static final String ON_THE_WIRE = "S:1\n1;Santiago Lionel;Lorca;30904465;1999-03-17;7574\n";

	@Test
	void sendsItsBetAndNothingElse() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(ON_THE_WIRE).send("R:1\nOK\n").expectEnd())) {
			assertThat(this.agency.run(BET, central.address())).isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("apuesta_enviada"))
			.containsExactly("action: apuesta_enviada | result: success | dni: 30904465 | numero: 7574");
	}

	@Test
	void isAFullChunkInFixedSoThatNothingEndsWithIt() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer
			.expect(Bytes.of("004F 0001", "01", "'Santiago Lionel'", Bytes.zeros(15), "'Lorca'", Bytes.zeros(25),
					"01D7 9091", "'1999-03-17'", "00001D96"))
			.send(Bytes.of("01D7 9091 00001D96 01"))
			.expectEnd())) {
			assertThat(this.agency.run(BET, central.address(), "--dialect=fixed")).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void saysThatItWasRefused() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(ON_THE_WIRE).send("R:1\nFAIL\n").expectEnd())) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> this.agency.run(BET, central.address()))
				.withMessageStartingWith(
						"action: apuesta_enviada | result: fail | dni: 30904465 | numero: 7574 | reason: the central refused")
				.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.CENTRAL_FAILED));
		}
	}

	@Test
	void isInDoubtWhenTheAnswerIsLost() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(ON_THE_WIRE))) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> this.agency.run(BET, central.address()))
				.withMessageContaining("in doubt");
		}
	}

	@Test
	void namesTheVariableThatBreaksARule() {
		Map<String, Object> variables = new HashMap<>(BET);
		variables.put("NACIMIENTO", "1999-02-30");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> this.agency.run(variables))
			.withMessage("action: config | result: fail | key: NACIMIENTO | value: 1999-02-30"
					+ " | allowed: a real date as YYYY-MM-DD | from: the environment")
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE));
	}

	@Test
	void namesTheVariableThatTheDialectCannotCarry() {
		Map<String, Object> variables = new HashMap<>(BET);
		variables.put("APELLIDO", "Lor;ca");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> this.agency.run(variables))
			.withMessageContaining("key: APELLIDO | value: Lor;ca");
	}

}
