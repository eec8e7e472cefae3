package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import loteria.central.store.DrawJson;
import loteria.central.store.DrawRecord;
import loteria.central.store.DrawRecord.AgencyRecord;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.Disk;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.JournalWriter;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.disk.Verification;
import loteria.central.store.salvage.Salvage;
import loteria.torture.Torture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

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

	private DamagedStore damaged;

	private final List<String> lines = new ArrayList<>();

	@BeforeEach
	void store() throws Exception {
		this.damaged = new DamagedStore(this.directory);
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < BATCHES; batch++) {
				assertThat(Samples.append(store, 1 + batch % 2, BATCH).join()).isNull();
			}
		}
		this.damaged.remember();
	}

	@Test
	void leavesAStoreAsItIsThatACentralStartsWith() throws Exception {
		assertChangesNothing();
		this.damaged.flip(this.damaged.betsFile(), 3);
		assertChangesNothing();
	}

	@Test
	void keepsAnAgencysBetsUpToTheFirstThatIsLostAndAllOfOthers() throws Exception {
		this.damaged.loseRows(2);
		byte[] bets = Files.readAllBytes(this.damaged.betsFile());
		byte[] journal = Files.readAllBytes(this.damaged.journalFile());
		assertRefused();
		salvage(BATCH, 3 * BATCH);
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, BATCH));
		assertThat(Samples.rowsIn(this.directory, 2)).isEqualTo(Samples.rows(2, 3 * BATCH));
		assertThat(aside("bets.damaged-")).isEqualTo(joined(range(bets, 2), range(bets, 4)));
		assertThat(aside("bets.csv.before-")).isEqualTo(bets);
		assertThat(aside("bets.journal.before-")).isEqualTo(journal);
		assertThat(this.lines).anyMatch((line) -> line
			.endsWith("agency: 1 | kept_bets: 10 | set_aside_bets: 20 | to_be_sent_again: 20 | open_again: false"));
		assertChangesNothing();
		sendTheRestAgain();
	}

	@Test
	void keepsTheRowsOfEntriesThatAreGoneIfTheyAreWhole() throws Exception {
		this.damaged.loseRows(1);
		this.damaged.zero(this.damaged.journalFile(), this.damaged.entry(3).at(), this.damaged.entry(4).end());
		salvage(3 * BATCH, 0);
		sendTheRestAgain();
	}

	/** Counts prove no digits; the same rows in both files do. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void saysThatRowsHaveNoProofUnlessTheJournalStillHasThem(boolean rowsToo) throws Exception {
		loseFrames(2);
		if (rowsToo) {
			this.damaged.zero(this.damaged.journalFile(), this.damaged.entry(2).at(), this.damaged.entry(2).end());
		}
		assertRefused();
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.lines.stream()
			.anyMatch((line) -> line.contains("agency: 1 |")
					&& line.endsWith("open_again: false | kept_without_proof: " + BATCH)))
			.isEqualTo(rowsToo);
	}

	@Test
	void keepsNoRowsWithoutAnEntryThatAreOthersInTheJournal() throws Exception {
		loseFrames(2);
		this.damaged.flip(this.damaged.betsFile(), this.damaged.entry(2).rowsAt() + 2);
		assertRefused();
		salvage(BATCH, 3 * BATCH);
		assertThat(this.lines).anyMatch((line) -> line.contains("agency: 1 | kept_bets: 10 | set_aside_bets: 20"));
		sendTheRestAgain();
	}

	private void loseFrames(int entry) throws Exception {
		Frame frame = this.damaged.entry(entry);
		this.damaged.zero(this.damaged.journalFile(), frame.at(), frame.rows());
		this.damaged.zero(this.damaged.journalFile(), frame.second(), frame.end());
	}

	/** The journal may be of a copy that another central went on with. */
	@Test
	void setsAsideRowsThatTheJournalHasDifferently() throws Exception {
		this.damaged.flip(this.damaged.betsFile(), this.damaged.entry(1).rowsAt() + 2);
		this.damaged.loseRows(4);
		byte[] bets = Files.readAllBytes(this.damaged.betsFile());
		salvage(2 * BATCH, 3 * BATCH);
		assertThat(aside("bets.damaged-")).isEqualTo(joined(range(bets, 1), range(bets, 4)));
	}

	@Test
	void setsAsideWhatMayFollowLossesOfNobodyKnowsWhom() throws Exception {
		this.damaged.zero(this.damaged.journalFile(), this.damaged.entry(2).at(), this.damaged.entry(3).end());
		this.damaged.zero(this.damaged.betsFile(), this.damaged.entry(2).rowsAt(), this.damaged.entry(2).rowsAt() + 9);
		this.damaged.zero(this.damaged.betsFile(), this.damaged.entry(3).rowsAt(), this.damaged.entry(3).rowsAt() + 9);
		salvage(BATCH, BATCH);
		assertChangesNothing();
		sendTheRestAgain();
	}

	@Test
	void takesTheRowsWhereTheJournalIsMissing() throws Exception {
		Files.delete(this.damaged.journalFile());
		assertRefused();
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.damaged.betsFile()).hasBinaryContent(this.damaged.bets());
		assertChangesNothing();
	}

	@Test
	void letsWhoHadFinishedGoOnIfBetsAreLost() throws Exception {
		finishBoth();
		this.damaged.loseRows(2);
		salvage(BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.closedAgencies()).containsExactly(2);
		}
		sendTheRestAgain();
	}

	/** No later batch of the agency shows that one is missing, only its finish does. */
	@Test
	void letsWhoHadFinishedGoOnIfTheEntryOfItsLastBatchIsLost() throws Exception {
		finishBoth();
		this.damaged.zero(this.damaged.journalFile(), this.damaged.entry(5).at(), this.damaged.entry(5).end());
		this.damaged.zero(this.damaged.betsFile(), this.damaged.entry(5).rowsAt(), this.damaged.entry(5).rowsEnd());
		assertRefused();
		salvage(3 * BATCH, 2 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.closedAgencies()).containsExactly(1);
		}
		sendTheRestAgain();
	}

	private void finishBoth() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.close(1);
			store.close(2);
		}
		this.damaged.remember();
	}

	@Test
	void finishesASalvageThatWasCutOffBetweenItsLastSteps() throws Exception {
		byte[] oldJournal = Files.readAllBytes(this.damaged.journalFile());
		this.damaged.loseRows(4);
		salvage(2 * BATCH, 3 * BATCH);
		byte[] newBets = Files.readAllBytes(this.damaged.betsFile());
		Files.move(this.damaged.journalFile(), this.directory.resolve("bets.journal.salvaged"));
		Files.write(this.damaged.journalFile(), oldJournal);
		Map<Path, Object> before = files();
		assertThat(assertRefused()).contains("a salvage was cut off at its last step");
		assertThat(files()).isEqualTo(before);
		salvage(2 * BATCH, 3 * BATCH);
		assertThat(this.damaged.betsFile()).hasBinaryContent(newBets);
		assertChangesNothing();
		sendTheRestAgain();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bets.csv.salvaged", "bets.csv.salvaged bets.journal.salvaged" })
	void beginsAnewWhateverAnotherLeftUndone(String leftovers) throws Exception {
		byte[] half = Arrays.copyOf(Files.readAllBytes(this.damaged.journalFile()), 6000);
		for (String leftover : leftovers.split(" ")) {
			Files.write(this.directory.resolve(leftover), half);
		}
		this.damaged.loseRows(2);
		salvage(BATCH, 3 * BATCH);
		assertChangesNothing();
		sendTheRestAgain();
	}

	/** The record stands, and says that bets are missing. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 4 })
	void keepsAllThatIsWholeOfADrawAndKnowsWhoseWinnersAreLost(int lost) throws Exception {
		draw();
		byte[] record = Files.readAllBytes(this.directory.resolve(DrawFile.NAME));
		this.damaged.loseRows(lost);
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.directory.resolve(DrawFile.NAME)).hasBinaryContent(record);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isPresent();
			assertThat(store.winners(1)).isEmpty();
			assertThat(store.winners(2).orElseThrow().count()).isEqualTo(3 * BATCH / Samples.WINNER_EVERY);
		}
		assertChangesNothing();
		assertThat(Verification.of(this.directory).difference()).contains("agency 1: 30 bets were drawn over");
	}

	@Test
	void keepsADrawWhoseJournalIsLostForWhatItsRecordSays() throws Exception {
		draw();
		Files.delete(this.damaged.journalFile());
		salvage(3 * BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isPresent();
			assertThat(store.winners(1)).isPresent();
		}
		assertThat(this.lines).noneMatch((line) -> line.contains("lost: unknown"));
		assertThat(Verification.of(this.directory).difference()).isNull();
	}

	/** Both are an older copy; or only somebody says that there was a draw. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void undoesNoDrawThatTheBetsSpeakFor(boolean lacksBets) throws Exception {
		this.damaged.restore();
		if (lacksBets) {
			try (FileBetStore store = Samples.open(this.directory)) {
				assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			}
		}
		draw();
		Files.write(this.damaged.journalFile(), this.damaged.journal());
		Files.write(this.damaged.twinFile(), this.damaged.twin());
		assertRefused();
		Map<Path, Object> before = files();
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::run)
			.withMessageContaining("draw.json is of the bets in bets.csv")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CORRUPT));
		assertThat(files()).isEqualTo(before);
		Files.delete(this.damaged.journalFile());
		Files.delete(this.damaged.twinFile());
		salvage(lacksBets ? 4 * BATCH : 3 * BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isPresent();
		}
	}

	/** The journal may be an older copy, and agencies have had answers since. */
	@Test
	void saysThatMoreMayBeLostWhereTheBetsGoOnBehindTheJournal() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			assertThat(store.close(1)).isNull();
		}
		Files.write(this.damaged.journalFile(), this.damaged.journal());
		Files.write(this.damaged.twinFile(), this.damaged.twin());
		assertRefused();
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.lines)
			.anyMatch((line) -> line.contains("lost: unknown | reason: bets.csv has rows that bets.journal does not"));
	}

	@Test
	void makesNoFileWhereItLeavesAllAsItWas() throws Exception {
		Files.delete(this.damaged.betsFile());
		assertChangesNothing();
		this.damaged.restore();
		draw();
		Files.delete(this.damaged.journalFile());
		Files.delete(this.damaged.betsFile());
		Files.delete(this.damaged.twinFile());
		assertThat(assertRefused()).contains("draw.json is there, but bets.journal is missing");
		assertThat(files()).hasSize(1);
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::run).withMessageContaining("holds no store");
		assertThat(files()).hasSize(1);
	}

	/** A salvage that comes to nothing leaves no journal, and a start no bets. */
	@Test
	void makesNoFileWhereItIsRefused() throws Exception {
		draw();
		Path record = this.directory.resolve(DrawFile.NAME);
		Files.write(record, recordOfOthers());
		Files.delete(this.damaged.betsFile());
		Map<Path, Object> before = files();
		assertRefused();
		assertThat(files()).isEqualTo(before);
		Files.delete(record);
		this.damaged.restore();
		draw();
		DrawRecord drawn = DrawJson.read(Files.readAllBytes(record), "draw.json");
		Files.write(record,
				DrawJson.write(DrawRecord.of("other", drawn.winningNumber(), drawn.instant(), drawn.agencies())));
		Files.delete(this.damaged.journalFile());
		before = files();
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::run).withMessageContaining("which is as it was");
		assertThat(files()).isEqualTo(before);
	}

	@Test
	void makesNoRecordAnewOfADrawThatLostBets() throws Exception {
		draw();
		Path record = this.directory.resolve(DrawFile.NAME);
		Files.writeString(record, "{");
		this.damaged.loseRows(2);
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(record).doesNotExist();
	}

	@Test
	void makesARecordAnewThatIsOfAnotherDraw() throws Exception {
		draw();
		Path file = this.directory.resolve(DrawFile.NAME);
		byte[] record = Files.readAllBytes(file);
		byte[] foreign = recordOfOthers();
		Files.write(file, foreign);
		assertThat(assertRefused()).contains("draw.json is not of these bets: agency 1: 31 bets were drawn over");
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(file).hasBinaryContent(record);
		assertThat(aside("draw.json.before-")).isEqualTo(foreign);
		assertChangesNothing();
	}

	/** It would end the bets. */
	@Test
	void believesNoRecordThatWasPutThere() throws Exception {
		Files.write(this.directory.resolve(DrawFile.NAME), recordOfOthers());
		assertRefused();
		salvage(3 * BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isEmpty();
		}
	}

	/** The record knows the hash of the agency's bets. */
	@Test
	void keepsNoBetsOfADrawThatItsRecordSpeaksAgainst() throws Exception {
		draw();
		Files.delete(this.damaged.journalFile());
		String bets = Files.readString(this.damaged.betsFile());
		Files.writeString(this.damaged.betsFile(), bets.replaceFirst("1930-01-15", "1930-01-16"));
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(Samples.rowsIn(this.directory, 1)).isEmpty();
		assertThat(Samples.rowsIn(this.directory, 2)).isEqualTo(Samples.rows(2, 3 * BATCH));
		assertThat(this.lines).anyMatch((line) -> line.contains("agency: 1 | kept_bets: 0 | set_aside_bets: 30"));
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isPresent();
			assertThat(store.winners(1)).isEmpty();
			assertThat(store.winners(2)).isPresent();
		}
		assertChangesNothing();
	}

	/** Nothing else tells, but no bet has a byte 0. */
	@Test
	void takesNothingForABetThatBreaksARule() throws Exception {
		Files.delete(this.damaged.journalFile());
		int middle = (int) this.damaged.entry(3).rowsAt() + 50;
		this.damaged.zero(this.damaged.betsFile(), middle, middle + 200);
		salvage(2 * BATCH, BATCH);
		assertThat(Files.readString(this.damaged.betsFile())).doesNotContain("\0");
		assertThat(this.lines)
			.anyMatch((line) -> line.contains("agency: 1 | kept_bets: 20 |") && line.contains("kept_without_proof: 20"))
			.anyMatch((line) -> line.contains("lost_bets: unknown"));
		sendTheRestAgain();
	}

	/** A row that is whole, but of another agency than the lost one was. */
	@Test
	void keepsNoRowsThatTheEntriesBehindThemSpeakAgainst() throws Exception {
		this.damaged.zero(this.damaged.journalFile(), this.damaged.entry(2).at(), this.damaged.entry(2).end());
		byte[] bets = this.damaged.bets();
		bets[(int) this.damaged.entry(2).rowsAt()] = '2';
		Files.write(this.damaged.betsFile(), bets);
		assertRefused();
		salvage(BATCH, BATCH);
		assertThat(this.lines).anyMatch((line) -> line.contains("agency: 1 | kept_bets: 10 | set_aside_bets: 20"))
			.anyMatch((line) -> line.contains("agency: 2 | kept_bets: 10 | set_aside_bets: "));
		sendTheRestAgain();
	}

	/** More than an int holds: of an agency's bets, and of what one group would. */
	@Test
	void countsBetsBeyondWhatAnIntHolds() throws Exception {
		long many = 5_000_000_000L;
		draw();
		Path file = this.directory.resolve(DrawFile.NAME);
		DrawRecord record = DrawJson.read(Files.readAllBytes(file), "draw.json");
		List<AgencyRecord> agencies = new ArrayList<>(record.agencies());
		agencies.add(new AgencyRecord(9, many, "0".repeat(64), 1));
		Files.write(file,
				DrawJson.write(DrawRecord.of(record.name(), record.winningNumber(), record.instant(), agencies)));
		Files.delete(this.damaged.journalFile());
		salvage(3 * BATCH, 3 * BATCH);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.stored(9)).isEqualTo(many);
			assertThat(store.winners(9)).isEmpty();
		}
	}

	@Test
	void writesNoGroupThatIsLargerThanACentralWrites() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < 30; batch++) {
				assertThat(Samples.append(store, 3, 2000).join()).isNull();
			}
		}
		Files.delete(this.damaged.journalFile());
		salvage(3 * BATCH, 3 * BATCH);
		this.damaged.remember();
		assertThat(Samples.rowsIn(this.directory, 3)).isEqualTo(Samples.rows(3, 60_000));
		int largest = 0;
		for (int entry = 0; entry < this.damaged.entries(); entry++) {
			largest = Math.max(largest, this.damaged.entry(entry).position());
		}
		assertThat(largest).isBetween(1, JournalWriter.GROUP_BYTES);
	}

	/** After a loss of power nothing but the journal tells of its last group. */
	@Test
	void saysThatTheLastEntryIsLostThatNothingElseTellsOf() throws Exception {
		byte[] twin = this.damaged.twin();
		byte[] bets = this.damaged.bets();
		try (FileBetStore store = Samples.open(this.directory)) {
			twin = Files.readAllBytes(this.damaged.twinFile());
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			this.damaged.rememberKilled(store);
		}
		byte[] journal = this.damaged.journal();
		Arrays.fill(journal, (int) this.damaged.entry(BATCHES).at(), (int) this.damaged.journalEnd(), (byte) 'x');
		Files.write(this.damaged.journalFile(), journal);
		Files.write(this.damaged.twinFile(), twin);
		Files.write(this.damaged.betsFile(), bets);
		assertThat(assertRefused()).contains("is no whole entry, and none that was never whole");
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.lines).anyMatch((line) -> line.endsWith("kept_bets: 60 | unreadable_entries: 1"))
			.anyMatch((line) -> line.contains("lost_bets: unknown"));
	}

	/** As a kill leaves it: neither bets.csv nor bets.store know of anything yet. */
	@ParameterizedTest
	@ValueSource(strings = { "deleted", "empty", "cut", "zeros", "last group" })
	void saysThatItCanNotKnowWhatIsLostWhereOnlyTheJournalKnew(String damage) throws Exception {
		leaveBetsBehind();
		Path journal = this.damaged.journalFile();
		switch (damage) {
			case "deleted" -> Files.delete(journal);
			case "empty" -> this.damaged.cut(journal, 0);
			case "cut" -> this.damaged.cut(journal, this.damaged.entry(3).at());
			case "zeros" -> Files.write(journal, new byte[this.damaged.journal().length]);
			default -> this.damaged.zero(journal, this.damaged.entry(4).rows() + 70, this.damaged.entry(5).rows());
		}
		assertRefused();
		run();
		assertThat(this.lines)
			.filteredOn((line) -> line.contains("lost: unknown | reason: bets.journal ")
					|| line.contains("lost: unknown | reason: the end of bets.journal "))
			.hasSize(1);
		assertThat(this.lines).last().asString().contains("result: success");
	}

	private void leaveBetsBehind() throws Exception {
		FileSystemUtils.deleteRecursively(this.directory);
		byte[] twin;
		try (FileBetStore store = Samples.open(this.directory)) {
			twin = Files.readAllBytes(this.damaged.twinFile());
			for (int batch = 0; batch < BATCHES; batch++) {
				assertThat(Samples.append(store, 1 + batch % 2, BATCH).join()).isNull();
			}
			this.damaged.rememberKilled(store);
		}
		this.damaged.restore();
		Files.write(this.damaged.twinFile(), twin);
		Files.write(this.damaged.betsFile(), new byte[0]);
	}

	/** It has the rows of the journal, up to a point. */
	@Test
	void takesTheJournalThatTheBetsAreOf() throws Exception {
		Path other = Files.createDirectory(this.directory.resolve("other"));
		try (FileBetStore store = Samples.open(other)) {
			assertThat(Samples.append(store, 5, 2).join()).isNull();
		}
		Files.copy(other.resolve(StoreDirectory.STORE), this.damaged.twinFile(), StandardCopyOption.REPLACE_EXISTING);
		FileSystemUtils.deleteRecursively(other);
		assertRefused();
		salvage(3 * BATCH, 3 * BATCH);
		assertThat(this.lines).anyMatch((line) -> line.endsWith("of_another_store: bets.store"));
		assertThat(this.damaged.betsFile()).hasBinaryContent(this.damaged.bets());
	}

	/** Where neither tells what bets.csv is of, no one guesses. */
	@Test
	void saysThatItCanMakeNoStoreAndLeavesAllAsItIs() throws Exception {
		Path other = Files.createDirectory(this.directory.resolve("other"));
		Samples.open(other).close();
		byte[] foreign = Files.readAllBytes(other.resolve(StoreDirectory.STORE));
		FileSystemUtils.deleteRecursively(other);
		Files.write(this.damaged.twinFile(), foreign);
		Files.write(this.damaged.betsFile(), new byte[0]);
		assertThat(assertRefused()).contains("bets.journal and bets.store are of different stores");
		Map<Path, Object> whole = files();
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::run)
			.withMessageContaining("move the one away that is not of this store, and salvage again");
		assertThat(files()).isEqualTo(whole);
		Files.write(this.damaged.twinFile(), this.damaged.twin());
		FileBetStore.Options options = Samples.options(this.directory.resolve("again"));
		try (FileBetStore store = Samples.open(options, new FaultyDisk())) {
			assertThat(Samples.append(store, 5, 7).join()).isNull();
		}
		Files.copy(options.directory().resolve(StoreDirectory.JOURNAL), this.damaged.journalFile(),
				StandardCopyOption.REPLACE_EXISTING);
		FileSystemUtils.deleteRecursively(options.directory());
		Map<Path, Object> before = files();
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::run)
			.withMessageContaining("no store can be made of what is in")
			.withMessageContaining("bets.csv does not tell of which it is")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CORRUPT));
		assertThat(files()).isEqualTo(before);
	}

	private byte[] recordOfOthers() throws Exception {
		Path other = Files.createDirectory(this.directory.resolve("other"));
		try (FileBetStore store = Samples.open(other)) {
			assertThat(Samples.append(store, 1, 3 * BATCH + 1).join()).isNull();
			store.draw(Instant.EPOCH);
		}
		byte[] record = Files.readAllBytes(other.resolve(DrawFile.NAME));
		FileSystemUtils.deleteRecursively(other);
		return record;
	}

	@Test
	void refusesWhereThereIsNoStoreOrACentralRuns() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::run)
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNUSABLE))
				.withMessageContaining("in use by another central");
			assertThat(store.health().problem()).isNull();
		}
		Path nowhere = this.directory.resolve("nowhere");
		assertThatExceptionOfType(StoreFailure.class)
			.isThrownBy(() -> new Salvage(new StoreDirectory(nowhere, Disk.REAL), this.lines::add).run())
			.withMessageContaining("holds no store");
		assertThat(nowhere).doesNotExist();
	}

	/** And each power cut leaves either store, whole. */
	@Test
	void losesNothingWhereverAPowerCutComes() throws Exception {
		Random random = Torture.random("power cuts in a salvage");
		this.damaged.loseRows(2);
		byte[] bets = Files.readAllBytes(this.damaged.betsFile());
		byte[] journal = Files.readAllBytes(this.damaged.journalFile());
		List<Path> crashes = new ArrayList<>();
		FaultyDisk disk = new FaultyDisk();
		Path live = Files.createDirectory(this.directory.resolve("live"));
		Files.write(live.resolve(StoreDirectory.BETS), bets);
		Files.write(live.resolve(StoreDirectory.JOURNAL), journal);
		disk.setFault((call, number, bytes) -> {
			Path left = Files.createDirectory(this.directory.resolve("crash-" + crashes.size()));
			crashes.add(left);
			disk.crash(left, random);
			return bytes;
		});
		new Salvage(new StoreDirectory(live, disk), this.lines::add).run();
		assertThat(crashes).hasSizeGreaterThan(15);
		for (Path crash : crashes) {
			boolean begun = Files.exists(crash.resolve(StoreDirectory.JOURNAL))
					&& Files.exists(crash.resolve(StoreDirectory.BETS));
			if (begun) {
				new Salvage(new StoreDirectory(crash, new FaultyDisk()), this.lines::add).run();
				try (FileBetStore store = Samples.open(crash)) {
					assertThat(store.stored(1)).as(crash.toString()).isEqualTo(BATCH);
					assertThat(store.stored(2)).as(crash.toString()).isEqualTo(3 * BATCH);
				}
			}
		}
		Torture.report("5 power lost during a salvage", crashes.size(), "");
	}

	@Test
	void canBeRunAgainWhicheverCallFails() throws Exception {
		this.damaged.loseRows(2);
		byte[] bets = Files.readAllBytes(this.damaged.betsFile());
		byte[] journal = Files.readAllBytes(this.damaged.journalFile());
		boolean failed = true;
		for (int n = 1; failed; n++) {
			int nth = n;
			Path store = Files.createDirectory(this.directory.resolve("n-" + n));
			Files.write(store.resolve(StoreDirectory.BETS), bets);
			Files.write(store.resolve(StoreDirectory.JOURNAL), journal);
			FaultyDisk disk = new FaultyDisk((call, number, bytes) -> {
				if (number == nth) {
					throw new IOException("Input/output error");
				}
				return bytes;
			});
			Salvage salvage = new Salvage(new StoreDirectory(store, disk), this.lines::add);
			failed = false;
			try {
				salvage.run();
			}
			catch (IOException ex) {
				failed = true;
			}
			new Salvage(new StoreDirectory(store, new FaultyDisk()), this.lines::add).run();
			try (FileBetStore opened = Samples.open(store)) {
				assertThat(opened.stored(1)).as("n=%d", n).isEqualTo(BATCH);
				assertThat(opened.stored(2)).as("n=%d", n).isEqualTo(3 * BATCH);
			}
			assertThat(n).isLessThan(100);
		}
	}

	private void draw() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.draw(Instant.EPOCH);
		}
	}

	private void run() throws Exception {
		this.lines.clear();
		new Salvage(new StoreDirectory(this.directory, Disk.REAL), this.lines::add).run();
	}

	private void salvage(long next1, long next2) throws Exception {
		run();
		assertThat(this.lines).last().asString().startsWith("action: store_salvage | result: success");
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.cut().isAny()).isFalse();
			assertThat(store.stored(1)).isEqualTo(next1);
			assertThat(store.stored(2)).isEqualTo(next2);
		}
	}

	/** As agencies that greet do: nothing is missing then, and nothing there twice. */
	private void sendTheRestAgain() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int agency = 1; agency <= 2; agency++) {
				int missing = 3 * BATCH - (int) store.stored(agency);
				assertThat(missing == 0 || Samples.append(store, agency, missing).join() == null).isTrue();
			}
		}
		for (int agency = 1; agency <= 2; agency++) {
			assertThat(Samples.rowsIn(this.directory, agency)).isEqualTo(Samples.rows(agency, 3 * BATCH));
		}
	}

	private String assertRefused() {
		return assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining("java -jar central.jar salvage ")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CORRUPT))
			.actual()
			.getMessage();
	}

	private void assertChangesNothing() throws Exception {
		Map<Path, Object> before = files();
		run();
		assertThat(files()).isEqualTo(before);
		assertThat(this.lines).singleElement()
			.asString()
			.contains("there is nothing that a central would not start with");
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

	private byte[] range(byte[] bets, int entry) {
		return Arrays.copyOfRange(bets, (int) this.damaged.entry(entry).rowsAt(),
				(int) this.damaged.entry(entry).rowsEnd());
	}

	private static byte[] joined(byte[] one, byte[] other) {
		byte[] joined = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, joined, one.length, other.length);
		return joined;
	}

	private byte[] aside(String prefix) throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			Path file = files.filter((path) -> path.getFileName().toString().startsWith(prefix))
				.findFirst()
				.orElseThrow();
			return Files.readAllBytes(file);
		}
	}

}
