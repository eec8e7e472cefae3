package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.bet.BetRow;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.torture.Torture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Agencies 1 and 2 take turns in six batches; batch 2 is the middle one of agency 1.
 */
@ExtendWith(QuietLog.class)
class SalvageTests {

	private static final int BATCHES = 6;

	private static final int BATCH = 10;

	@TempDir
	private Path directory;

	private Path bets;

	private Path journal;

	private final int[] ends = new int[BATCHES + 1];

	@BeforeEach
	void store() throws Exception {
		this.bets = this.directory.resolve(FileBetStore.BETS);
		this.journal = this.directory.resolve(FileBetStore.JOURNAL);
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < BATCHES; batch++) {
				assertThat(Samples.append(store, 1 + batch % 2, BATCH).join()).isNull();
				this.ends[batch + 1] = (int) Files.size(this.bets);
			}
		}
	}

	@Test
	void leavesAStoreThatIsNotDamagedAsItIs() throws Exception {
		assertChangesNothing();
	}

	@Test
	void keepsAnAgencysBetsUpToTheFirstThatIsLostAndAllOfOthers() throws Exception {
		flip(this.bets, this.ends[2] + 7);
		byte[] damaged = Files.readAllBytes(this.bets);
		salvage(BATCH, 3 * BATCH);
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, BATCH));
		assertThat(Samples.rowsIn(this.directory, 2)).isEqualTo(Samples.rows(2, 3 * BATCH));
		assertThat(aside("bets.damaged-"))
			.isEqualTo(joined(range(damaged, this.ends[2], this.ends[3]), range(damaged, this.ends[4], this.ends[5])));
		assertThat(aside("bets.csv.before-")).isEqualTo(damaged);
		assertChangesNothing();
		sendTheRestAgain();
	}

	@Test
	void setsAsideTheRowsOfADamagedEntry() throws Exception {
		byte[] whole = Files.readAllBytes(this.bets);
		flip(this.journal, 2 * JournalEntry.BYTES + 5);
		salvage(BATCH, 3 * BATCH);
		assertThat(aside("bets.damaged-"))
			.isEqualTo(joined(range(whole, this.ends[2], this.ends[3]), range(whole, this.ends[4], this.ends[5])));
		assertChangesNothing();
		sendTheRestAgain();
	}

	@Test
	void keepsWhatIsWholeWhereBothAreDamaged() throws Exception {
		flip(this.bets, this.ends[2] + 7);
		flip(this.journal, 3 * JournalEntry.BYTES + 20);
		salvage(BATCH, BATCH);
		assertThat(aside("bets.damaged-")).hasSize(this.ends[BATCHES] - this.ends[2]);
		assertChangesNothing();
		sendTheRestAgain();
	}

	/** A row dropped, one doubled, one made longer: what comes behind has moved. */
	@ParameterizedTest
	@ValueSource(strings = { "dropped", "doubled", "longer" })
	void findsRowsThatHaveMoved(String change) throws Exception {
		String[] rows = Files.readString(this.bets).split("(?<=\n)");
		int changed = 2 * BATCH + 3;
		rows[changed] = switch (change) {
			case "dropped" -> "";
			case "doubled" -> rows[changed] + rows[changed];
			default -> "1" + rows[changed];
		};
		Files.writeString(this.bets, String.join("", rows));
		salvage(BATCH, 3 * BATCH);
		assertChangesNothing();
		sendTheRestAgain();
	}

	/** Two changes that cancel each other out at the end of the file. */
	@Test
	void findsRowsThatHaveMovedOnlyForAWhile() throws Exception {
		String[] rows = Files.readString(this.bets).split("(?<=\n)");
		rows[3] = "";
		rows[4 * BATCH + 3] += "x".repeat(Samples.rows(1, 4).length() - Samples.rows(1, 3).length());
		Files.writeString(this.bets, String.join("", rows));
		salvage(0, 3 * BATCH);
		sendTheRestAgain();
	}

	@Test
	void letsAnAgencySendAgainWhatIsLostAtItsEnd() throws Exception {
		flip(this.bets, this.ends[5] - 7);
		salvage(2 * BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(Samples.append(store, 1, 2 * BATCH, BATCH).join()).isNull();
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, 3 * BATCH));
	}

	@Test
	void setsAllAsideWhenTheJournalIsMissing() throws Exception {
		byte[] whole = Files.readAllBytes(this.bets);
		Files.delete(this.journal);
		salvage(0, 0);
		assertThat(aside("bets.damaged-")).isEqualTo(whole);
		assertChangesNothing();
	}

	@Test
	void letsWhoHadFinishedGoOnIfBetsAreLost() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.close(1);
			store.close(2);
		}
		flip(this.bets, this.ends[2] + 7);
		salvage(BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.closedAgencies()).containsExactly(2);
		}
		sendTheRestAgain();
	}

	/** No later batch of the agency shows that one is missing. */
	@Test
	void letsWhoHadFinishedGoOnIfTheEntryOfItsLastBatchIsLost() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.close(1);
			store.close(2);
		}
		flip(this.journal, (BATCHES - 1) * JournalEntry.BYTES + 20);
		salvage(3 * BATCH, 2 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.closedAgencies()).containsExactly(1);
		}
	}

	@Test
	void finishesASalvageThatWasCutOffBetweenItsLastSteps() throws Exception {
		byte[] oldJournal = Files.readAllBytes(this.journal);
		flip(this.bets, this.ends[2] + 7);
		salvage(BATCH, 3 * BATCH);
		byte[] newBets = Files.readAllBytes(this.bets);
		Files.move(this.journal, this.directory.resolve("bets.journal.salvaged"));
		Files.write(this.journal, oldJournal);
		salvage(BATCH, 3 * BATCH);
		assertThat(this.bets).hasBinaryContent(newBets);
	}

	/** The old journal beside the new bets looks like a torn write. */
	@Test
	void isToBeEndedWhenItWasCutOffBetweenItsLastSteps() throws Exception {
		byte[] oldJournal = Files.readAllBytes(this.journal);
		flip(this.bets, this.ends[5] + 7);
		salvage(3 * BATCH, 2 * BATCH);
		byte[] newJournal = Files.readAllBytes(this.journal);
		Files.move(this.journal, this.directory.resolve("bets.journal.salvaged"));
		Files.write(this.journal, oldJournal);
		Map<Path, Object> before = files();
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining("a salvage was cut off at its last step")
			.withMessageContaining("--central.store.salvage=true")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CORRUPT));
		assertThat(files()).isEqualTo(before);
		salvage(3 * BATCH, 2 * BATCH);
		assertThat(Arrays.copyOf(Files.readAllBytes(this.journal), newJournal.length)).isEqualTo(newJournal);
		assertChangesNothing();
	}

	/** Killed in the middle of its work, or of deleting what such a one had left. */
	@ParameterizedTest
	@ValueSource(strings = { "bets.csv.salvaged", "bets.csv.salvaged bets.journal.salvaged" })
	void beginsAnewWhateverAnotherLeftUndone(String leftovers) throws Exception {
		byte[] half = Arrays.copyOf(Files.readAllBytes(this.journal), 100 * JournalEntry.BYTES);
		for (String leftover : leftovers.split(" ")) {
			Files.write(this.directory.resolve(leftover), half);
		}
		flip(this.bets, this.ends[2] + 7);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining("bets.csv is damaged between");
		salvage(BATCH, 3 * BATCH);
		assertChangesNothing();
		sendTheRestAgain();
	}

	/** A half journal alone would be taken for the end of a salvage. */
	@Test
	void neverLeavesAHalfJournalAloneWhenItDeletesWhatAnotherLeft() throws Exception {
		Path bets = Files.createFile(this.directory.resolve("bets.csv.salvaged"));
		Path journal = Files.createDirectory(this.directory.resolve("bets.journal.salvaged"));
		Path undeletable = Files.createFile(journal.resolve("file"));
		flip(this.bets, this.ends[2] + 7);
		assertThatExceptionOfType(StoreFailure.class)
			.isThrownBy(() -> Samples.open(Samples.salvaging(this.directory), new FaultyDisk()))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNUSABLE));
		assertThat(bets).exists();
		Files.delete(undeletable);
		salvage(BATCH, 3 * BATCH);
		sendTheRestAgain();
	}

	/** The record stands, and says that bets are missing. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 4 })
	void keepsAllThatIsWholeOfADrawAndKnowsWhoseWinnersAreLost(int lost) throws Exception {
		draw();
		byte[] record = Files.readAllBytes(this.directory.resolve(DrawFile.NAME));
		flip(this.bets, this.ends[lost] + 7);
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.directory.resolve(DrawFile.NAME)).hasBinaryContent(record);
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(rowsOf1(0, (lost == 2) ? 2 : 1));
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isPresent();
			assertThat(store.knowsWinners(1)).isFalse();
			assertThat(store.knowsWinners(2)).isTrue();
			assertThat(store.winners(2)).hasSize(3 * BATCH / Samples.WINNER_EVERY);
		}
		assertChangesNothing();
		assertThat(Verification.of(this.directory).difference()).contains("agency 1: 30 bets were drawn over");
	}

	@Test
	void keepsADrawWhoseJournalIsLostForWhatItsRecordSays() throws Exception {
		draw();
		Files.delete(this.journal);
		salvage(3 * BATCH, 3 * BATCH);
		assertDrawnAndKnowsWinners(false, false);
	}

	@Test
	void makesNoRecordAnewOfADrawThatLostBets() throws Exception {
		draw();
		Path record = this.directory.resolve(DrawFile.NAME);
		Files.writeString(record, "{");
		flip(this.bets, this.ends[2] + 7);
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(record).doesNotExist();
		assertDrawnAndKnowsWinners(false, true);
	}

	@Test
	void makesARecordAnewThatIsNotOfTheBets() throws Exception {
		draw();
		Path file = this.directory.resolve(DrawFile.NAME);
		byte[] record = Files.readAllBytes(file);
		Files.writeString(file, Files.readString(file).replace("\"winners\" : 3", "\"winners\" : 4"));
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory))
			.withMessageContaining("draw.json is not of these bets: agency 1: 3 winners, there were 4");
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(file).hasBinaryContent(record);
		assertThat(new String(aside("draw.json.before-"), StandardCharsets.UTF_8)).contains("\"winners\" : 4");
		assertChangesNothing();
	}

	@Test
	void makesARecordAnewThatCanNotBeRead() throws Exception {
		draw();
		byte[] record = Files.readAllBytes(this.directory.resolve(DrawFile.NAME));
		Files.writeString(this.directory.resolve(DrawFile.NAME), "{");
		Samples.open(Samples.salvaging(this.directory), new FaultyDisk()).close();
		assertThat(this.directory.resolve(DrawFile.NAME)).hasBinaryContent(record);
		assertThat(aside("draw.json.before-")).isEqualTo("{".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void losesNothingInTheEndWhateverBitIsFlipped() throws Exception {
		Random random = Torture.random("salvage of flipped bits");
		byte[] wholeBets = Files.readAllBytes(this.bets);
		byte[] wholeJournal = Files.readAllBytes(this.journal);
		for (int run = 0; run < Torture.count("salvages", 40); run++) {
			Files.write(this.bets, wholeBets);
			Files.write(this.journal, wholeJournal);
			int at = random.nextInt(wholeBets.length + wholeJournal.length);
			flip((at < wholeBets.length) ? this.bets : this.journal,
					(at < wholeBets.length) ? at : at - wholeBets.length);
			Samples.open(Samples.salvaging(this.directory), new FaultyDisk()).close();
			assertThat(Files.readString(this.bets).lines().count()).as("at=%d", at)
				.isGreaterThanOrEqualTo(BATCHES / 2 * BATCH);
			sendTheRestAgain();
		}
	}

	private void assertDrawnAndKnowsWinners(boolean of1, boolean of2) throws StoreFailure {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isPresent();
			assertThat(store.knowsWinners(1)).isEqualTo(of1);
			assertThat(store.knowsWinners(2)).isEqualTo(of2);
		}
	}

	private void draw() throws StoreFailure {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.draw(Instant.EPOCH);
		}
	}

	private void salvage(long next1, long next2) throws StoreFailure {
		try (FileBetStore store = Samples.open(Samples.salvaging(this.directory), new FaultyDisk())) {
			assertThat(store.cut().isAny()).isFalse();
			assertThat(store.stored(1)).isEqualTo(next1);
			assertThat(store.stored(2)).isEqualTo(next2);
		}
	}

	/** As agencies that greet do: nothing is missing then, and nothing there twice. */
	private void sendTheRestAgain() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.cut().isAny()).isFalse();
			for (int agency = 1; agency <= 2; agency++) {
				int missing = 3 * BATCH - (int) store.stored(agency);
				assertThat(missing == 0 || Samples.append(store, agency, missing).join() == null).isTrue();
			}
		}
		for (int agency = 1; agency <= 2; agency++) {
			assertThat(Samples.rowsIn(this.directory, agency)).isEqualTo(Samples.rows(agency, 3 * BATCH));
		}
	}

	private void assertChangesNothing() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.cut().isAny()).isFalse();
		}
		Map<Path, Object> before = files();
		try (FileChannel journal = FileOpener.DISK.open(this.directory.resolve(FileBetStore.JOURNAL))) {
			assertThat(Salvage.run(this.directory, journal)).isFalse();
		}
		assertThat(files()).isEqualTo(before);
	}

	private Map<Path, Object> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.collect(Collectors.toMap((file) -> file, SalvageTests::state));
		}
	}

	private static Object state(Path file) {
		try {
			FileTime changed = Files.getLastModifiedTime(file);
			return changed + " " + Files.readAttributes(file, "unix:ino") + " "
					+ Arrays.hashCode(Files.readAllBytes(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] aside(String prefix) throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return Files.readAllBytes(
					files.filter((file) -> file.getFileName().toString().startsWith(prefix)).findAny().orElseThrow());
		}
	}

	private static byte[] range(byte[] bytes, int from, int to) {
		return Arrays.copyOfRange(bytes, from, to);
	}

	private static byte[] joined(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static String rowsOf1(int... batches) {
		StringBuilder rows = new StringBuilder();
		for (int batch : batches) {
			rows.append(
					new String(BetRow.encode(Samples.bets(1, (long) batch * BATCH, BATCH)), StandardCharsets.UTF_8));
		}
		return rows.toString();
	}

	private static void flip(Path file, int at) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		bytes[at] ^= 4;
		Files.write(file, bytes);
	}

}
