package loteria.agency.jobs;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EchoTests extends JobTests {

	private static final String FIRST = "E:1\n[CLIENT 1] Message N°1\n";

	private static final String SECOND = "E:1\n[CLIENT 1] Message N°2\n";

	@Test
	void checksThatEachMessageComesBack() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(FIRST).send(FIRST).expect(SECOND).drip(SECOND).expectEnd())) {
			assertThat(this.agency.run(central.address(), "--mode=echo", "--loop.amount=2", "--loop.period=0.5ms"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("receive_message")).containsExactly(
				"action: receive_message | result: success | client_id: 1 | msg: [CLIENT 1] Message N°1",
				"action: receive_message | result: success | client_id: 1 | msg: [CLIENT 1] Message N°2");
		assertThat(this.log.of("loop_finished"))
			.containsExactly("action: loop_finished | result: success | client_id: 1");
	}

	@Test
	void saysItAgainWhenTheConnectionIsLost() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(FIRST).reset(),
				(peer) -> peer.expect(FIRST).send(FIRST).expectEnd())) {
			assertThat(this.agency.run(central.address(), "--mode=echo", "--loop.amount=1")).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void failsWhenSomethingElseComesBack() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(FIRST).send(SECOND))) {
			assertThatExceptionOfType(Failure.class)
				.isThrownBy(() -> this.agency.run(central.address(), "--mode=echo", "--loop.amount=1"))
				.withMessageStartingWith("action: receive_message | result: fail | client_id: 1"
						+ " | msg: [CLIENT 1] Message N°1 | reason: ")
				.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.CENTRAL_FAILED));
		}
	}

}
