package loteria.agency.jobs;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import loteria.agency.ending.ExitStatus;
import loteria.agency.scripted.CuttingCentral;
import loteria.agency.scripted.Peer;
import loteria.agency.scripted.ScriptedCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static loteria.agency.jobs.AgencyRun.batch;
import static loteria.agency.jobs.AgencyRun.row;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that is plainly wrong does not finish the agency, which would be for good.
 */
class SkippedRowsTests extends JobTests {

	@ParameterizedTest
	@CsvSource(delimiter = '!', quoteCharacter = '\0', value = { "Ana;Sol;1;1999-03-17;7574!separated by semicolons",
			"Ana|Sol|1|1999-03-17|7574!separated by bars", "nombre,apellido,documento,nacimiento,numero!a header line",
			"Ana,Sol,1,1999-03-17,7574,x!a column too many or too few",
			"Ana,Sol,1,1999-03-17!a column too many or too few",
			"Ana,Sol,1,17/03/1999,7574!the values are not those of bets",
			"Ana\"x,Sol,1,1999-03-17,7574!quotes are left open" })
	void guessesWhyNoRowCanBeSent(String row, String guess) throws Exception {
		refused(row + "\n", StandardCharsets.UTF_8, 1, guess);
	}

	@Test
	void guessesThatTabsSeparateTheFields() throws Exception {
		refused("Ana\tSol\t1\t1999-03-17\t7574\nEva\tPaz\t2\t1999-03-17\t1\n", StandardCharsets.UTF_8, 2,
				"separated by tabs");
	}

	@Test
	void guessesThatTheLinesEndWithACarriageReturnAlone() throws Exception {
		refused(row(1) + "\r" + row(2) + "\r", StandardCharsets.UTF_8, 1, "a carriage return alone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE" })
	void guessesThatTheFileIsInUtf16(String charset) throws Exception {
		refused("\uFEFF" + row(1) + "\n" + row(2), Charset.forName(charset), 2, "UTF-16");
	}

	@Test
	void guessesThatTheFileIsInLatin1() throws Exception {
		refused("Jos\u00E9,Sol,1,1999-03-17,7574\n", StandardCharsets.ISO_8859_1, 1, "ISO 8859-1");
	}

	@Test
	void guessesByWhatMostRowsHaveInCommon() throws Exception {
		refused("nombre;apellido;documento;nacimiento;numero\nAna;Sol;1;1999-03-17;1\nx\n", StandardCharsets.UTF_8, 3,
				"separated by semicolons; save it with commas; line 1, for one: fields \"nombre;");
	}

	private void refused(String text, Charset charset, int rows, String guess) throws Exception {
		ScriptedCentral nobody = ScriptedCentral.with();
		nobody.close();
		assertThat(this.agency.withBytes(text.getBytes(charset)).run(nobody.address())).isEqualTo(ExitStatus.UNUSABLE);
		assertThat(this.log.of("read_file")).singleElement()
			.asString()
			.contains("rows: " + rows + " | skipped: " + rows + " | reason: no row can be sent: ", guess)
			.endsWith("| hint: this run has sent nothing; correct the file and start again,"
					+ " or finish without a bet by an empty file or --finish-empty");
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("result: fail", "rows: " + rows + " | sent: 0 | skipped: " + rows)
			.endsWith("| unfinished: nothing was sent");
		assertThat(this.log.of("fila_omitida")).hasSize(rows);
		assertThat(this.log.of("connect")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--finish-empty", "--finish-empty=true" })
	void finishesWithoutABetWhereItIsToldTo(String option) throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect("V:1\n1\n")
			.send(FAIL)
			.expectEnd())) {
			assertThat(this.agency.withRows("Ana;Sol;1;1999-03-17;7574").run(central.address(), option))
				.isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lines", "fixed", "csv", "packets", "tlv" })
	void noDialectSendsAnythingOfAFileOfWhichMostRowsAreBroken(String dialect) throws Exception {
		ScriptedCentral nobody = ScriptedCentral.with();
		nobody.close();
		assertThat(this.agency.withRows(row(1), "x", "y", row(2), "z").run(nobody.address(), "--dialect=" + dialect))
			.isEqualTo(ExitStatus.UNUSABLE);
		assertThat(this.log.of("read_file")).singleElement()
			.asString()
			.contains("rows: 5 | skipped: 3 | reason: over 50 % of the rows can't be sent: ", "line 2, for one: ")
			.endsWith("| hint: this run has sent nothing; correct the file and start again,"
					+ " or allow more with --skipped.max");
	}

	@Test
	void halfOfTheRowsMayBeSkipped() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> sent(peer, 2))) {
			assertThat(this.agency.withRows(row(1), "x", "y", row(2)).run(central.address()))
				.isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
	}

	@Test
	void moreMayBeSkippedWhereItIsAllowed() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> sent(peer, 1))) {
			assertThat(this.agency.withRows("x", "y", "z", row(1)).run(central.address(), "--skipped.max=75"))
				.isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
	}

	@Test
	void noRowMayBeSkippedWhereNoneIsAllowed() throws Exception {
		assertThat(this.agency.withRows(row(1), row(2), "x").run("--skipped.max=0")).isEqualTo(ExitStatus.UNUSABLE);
	}

	private static void sent(Peer peer, int bets) throws IOException {
		peer.expect(GREETING)
			.send("H:0\nOPEN\n")
			.expect(batch(1, bets))
			.send(OK)
			.expect(FINISHED)
			.send("W:0\nN\n")
			.expect("V:1\n1\n")
			.send(FAIL)
			.expectEnd();
	}

	@Test
	void stopsBeforeItFinishesWhereOnlyTheEndShowsThatTheFileIsWrong() throws Exception {
		try (CuttingCentral central = new CuttingCentral(Integer.MAX_VALUE, Integer.MAX_VALUE)) {
			assertThat(wrongAtTheEnd().run(central.address())).isEqualTo(ExitStatus.UNUSABLE);
			assertThat(central.stored()).hasSize(1000);
			assertThat(central.isFinished()).isFalse();
		}
		assertThat(this.log.of("read_file")).singleElement()
			.asString()
			.contains("rows: 2001 | skipped: 1001",
					"warning: the agency has not finished; 1000 bets are stored, and stay"
							+ " | hint: put the corrected rows behind all others and start again,"
							+ " or allow more with --skipped.max");
	}

	@Test
	void saysWhatCanBeDoneWhereNobodyGoesOnFromWhatIsStored() throws Exception {
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			storeInCsv(peer, 1000);
			peer.expectEnd();
		})) {
			assertThat(wrongAtTheEnd().run(central.address(), "--dialect=csv")).isEqualTo(ExitStatus.UNUSABLE);
		}
		assertThat(this.log.of("read_file")).singleElement()
			.asString()
			.endsWith("1000 bets are stored, and stay | hint: send the corrected rows as a file of their own,"
					+ " or finish by an empty file");
	}

	@Test
	void looksAtAllOfTheFileWhereTheLastBatchFinishes() throws Exception {
		ScriptedCentral nobody = ScriptedCentral.with();
		nobody.close();
		assertThat(wrongAtTheEnd().run(nobody.address(), "--dialect=fixed")).isEqualTo(ExitStatus.UNUSABLE);
		assertThat(this.log.of("read_file")).singleElement().asString().contains("rows: 2001 | skipped: 1001");
		assertThat(this.log.of("connect")).isEmpty();
	}

	@Test
	void takesAFileThatBeginsBadlyAndIsGoodAsAWhole() throws Exception {
		List<String> rows = new ArrayList<>();
		for (int i = 0; i < 1100; i++) {
			rows.add("x");
		}
		for (int i = 1; i <= 1200; i++) {
			rows.add(row(i));
		}
		try (ScriptedCentral central = ScriptedCentral.with((peer) -> {
			storeInCsv(peer, 1200);
			peer.expect("DONE:1").send("[]\n");
		})) {
			assertThat(this.agency.withRows(rows.toArray(String[]::new)).run(central.address(), "--dialect=csv"))
				.isEqualTo(ExitStatus.ROWS_SKIPPED);
		}
		assertThat(this.log.of("summary")).singleElement()
			.asString()
			.contains("rows: 2300 | sent: 1200 | skipped: 1100");
	}

	private static void storeInCsv(Peer peer, int bets) throws IOException {
		int stored = 0;
		while (stored < bets) {
			int batch = peer.line().split(";").length;
			peer.send(batch + "\n");
			stored += batch;
		}
	}

	private AgencyRun wrongAtTheEnd() throws Exception {
		List<String> rows = new ArrayList<>();
		for (int i = 1; i <= 1000; i++) {
			rows.add(row(i));
		}
		for (int i = 0; i <= 1000; i++) {
			rows.add("x;y");
		}
		return this.agency.withRows(rows.toArray(String[]::new));
	}

	@Test
	void readsNoPipeWhereItWouldHaveToReadItTwice() throws Exception {
		assertThat(new ProcessBuilder("mkfifo", this.agency.file().toString()).start().waitFor()).isZero();
		new ProcessBuilder("sh", "-c", ": > \"$0\"", this.agency.file().toString()).start();
		assertThat(this.agency.run("--dialect=fixed")).isEqualTo(ExitStatus.UNUSABLE);
		assertThat(this.log.of("read_file")).singleElement().asString().contains("dialect fixed reads it twice");
	}

}
