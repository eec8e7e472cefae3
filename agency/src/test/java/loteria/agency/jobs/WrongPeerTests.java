package loteria.agency.jobs;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.Bytes;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What answers speaks something else: one line says what, and what to do, at once where
 * the answer tells.
 */
class WrongPeerTests extends JobTests {

	private static final String HTTP = "HTTP/1.1 400 \r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>no\n</html>";

	/** What agencies begin with, as far as it is not waited for. */
	private static final int SOME = 4;

	private String answered(String dialect, byte[] answer) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.hex(SOME);
			peer.send(answer).endOutput();
			peer.drain();
		})) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=" + dialect))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("connect")).isEmpty();
		assertThat(this.log.all()).noneMatch((line) -> line.contains("doubt"));
		return this.log.of("receive_message").getFirst();
	}

	@ParameterizedTest
	@ValueSource(strings = { "lines", "fixed", "csv", "packets", "tlv" })
	void aPortOfHttpIsNamed(String dialect) throws Exception {
		assertThat(answered(dialect, Bytes.of("'" + HTTP + "'"))).contains(
				"result: fail | reason: what answers on port ",
				" speaks HTTP | hint: name the port of dialect " + dialect + " in server.address, 1234");
	}

	@ParameterizedTest
	@CsvSource({ "lines, csv, '300A300A'", "lines, packets, '000F53746F7265526573706F6E73653A31'",
			"lines, tlv, '04 00000002 6E6F'", "fixed, csv, '300A'", "fixed, tlv, 'FF 00000000'",
			"csv, lines, '523A310A4641494C0A'", "csv, packets, '000F53746F7265526573706F6E73653A31'",
			"csv, tlv, '04 00000002 6E6F'", "packets, csv, '300A'", "packets, tlv, '04 00000002 6E6F'",
			"packets, lines, '523A310A4641494C0A'", "tlv, lines, '523A310A4641494C0A'", "tlv, csv, '300A'",
			"tlv, packets, '000F53746F7265526573706F6E73653A31'" })
	void anotherDialectIsNamedWhereItAnswers(String dialect, String other, String answer) throws Exception {
		assertThat(answered(dialect, Bytes.of(answer))).contains(
				"result: fail | reason: the central speaks " + other + " on port ",
				" | hint: say --dialect=" + other + ", or the port of " + dialect + " in server.address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lines", "fixed", "csv", "packets", "tlv" })
	void whereNothingIsSaidTheLikelyCausesAreNamed(String dialect) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.hex(SOME))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=" + dialect, "--reconnect.limit=2s"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("close_connection")).first()
			.asString()
			.contains(" | hint: if it stays so, another dialect than " + dialect + " is spoken on port ",
					", or the central does not expect agency 1; its log says which");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fixed", "csv", "packets", "tlv" })
	void whereNothingIsSaidAtAllTheEndSaysThatAndWhy(String dialect) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.hex(SOME))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=" + dialect))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement()
			.asString()
			.contains(" | hint: if it stays so, another dialect than " + dialect + " is spoken on port ",
					" | warning: the central has acknowledged nothing; if port and dialect are right, ")
			.doesNotContain("twice");
	}

	@Test
	void theLikelyCausesAreSaidOnceHoweverOftenItTries() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.hex(SOME), (peer) -> peer.hex(SOME),
				(peer) -> peer.stopListening().drain())) {
			assertThat(this.agency.withRows(2).run(central.address(), "--reconnect.limit=3s"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("connect")).hasSizeGreaterThan(3);
		assertThat(this.log.all().stream().filter((line) -> line.contains("another dialect"))).singleElement()
			.asString()
			.startsWith("action: close_connection");
	}

	@Test
	void aCentralThatWasUnderstoodBeforeIsNotSuspected() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect("1,Ana,Gil,1,1999-03-17,7574\n")
			.send("1\n")
			.expect("1,Ana,Gil,2,1999-03-17,7574\n")
			.send(HTTP))) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=csv", "--batch.maxAmount=1"))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).last().asString().contains("lines: 2-2", "in doubt");
	}

	@ParameterizedTest
	@CsvSource({ "csv, '300A'", "packets, '000F53746F7265526573706F6E73653A31'" })
	void anAgencyWhoseFirstBatchIsRefusedReadsWhy(String dialect, String refusal) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			peer.hex(SOME);
			peer.send(Bytes.of(refusal)).drain();
		})) {
			assertThat(this.agency.withRows(2).run(central.address(), "--dialect=" + dialect))
				.isEqualTo(ExitStatus.CENTRAL_FAILED);
		}
		assertThat(this.log.of("apuesta_enviada")).singleElement()
			.asString()
			.contains("does not expect agency 1 (central.agencies), or knows that it has finished already");
	}

}
