package loteria.agency.jobs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.Bytes;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TlvTests extends JobTests {

	private static final byte[] BATCH = frame("03", "2#@0#1#Ana#Gil#1#1999-03-17#7574#@1#1#Ana#Gil#2#1999-03-17#7574#");

	private static final byte[] BET = frame("01", "1#Ana#Gil#3#1999-03-17#7574#");

	private static final byte[] ACKNOWLEDGED = frame("02", "");

	private static final byte[] CLOSE = frame("05", "1#");

	private static final byte[] ASK = frame("06", "1#");

	private static final byte[] NOT_DRAWN = frame("08", "");

	private static byte[] frame(String opcode, String data) {
		return Bytes.of(opcode, String.format(Locale.ROOT, "%08X", data.getBytes(StandardCharsets.UTF_8).length),
				"'" + data + "'");
	}

	@Test
	void hasAConnectionForEachFrame() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(BATCH).send(ACKNOWLEDGED).expectEnd(),
				(peer) -> peer.expect(BET).send(ACKNOWLEDGED).expectEnd(),
				(peer) -> peer.expect(CLOSE).send(ACKNOWLEDGED).expectEnd(), (peer) -> peer.expect(ASK).send(NOT_DRAWN),
				(peer) -> peer.expect(ASK).send(frame("07", "1#3#")))) {
			assertThat(this.agency.withRows(3)
				.run(central.address(), "--dialect=tlv", "--batch.maxAmount=2", "--retry.sleep=1ms"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 2 | ganadores: 1,3");
	}

	@Test
	void keepsOneConnectionWhenToldToAndTakesLeaveOfIt() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(BATCH)
			.send(ACKNOWLEDGED)
			.expect(CLOSE)
			.send(ACKNOWLEDGED)
			.expect(ASK)
			.send(frame("07", "#"))
			.expect(frame("00", ""))
			.expectEnd())) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=tlv", "--connection=keep"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void sendsAThousandBetsInABatchWhereToldTo() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.expect(Bytes.of("03"));
			peer.hex(Integer.parseInt(peer.hex(4), 16));
			peer.send(ACKNOWLEDGED);
		}, (peer) -> peer.expect(CLOSE).send(ACKNOWLEDGED), (peer) -> peer.expect(ASK).send(frame("07", "#")))) {
			assertThat(this.agency.withRows(1000).run(central.address(), "--dialect=tlv", "--batch.maxAmount=1000"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement().asString().endsWith("cantidad: 1000");
	}

	@Test
	void logsWhyABatchIsRefused() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(BATCH).send(frame("04", "bet 2 is not to my liking")))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=tlv"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement().asString().contains("bet 2 is not to my liking");
	}

	@Test
	void anAgencyThatMayNotFinishEndsTheRun() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(CLOSE).send(frame("04", "no")))) {
			assertThat(this.agency.withRows().run(central.address(), "--dialect=tlv"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("agency_close")).singleElement().asString().endsWith("reason: no");
	}

	@Test
	void pausesTwiceAsLongEachTimeBeforeItAsksAgain() throws Exception {
		ScriptedCentral.Script notDrawn = (peer) -> peer.expect(ASK).send(NOT_DRAWN);
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(CLOSE).send(ACKNOWLEDGED), notDrawn,
				notDrawn, notDrawn, notDrawn, (peer) -> peer.expect(ASK).send(frame("07", "#")))) {
			this.log.debug();
			this.agency.withRows().run(central.address(), "--dialect=tlv", "--retry.sleep=1ms", "--retry.sleepMax=4ms");
		}
		assertThat(this.log.of("consulta_ganadores")).filteredOn((line) -> line.contains("next_attempt_ms"))
			.extracting((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.containsExactly("1", "2", "4", "4");
	}

}
