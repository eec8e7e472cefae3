package loteria.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import loteria.protocol.Dialects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	private static final Locale USUAL = Locale.getDefault();

	@TempDir
	private Path directory;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@BeforeEach
	void makeStore() throws IOException {
		// where digits are others, and a comma stands before the fraction
		Locale.setDefault(Locale.of("ar", "EG"));
		Files.createDirectory(this.directory.resolve("store"));
		stored(3);
		log("action: sorteo | result: success | name: draw");
	}

	@AfterEach
	void restoreLocale() {
		Locale.setDefault(USUAL);
	}

	@Test
	void tellsBetsAndWinnersOfEachWhereTheTimeWentAndWhereTheLogsAre() throws Exception {
		assertThat(report(ended(1, "sent: 2 | skipped: 0 | winners: 1 | seconds: 0.70", 0),
				ended(2, "sent: 1 | skipped: 0 | winners: 0 | seconds: 1.00", 0)))
			.isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualTo("""

				agency  dialect        bets   winners
				     1  lines             2         1
				     2  lines             1         0
				 total                    3         1  3.2 s

				time: starting 2.0 s, sending 1.0 s, drawing 0.2 s
				logs: @/central.log, agency-<n>.log; store: @/store
				""".replace("@", this.directory.toString()));
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEmpty();
	}

	@Test
	void endsWithACodeOfItsOwnWhereRowsWereSkipped() throws Exception {
		assertThat(report(ended(1, "sent: 3 | skipped: 2 | winners: 1", 3))).isEqualTo(3);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEqualTo(
				"run: agency 1 skipped 2 rows; its log says which: " + this.directory.resolve("agency-1.log") + "\n");
	}

	@Test
	void namesTheAgencyThatFailedAndThoseThatWereStopped() throws Exception {
		Agency waiting = new Agency(2, Dialects.named("lines").orElseThrow(), 1, this.directory);
		assertThat(report(ended(1, "sent: 3", 4), waiting)).isEqualTo(1);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("     1  lines             -         -\n");
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.isEqualTo("run: agency 1 failed with exit code 4; its log: " + this.directory.resolve("agency-1.log")
					+ "\nrun: agency 2 was stopped before it was done\n");
	}

	@Test
	void failsWhereTheStoreHasAnotherNumberOfBetsThanWereSent() throws Exception {
		stored(2);
		assertThat(report(ended(1, "sent: 3 | skipped: 1 | winners: 1", 3))).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains(
				"run: the agencies sent 3 bets, but " + this.directory.resolve("store/bets.csv") + " has 2 rows\n");
	}

	@Test
	void failsWhereTheDrawDidNotHappenOnce() throws Exception {
		log("action: sorteo | result: success\naction: sorteo | result: success");
		assertThat(report(ended(1, "sent: 3 | skipped: 0 | winners: 1", 0))).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEqualTo(
				"run: there were 2 draws instead of one; the log: " + this.directory.resolve("central.log") + "\n");
	}

	private int report(Agency... agencies) throws IOException {
		return new Report(List.of(agencies), List.of(this.directory.resolve("central.log")),
				this.directory.resolve("store").resolve("bets.csv"), Duration.ofMillis(3210), Duration.ofMillis(210))
			.print(new PrintStream(this.out, true, StandardCharsets.UTF_8),
					new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private Agency ended(int number, String summary, int code) throws IOException {
		Agency agency = new Agency(number, Dialects.named("lines").orElseThrow(), 3,
				this.directory.resolve("agency-" + number + ".log"));
		Files.writeString(agency.log(), "action: summary | result: success | " + summary + "\n");
		agency.ended(code);
		return agency;
	}

	private void stored(int rows) throws IOException {
		Files.writeString(this.directory.resolve("store/bets.csv"), "row\r\n".repeat(rows));
	}

	private void log(String lines) throws IOException {
		Files.writeString(this.directory.resolve("central.log"), lines + "\n");
	}

}
