package loteria.agency.jobs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.Bytes;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PacketsTests extends JobTests {

	private static final byte[] BATCH = packet("StoreBatch:1:Ana;Gil;1;1999-03-17;7574:Ana;Gil;2;1999-03-17;7574");

	private static final byte[] BET = packet("StoreBet:1;Ana;Gil;3;1999-03-17;7574");

	private static final byte[] STORED = packet("StoreResponse:0");

	private static final byte[] CLOSE = packet("AgencyClose:1");

	private static final byte[] ASK = packet("WinnersRequest:1");

	private static final byte[] NOT_READY = packet("NotReadyResponse:");

	private static byte[] packet(String text) {
		return Bytes.of(String.format(Locale.ROOT, "%04X", text.getBytes(StandardCharsets.UTF_8).length),
				"'" + text + "'");
	}

	@Test
	void hasAConnectionForEachPacket() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(BATCH).send(STORED).expectEnd(),
				(peer) -> peer.expect(BET).send(STORED).expectEnd(), (peer) -> peer.expect(CLOSE).expectEnd(),
				(peer) -> peer.expect(ASK).send(NOT_READY), (peer) -> peer.expect(ASK).send(NOT_READY),
				(peer) -> peer.expect(ASK).send(packet("WinnersResponse:1;3")))) {
			assertThat(this.agency.withRows(3)
				.run(central.address(), "--dialect=packets", "--batch.maxAmount=2", "--retry.sleep=1ms"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 2 | ganadores: 1,3");
	}

	@Test
	void keepsOneConnectionWhenToldTo() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(BATCH)
			.send(STORED)
			.expect(CLOSE)
			.expect(ASK)
			.send(NOT_READY)
			.expect(ASK)
			.send(packet("WinnersResponse:"))
			.expectEnd())) {
			assertThat(this.agency.withRows(2)
				.run(central.address(), "--dialect=packets", "--connection=keep", "--retry.sleep=1ms"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void saysAgainThatItHasFinishedWhereThatMayHaveBeenLost() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(CLOSE).reset(),
				(peer) -> peer.expect(CLOSE).expectEnd(), (peer) -> peer.expect(ASK).reset(),
				(peer) -> peer.expect(CLOSE).expectEnd(),
				(peer) -> peer.expect(ASK).send(packet("WinnersResponse:")))) {
			assertThat(this.agency.withRows().run(central.address(), "--dialect=packets")).isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void saysAgainThatItHasFinishedWhereTheCentralWasAwayAfterwards() throws Exception {
		try (ScriptedCentral before = ScriptedCentral.with((peer) -> peer.expect(CLOSE).stopListening().expectEnd())) {
			FutureTask<ExitStatus> run = new FutureTask<>(
					() -> this.agency.withRows().run(before.address(), "--dialect=packets", "--retry.sleep=1ms"));
			Thread.startVirtualThread(run);
			await().atMost(Duration.ofSeconds(60)).until(() -> !this.log.of("connect").isEmpty());
			try (ScriptedCentral after = ScriptedCentral.at(before.port(), (peer) -> peer.expect(ASK).send(NOT_READY),
					(peer) -> peer.expect(CLOSE).expectEnd(),
					(peer) -> peer.expect(ASK).send(packet("WinnersResponse:")))) {
				assertThat(after.port()).isEqualTo(before.port());
				assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(ExitStatus.DONE);
			}
		}
	}

	@Test
	void saysAgainFromTimeToTimeThatItHasFinishedAsNothingAnswersThat() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(CLOSE).expectEnd(),
				(peer) -> peer.expect(ASK).send(NOT_READY), (peer) -> peer.expect(ASK).send(NOT_READY),
				(peer) -> peer.expect(ASK).send(NOT_READY), (peer) -> peer.expect(CLOSE).expectEnd(),
				(peer) -> peer.expect(ASK).send(packet("WinnersResponse:")))) {
			assertThat(this.agency.withRows()
				.run(central.address(), "--dialect=packets", "--retry.sleep=1ms", "--retry.sleepMax=4ms"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void triesToConnectAgainAsLongAsNoAnswerIsOwed() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(BATCH).stopListening().send(STORED))) {
			assertThat(this.agency.withRows(3)
				.run(Map.of("CLI_RECONNECT_LIMIT", "2s"), central.address(), "--dialect=packets",
						"--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("connect")).hasSizeGreaterThan(2).last().asString().contains("out of reach for 2");
		assertThat(this.log.of("summary")).singleElement().asString().contains("sent: 2");
	}

	@Test
	void anAnswerThatIsLostLeavesTheLastBatchInDoubt() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(BATCH).send(STORED),
				(peer) -> peer.expect(BET))) {
			assertThat(this.agency.withRows(3).run(central.address(), "--dialect=packets", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).last().asString().contains("lines: 3-3", "in doubt");
	}

	@Test
	void aRefusedBatchEndsTheRun() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(BATCH).send(packet("StoreResponse:1")))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=packets"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
	}

}
