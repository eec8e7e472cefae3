package loteria.agency.jobs;

import java.util.Locale;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.Bytes;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FixedTests extends JobTests {

	private static final String END_RECORD = Bytes.hex(Bytes.of("'END_MESSAGE'", Bytes.zeros(68)));

	private static final String END = Bytes.hex(Bytes.of("'END'", Bytes.zeros(6)));

	private static final String NUMBER = "00001D96";

	private static String record(int document) {
		return Bytes.hex(Bytes.of("01", "'Ana'", Bytes.zeros(27), "'Gil'", Bytes.zeros(27),
				String.format(Locale.ROOT, "%08X", document), "'1999-03-17'", NUMBER));
	}

	private static String receipt(int document, String status) {
		return String.format(Locale.ROOT, "%08X", document) + NUMBER + status;
	}

	@Test
	void sendsTheEndRecordInTheLastChunkAndThenWaits() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(Bytes.of("009E 0001", record(1), record(2)))
				.send(Bytes.of(receipt(1, "01"), receipt(2, "01")))
				.expect(Bytes.of(record(3), END_RECORD))
				.send(Bytes.of(receipt(3, "01"), END, "0008 00000001 00000003")))) {
			assertThat(this.agency.withRows(3).run(central.address(), "--dialect=fixed", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 2 | ganadores: 1,3");
	}

	@Test
	void choosesChunksThatDoNotLeaveTheEndRecordAlone() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(Bytes.of("00ED 0001", record(1), record(2), record(3)))
				.send(Bytes.of(receipt(1, "01"), receipt(2, "01"), receipt(3, "01")))
				.expect(Bytes.of(record(4), END_RECORD))
				.send(Bytes.of(receipt(4, "01"), END, "0000")))) {
			assertThat(this.agency.withRows(4).run(central.address(), "--dialect=fixed", "--batch.maxAmount=4"))
				.isEqualTo(ExitStatus.DONE);
		}
	}

	@Test
	void countsARowOnceAlthoughItReadsTheFileTwice() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(Bytes.of("1FC9 0001", record(1), END_RECORD))
				.send(Bytes.of(receipt(1, "01"), END, "0000")))) {
			assertThat(this.agency.withRows(AgencyRun.row(1), "x".repeat(31) + ",Gil,2,1999-03-17,1")
				.run(central.address(), "--dialect=fixed", "--batch.maxAmount=200")).isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
		assertThat(this.log.of("fila_omitida")).singleElement().asString().contains("line: 2 | field: firstName");
		assertThat(this.log.of("summary")).singleElement().asString().contains("rows: 2 | sent: 1 | skipped: 1");
	}

	@Test
	void aRefusedChunkEndsTheRun() throws Exception {
		try (ScriptedCentral central = ScriptedCentral
			.with((peer) -> peer.expect(Bytes.of("1FC9 0001", record(1), record(2), END_RECORD))
				.send(Bytes.of(receipt(1, "00"), receipt(2, "00"))))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=fixed", "--batch.maxAmount=103"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement().asString().contains("result: fail", "lines: 1-2");
	}

	@Test
	void theEndOfTheCentralsOwnWaitIsNoFault() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(Bytes.of("009E 0001", record(1), END_RECORD))
					.send(Bytes.of(receipt(1, "01"), END))
					.staysSilent(SOME_TIME),
				(peer) -> peer.expect(Bytes.of("009E 0001", END_RECORD)).send(Bytes.of(END, "0000")))) {
			assertThat(this.agency.withRows(1).run(central.address(), "--dialect=fixed", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		asksAgainCalmly();
	}

	@Test
	void waitsAgainWhereTheWaitForTheDrawBrokeOff() throws Exception {
		byte[] endAlone = Bytes.of("009E 0001", END_RECORD);
		try (ScriptedCentral central = ScriptedCentral.with(
				(peer) -> peer.expect(Bytes.of("009E 0001", record(1), END_RECORD))
					.send(Bytes.of(receipt(1, "01"), END, "00")),
				(peer) -> peer.expect(endAlone).reset(), (peer) -> peer.expect(endAlone).send(Bytes.of(END)).reset(),
				(peer) -> peer.expect(endAlone).send(Bytes.of(END, "0004 00000001")))) {
			assertThat(this.agency.withRows(1).run(central.address(), "--dialect=fixed", "--batch.maxAmount=2"))
				.isEqualTo(ExitStatus.DONE);
		}
		assertThat(this.log.of("connect")).first().asString().contains("1 bytes of an unfinished reply");
		assertThat(this.log.of("consulta_ganadores")).last().asString().endsWith("cant_ganadores: 1 | ganadores: 1");
	}

}
