package loteria.agency.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import loteria.agency.ending.ExitStatus;
import loteria.agency.ending.Failure;
import loteria.agency.ending.StopSwitch;
import loteria.agency.ending.StoppedException;
import loteria.bet.BetRules;
import loteria.protocol.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BetFileTests {

	private static final String GOOD = "Ana,Gil,30904465,1999-03-17,7574";

	private static final Clock TODAY = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

	@TempDir
	private Path directory;

	private final StopSwitch stop = new StopSwitch();

	private final List<String> sent = new ArrayList<>();

	private final List<String> skipped = new ArrayList<>();

	@Test
	void readsRowsInEitherKindOfLines() throws Exception {
		read("Ana,Gil,1,1999-03-17,1\r\nEva,Paz,02,2000-02-29,9999\nIan,Sol,3,1950-01-01,0");
		assertThat(this.sent).containsExactly("1 Ana|Gil|1|1999-03-17|1", "2 Eva|Paz|02|2000-02-29|9999",
				"3 Ian|Sol|3|1950-01-01|0");
		assertThat(this.skipped).isEmpty();
	}

	@Test
	void understandsQuotes() throws Exception {
		read("\"Ana, la \"\"Ñata\"\"\",Gil,\"1\",1999-03-17,1\n");
		assertThat(this.sent).containsExactly("1 Ana, la \"Ñata\"|Gil|1|1999-03-17|1");
	}

	@Test
	void countsNoBlankLineAsARow() throws Exception {
		read("\n" + GOOD + "\r\n\r\n   \n" + GOOD + "\n\n\r\n");
		assertThat(this.sent).hasSize(2).last().asString().startsWith("5 ");
		assertThat(this.skipped).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { ",,,,", ",,,,,,,", ";;;;", " , ,\t,,", "\"\",\"\",\"\",\"\",\"\"", "\u00A0",
			"\uFEFF,,\u200B,," })
	void countsNoRowOfBlankFieldsAsARow(String line) throws Exception {
		read(GOOD + "\n" + line + "\r\n" + GOOD + "\n" + line);
		assertThat(this.sent).hasSize(2).last().asString().startsWith("3 ");
		assertThat(this.skipped).isEmpty();
	}

	@Test
	void aQuoteThatIsLeftOpenBetweenBlanksIsABrokenRow() throws Exception {
		read(",,\"\n,,\",,\n" + GOOD + "\n");
		assertThat(this.skipped).singleElement().asString().startsWith("1-2 fields ");
	}

	@Test
	void hasNothingToSayOfAnEmptyFile() throws Exception {
		read("");
		assertThat(this.sent).isEmpty();
	}

	@Test
	void takesNoByteOrderMarkForAName() throws Exception {
		read("\uFEFF" + GOOD + "\n");
		assertThat(this.sent).singleElement().asString().startsWith("1 Ana|");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!',
			value = { "Ana,Gil,1,1999-03-17!fields", "Ana,Gil,1,1999-03-17,1,2!fields",
					"'Ana;Gil;1;1999-03-17;1'!fields", ",Gil,1,1999-03-17,1!firstName", "Ana,,1,1999-03-17,1!lastName",
					"Ana,Gil,1x,1999-03-17,1!document", "Ana,Gil,1,1999-02-29,1!birthdate",
					"Ana,Gil,1,2026-01-03,1!birthdate", "Ana,Gil,1,1999-03-17,10000!number",
					"Ana;a,Gil,1,1999-03-17,1!firstName", "firstName,lastName,document,birthdate,number!document" })
	void skipsARowThatCannotBeSentAndGoesOn(String row, String field) throws Exception {
		read(GOOD + "\n" + row + "\n" + GOOD + "\n");
		assertThat(this.sent).hasSize(2);
		assertThat(this.skipped).singleElement().asString().startsWith("2 " + field + " ");
	}

	@Test
	void aFieldOverSeveralLinesIsOneBrokenRow() throws Exception {
		read("\"Ana\nMaria\",Sol,1,1999-03-17,7574\n" + GOOD + "\n");
		assertThat(this.sent).containsExactly("3 Ana|Gil|30904465|1999-03-17|7574");
		assertThat(this.skipped)
			.containsExactly("1-2 fields \"\"Ana\" must be a row of one line," + " without a line end in quotes");
	}

	@Test
	void aRowMayGoOnInQuotesMoreThanOnce() throws Exception {
		read("\"Ana\r\n\r\nMaria\",\"So\"\"\nl\",1,1999-03-17,7574\r\n" + GOOD + "\r\n");
		assertThat(this.sent).singleElement().asString().startsWith("5 ");
		assertThat(this.skipped).singleElement().asString().startsWith("1-4 fields ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Maria\",Sol,1,1999-03-17,7574", "O\"Brien,Sol,1,1999-03-17,7574",
			"\"Ana\" Maria,Sol,1,1999-03-17,7574", " \"Ana\",Sol,1,1999-03-17,7574",
			"Ana \"La Negra\",Sol,1,1999-03-17,7" })
	void aStrayQuoteSpoilsItsRow(String row) throws Exception {
		read(row + "\n" + GOOD + "\n");
		assertThat(this.sent).hasSize(1);
		assertThat(this.skipped).singleElement()
			.asString()
			.startsWith("1 fields ")
			.endsWith("must be without a quote in the middle of a field,"
					+ " or with the field in quotes and each quote in it doubled");
	}

	@Test
	void aQuoteThatIsNeverClosedCostsTwentyLines() throws Exception {
		read("\"Ana,Gil,1,1999-03-17,1\n" + (GOOD + "\n").repeat(30));
		assertThat(this.sent).hasSize(11).first().asString().startsWith("21 ");
		assertThat(this.skipped).singleElement()
			.asString()
			.startsWith("1-20 fields ")
			.endsWith("must be a row whose quotes are closed, within 20 lines and 32768 bytes");
	}

	@Test
	void aQuoteThatIsNeverClosedCostsNoMoreThanItsBytes() throws Exception {
		String line = "x".repeat(20_000) + "\n";
		read("\"" + line.repeat(3) + GOOD + "\n");
		assertThat(this.sent).singleElement().asString().startsWith("4 ");
		assertThat(this.skipped).first().asString().startsWith("1-3 fields ");
	}

	@Test
	void aQuoteThatIsNotClosedUpToTheEndOfTheFileIsOneBrokenRow() throws Exception {
		read(GOOD + "\n\"Ana,Gil,1,1999-03-17,1\n" + GOOD);
		assertThat(this.sent).hasSize(1);
		assertThat(this.skipped).singleElement().asString().startsWith("2-3 fields ");
	}

	@Test
	void skipsARowThatIsNotUtf8() throws Exception {
		byte[] latin = ("Ana,Muñoz,1,1999-03-17,1\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
		read(latin);
		assertThat(this.sent).hasSize(1);
		assertThat(this.skipped).containsExactly("1 lastName \"Mu\uFFFDoz\" must be UTF-8");
	}

	@Test
	void skipsANameThatWasDestroyedBeforeItCameIntoTheFile() throws Exception {
		read("An\uFFFD,Gil,1,1999-03-17,1\n");
		assertThat(this.sent).isEmpty();
		assertThat(this.skipped).singleElement().asString().startsWith("1 firstName ").doesNotEndWith("must be UTF-8");
	}

	@Test
	void survivesALineOfAnyLength() throws Exception {
		read("x".repeat(1_000_000) + "\n" + GOOD + "\n" + "y".repeat(300_000));
		assertThat(this.sent).singleElement().asString().startsWith("2 ");
		assertThat(this.skipped).hasSize(2).allMatch((line) -> line.endsWith("a line of at most 32768 bytes"));
	}

	@Test
	void tellsHowFarItIs() throws Exception {
		Path file = Files.writeString(this.directory.resolve("bets.csv"), GOOD + "\r\n\n" + GOOD + "\n");
		try (BetFile bets = open(file)) {
			assertThat(bets.next(new RowCount())).returns(34L, Row::offset);
			assertThat(bets.next(new RowCount())).returns(68L, Row::offset);
		}
	}

	@Test
	void goesBackToTheBeginning() throws Exception {
		Path file = Files.writeString(this.directory.resolve("bets.csv"), "\uFEFF" + GOOD + "\n" + GOOD + "\n");
		try (BetFile bets = open(file)) {
			Row first = bets.next(new RowCount());
			bets.next(new RowCount());
			bets.rewind();
			assertThat(bets.next(new RowCount())).isEqualTo(first);
		}
	}

	@Test
	void saysThatThereIsNoSuchFile() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> open(this.directory.resolve("none.csv")))
			.withMessageMatching(
					"action: open_file \\| result: fail \\| file: .*none.csv \\| reason: there is no such file or directory")
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(ExitStatus.UNUSABLE));
	}

	/** As the files of the dialect fixed are, whose client had them in its image. */
	@Test
	void saysWhatToMountWhereNothingWasSaidOfTheFile() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> open(Path.of(".data", "agency-7777.csv")))
			.withMessageContaining("there is no such file or directory | hint: in a container, mount")
			.withMessageContaining("dialect fixed had its files in its image")
			.withMessageEndingWith("./.data:/data:ro");
	}

	@Test
	void saysThatADirectoryIsNoFile() {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> {
			try (BetFile bets = open(this.directory)) {
				bets.next(new RowCount());
			}
		}).withMessageContaining("read_file");
	}

	@Test
	void stopsInTheMiddle() throws Exception {
		Path file = Files.writeString(this.directory.resolve("bets.csv"), GOOD + "\n" + GOOD + "\n");
		try (BetFile bets = open(file)) {
			bets.next(new RowCount());
			this.stop.stop("SIGTERM");
			assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> bets.next(new RowCount()));
		}
	}

	private void read(String text) throws IOException, Failure {
		read(text.getBytes(StandardCharsets.UTF_8));
	}

	private void read(byte[] bytes) throws IOException, Failure {
		RowListener listener = new RowListener() {

			@Override
			public void valid() {
			}

			@Override
			public void skipped(SkippedRow row) {
				BetFileTests.this.skipped.add(row.firstLine()
						+ ((row.firstLine() == row.lastLine()) ? "" : "-" + row.lastLine()) + " " + row.why());
			}

		};
		try (BetFile bets = open(Files.write(this.directory.resolve("bets.csv"), bytes))) {
			for (Row row = bets.next(listener); row != null; row = bets.next(listener)) {
				this.sent.add(String.format(Locale.ROOT, "%d %s|%s|%s|%s|%d", row.line(), row.bet().firstName(),
						row.bet().lastName(), row.bet().document(), row.bet().birthdate(), row.bet().number()));
			}
		}
	}

	private BetFile open(Path file) throws Failure {
		return BetFile.open(file, new BetCheck(1, new BetRules(TODAY),
				Dialects.named("lines").orElseThrow().client(1, 100).orElseThrow()), this.stop);
	}

}
