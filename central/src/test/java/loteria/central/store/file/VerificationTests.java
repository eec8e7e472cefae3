package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.Verification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Batches 1, 3 and 5 are agency 1's, 2, 4 and 6 agency 12's, ten lines each.
 */
@ExtendWith(QuietLog.class)
class VerificationTests {

	private static final int BATCH = 10;

	@TempDir
	private Path directory;

	private DrawRecord draw = DrawRecord.of("", 0, Instant.EPOCH, List.of());

	@BeforeEach
	void draw() throws StoreFailure {
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < 6; batch++) {
				assertThat(Samples.append(store, (batch % 2 == 0) ? 1 : 12, BATCH).join()).isNull();
			}
			this.draw = store.draw(Instant.parse("2026-01-02T03:04:05Z"));
		}
	}

	@Test
	void verifiesAGoodStoreWithOrWithoutTheJournal() throws Exception {
		Verification verification = Verification.of(this.directory);
		assertThat(verification.difference()).isNull();
		assertThat(verification.computed()).isEqualTo(this.draw);
		Files.delete(this.directory.resolve(StoreDirectory.JOURNAL));
		assertThat(Verification.of(this.directory).difference())
			.isEqualTo("bets.store is there, but bets.journal is missing");
		Files.delete(this.directory.resolve(StoreDirectory.STORE));
		assertThat(Verification.of(this.directory).isVerified()).isTrue();
	}

	@Test
	void namesTheBatchOfAChangedRow() throws Exception {
		assertDifference((rows) -> rows.set(24, rows.get(24).replace("José", "Jose")),
				"agency 1: the rows are not those", "batch 3, of agency 1, lines 21 to 30");
	}

	@Test
	void namesTheBatchOfADroppedRow() throws Exception {
		assertDifference((rows) -> rows.remove(14), "agency 12: 30 bets were drawn over, bets.csv has 29",
				"batch 2, of agency 12, lines 11 to 20");
	}

	@Test
	void namesTheBatchOfADoubledRow() throws Exception {
		assertDifference((rows) -> rows.add(45, rows.get(44)), "agency 1: 30 bets were drawn over, bets.csv has 31",
				"batch 5, of agency 1, lines 41 to 50");
	}

	@Test
	void namesTheBatchOfSwappedRows() throws Exception {
		assertDifference((rows) -> Collections.swap(rows, 52, 53),
				"agency 12: the rows are not those that were drawn over, or not in their order",
				"batch 6, of agency 12, lines 51 to 60");
	}

	@Test
	void saysThatAWinnerIsMissing() throws Exception {
		assertDifference((rows) -> rows.set(9, rows.get(9).replace(",7574", ",7575")), "agency 1: ",
				"2 winners, there were 3");
	}

	@Test
	void findsADifferenceWithoutTheJournalToo() throws Exception {
		Files.delete(this.directory.resolve(StoreDirectory.JOURNAL));
		assertDifference((rows) -> Collections.swap(rows, 52, 53), "agency 12: the rows are not those");
	}

	@Test
	void namesTheLineThatIsNoRow() throws Exception {
		assertDifference((rows) -> rows.set(32, "x" + rows.get(32)), "line 33 of bets.csv begins with no agency");
	}

	@Test
	void namesTheLineInWhichTheBetsEnd() throws Exception {
		assertDifference((rows) -> rows.set(59, rows.get(59).replace("\r\n", "")),
				"bets.csv ends in the middle of line 60");
	}

	@Test
	void findsAnAgencyThatWasNotDrawnOver() throws Exception {
		assertDifference((rows) -> rows.add("13,A,B,1,2000-01-01,1\r\n"),
				"agency 13: has bets that were not drawn over", "bytes behind batch 6, from line 61");
	}

	@Test
	void findsAnAgencyWhoseBetsAreGone() throws Exception {
		assertDifference((rows) -> rows.removeIf((row) -> row.startsWith("12,")),
				"agency 12: has no bets, 30 were drawn over");
	}

	@Test
	void findsARecordThatWasChanged() throws Exception {
		Path file = this.directory.resolve(DrawFile.NAME);
		Files.writeString(file, Files.readString(file).replace(this.draw.sha256(), "0".repeat(64)));
		assertThat(Verification.of(this.directory).difference()).startsWith("the combined hash");
	}

	@ParameterizedTest
	@CsvSource({ "2026-01-02T03:04:05Z, 2026-01-02T03:04:06Z", "7574, 7575" })
	void findsARecordOfAnotherInstantOrNumber(String drawn, String altered) throws Exception {
		Path file = this.directory.resolve(DrawFile.NAME);
		Files.writeString(file, Files.readString(file).replace(drawn, altered));
		Verification verification = Verification.of(this.directory);
		assertThat(verification.difference()).isEqualTo("the draw was at 2026-01-02T03:04:05Z with number 7574, not at "
				+ verification.recorded().instant() + " with " + verification.recorded().winningNumber());
	}

	@Test
	void recordsNoHashOfSoFewAsWin() throws Exception {
		assertThat(Files.readString(this.directory.resolve(DrawFile.NAME))).doesNotContainIgnoringCase("winnersSha256");
	}

	/** With the hash of the winners, as the commands of the document make it. */
	private void makeRecordOfOlderCentral(UnaryOperator<String> hash) throws Exception {
		Path file = this.directory.resolve(DrawFile.NAME);
		String older = Files.readString(file);
		for (AgencyRecord agency : this.draw.agencies()) {
			String sha256 = shell("older", "agency=1", "agency=" + agency.agency()).substring(0, 64);
			older = older.replace("\"sha256\" : \"" + agency.sha256() + "\"",
					"\"sha256\" : \"" + agency.sha256() + "\", \"winnersSha256\" : \"" + hash.apply(sha256) + "\"");
		}
		assertThat(older).contains("winnersSha256");
		Files.writeString(file, older);
	}

	@Test
	void verifiesTheRecordOfAnOlderCentral() throws Exception {
		makeRecordOfOlderCentral((hash) -> hash);
		assertThat(Verification.of(this.directory).difference()).isNull();
		Samples.open(this.directory).close();
	}

	@Test
	void findsOtherWinnersInTheRecordOfAnOlderCentral() throws Exception {
		makeRecordOfOlderCentral((hash) -> "0".repeat(64));
		assertThat(Verification.of(this.directory).difference()).isEqualTo("agency 1: the winners are others");
		Samples.open(this.directory).close();
		assertThat(Files.readString(this.directory.resolve(DrawFile.NAME))).doesNotContain("winnersSha256");
		assertThat(Verification.of(this.directory).difference()).isNull();
	}

	/** One judgement for both. */
	@Test
	void findsWhatACentralWouldNotStartWith() throws Exception {
		DamagedStore store = new DamagedStore(this.directory);
		store.remember();
		store.zero(store.journalFile(), store.entry(6).at(), store.entry(6).end());
		assertThat(Verification.of(this.directory).difference()).contains("bets.journal is damaged at byte ",
				"entries too early");
		store.restore();
		store.loseRows(1);
		assertThat(Verification.of(this.directory).difference()).contains("is damaged in both files");
	}

	@Test
	void saysThatThereIsNoDrawToVerify() throws Exception {
		Files.delete(this.directory.resolve(DrawFile.NAME));
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Verification.of(this.directory))
			.withMessageContaining("has no draw.json, although the draw has happened")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNUSABLE));
		Files.delete(this.directory.resolve(StoreDirectory.JOURNAL));
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Verification.of(this.directory))
			.withMessageContaining("no draw has happened there");
		Path nowhere = this.directory.resolve("nowhere");
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Verification.of(nowhere))
			.withMessage(nowhere + " is no directory");
	}

	/** The commands as they stand in the document. */
	@Test
	void makesTheSameHashesWithTheCommandsOfTheDocument() throws Exception {
		assertThat(shell("agencies")).isEqualTo("1\n12\n");
		AgencyRecord first = this.draw.agencies().getFirst();
		assertThat(shell("agency")).startsWith(first.sha256());
		assertThat(first.winners()).isEqualTo(3);
		assertThat(shell("winners").lines().count()).isEqualTo(first.winners());
		assertThat(shell("combined")).startsWith(this.draw.sha256());
	}

	private String shell(String name) throws IOException, InterruptedException {
		return shell(name, "", "");
	}

	private String shell(String name, String part, String instead) throws IOException, InterruptedException {
		Path document = Path.of("../docs/verify-a-draw.md");
		String start = "<!-- " + name + " -->\n```\n";
		String text = Files.readString(document);
		assertThat(text).containsOnlyOnce(start);
		int from = text.indexOf(start) + start.length();
		String command = text.substring(from, text.indexOf("```", from)).replace(part, instead);
		Process process = new ProcessBuilder("sh", "-c", command).directory(this.directory.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
		return output;
	}

	private void assertDifference(Consumer<List<String>> change, String... words) throws IOException, StoreFailure {
		Path bets = this.directory.resolve(StoreDirectory.BETS);
		List<String> rows = new ArrayList<>(Files.readString(bets).lines().map((row) -> row + "\r\n").toList());
		change.accept(rows);
		Files.writeString(bets, String.join("", rows));
		Verification verification = Verification.of(this.directory);
		assertThat(verification.isVerified()).isFalse();
		assertThat(verification.difference()).contains(words);
	}

}
