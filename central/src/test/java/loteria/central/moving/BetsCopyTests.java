package loteria.central.moving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BetsCopyTests {

	private static final String ROW = "1,Ana,Paz,123,1990-01-01,7\r\n";

	private static final long NO_FLOOR = 0;

	@TempDir
	private Path directory;

	private Path bets;

	private Path copy;

	private BetsCopy copying;

	@BeforeEach
	void prepare() {
		this.bets = this.directory.resolve("store.csv");
		this.copy = this.directory.resolve("bets.csv");
		this.copying = new BetsCopy(this.bets, this.copy, NO_FLOOR);
	}

	@AfterEach
	void stop() {
		if (this.copying.isRunning()) {
			this.copying.stop();
		}
	}

	@Test
	void followsWhileTheCentralRunsAndIsCompleteAfterwards() throws IOException {
		this.copying.start();
		append(ROW);
		awaitCopy(ROW);
		append(ROW.repeat(100_000));
		append("1,half");
		this.copying.stop();
		assertThat(this.copy).hasContent(ROW.repeat(100_001));
	}

	@Test
	void goesOnWhereACopyEnds() throws IOException {
		append(ROW + ROW);
		Files.writeString(this.copy, ROW + ROW.substring(0, 5));
		run();
		assertThat(this.copy).hasContent(ROW + ROW);
		assertThat(this.directory.resolve("bets.csv.before-1")).doesNotExist();
	}

	@Test
	void writesThroughNoLink() throws IOException {
		append(ROW);
		Path target = Files.writeString(this.directory.resolve("target"), ROW.substring(0, 5));
		Files.createSymbolicLink(this.copy, target);
		run();
		assertThat(target).hasContent(ROW.substring(0, 5));
	}

	@Test
	void setsAsideWhatIsNotTheBeginningOfTheBets() throws IOException {
		append(ROW);
		Files.writeString(this.copy, "somebody's bets\n");
		run();
		assertThat(this.copy).hasContent(ROW);
		assertThat(this.directory.resolve("bets.csv.before-1")).hasContent("somebody's bets\n");
		Files.writeString(this.copy, ROW + "and more\n");
		run();
		assertThat(this.copy).hasContent(ROW);
		assertThat(this.directory.resolve("bets.csv.before-2")).hasContent(ROW + "and more\n");
	}

	@Test
	void doesTheStoreNoHarmWhateverIsDoneToTheCopy() throws IOException {
		append(ROW);
		this.copying.start();
		awaitCopy(ROW);
		Files.writeString(this.copy, "");
		awaitCopy(ROW);
		Files.delete(this.copy);
		awaitCopy(ROW);
		assertThat(this.bets).hasContent(ROW);
	}

	@Test
	void leavesAStoreAloneThatIsInTheVeryPlace() throws IOException {
		append(ROW + "1,half");
		this.copying = new BetsCopy(this.bets, this.bets, NO_FLOOR);
		run();
		assertThat(this.bets).hasContent(ROW + "1,half");
	}

	@Test
	void leavesTheStoreItsRoomOnTheDisk() throws IOException {
		append(ROW);
		this.copying = new BetsCopy(this.bets, this.copy, Long.MAX_VALUE / 2);
		run();
		assertThat(this.copy).isEmptyFile();
	}

	@Test
	void outlivesAPlaceThatIsNotThereYet() throws IOException {
		Path later = this.directory.resolve("volume");
		this.copying = new BetsCopy(this.bets, later.resolve("bets.csv"), NO_FLOOR);
		append(ROW);
		this.copying.start();
		Files.createDirectory(later);
		this.copy = later.resolve("bets.csv");
		awaitCopy(ROW);
	}

	private void run() {
		this.copying.start();
		this.copying.stop();
	}

	private void append(String rows) throws IOException {
		Files.writeString(this.bets, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private void awaitCopy(String rows) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptions()
			.until(() -> Files.readString(this.copy).equals(rows));
	}

}
