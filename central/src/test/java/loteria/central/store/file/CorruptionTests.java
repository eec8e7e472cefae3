package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

import loteria.central.store.StoreFailure;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.Head;
import loteria.torture.Torture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fault 4: what had been stored has changed. Twelve batches of agencies 1 to 3 in turn,
 * then agency 3 has finished, then one more batch of agency 1.
 */
@ExtendWith(QuietLog.class)
@Tag(Torture.TAG)
class CorruptionTests {

	private static final int BATCHES = 12;

	private static final int BATCH = 5;

	@TempDir
	private Path directory;

	private DamagedStore killed;

	private DamagedStore stopped;

	@BeforeEach
	void store() throws Exception {
		this.killed = new DamagedStore(this.directory);
		this.stopped = new DamagedStore(this.directory);
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < BATCHES; batch++) {
				assertThat(Samples.append(store, agency(batch), BATCH).join()).isNull();
			}
			assertThat(store.close(3)).isNull();
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			this.killed.rememberKilled(store);
		}
		this.stopped.remember();
	}

	private static int agency(int batch) {
		return 1 + batch % 3;
	}

	private DamagedStore store(boolean stoppedInOrder) {
		return stoppedInOrder ? this.stopped : this.killed;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void mendsEveryFlippedBitOfTheBets(boolean stoppedInOrder) throws Exception {
		DamagedStore store = store(stoppedInOrder);
		Random random = Torture.random("flipped bits");
		int flips = Torture.count("flips", 125);
		for (int run = 0; run < flips; run++) {
			store.restore();
			store.flip(store.betsFile(), random.nextInt(store.bets().length), random);
			assertMended(store);
		}
		Torture.report("4 one bit of bets.csv flipped", flips, stoppedInOrder ? "after a stop" : "after a kill");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void mendsEveryFlippedBitOfTheJournal(boolean stoppedInOrder) throws Exception {
		DamagedStore store = store(stoppedInOrder);
		Random random = Torture.random("flipped bits");
		int flips = Torture.count("flips", 125);
		for (int run = 0; run < flips; run++) {
			store.restore();
			int place = random.nextInt((int) store.journalEnd() + 1000);
			store.flip(store.journalFile(), place, random);
			assertMended(store);
		}
		Torture.report("4 one bit of bets.journal flipped", flips, stoppedInOrder ? "after a stop" : "after a kill");
	}

	/** Whole sectors, anywhere: of the entries and of the head. */
	@Test
	void mendsZerosInOneFile() throws Exception {
		for (int from = 0; from < this.stopped.bets().length - 512; from += 200) {
			this.stopped.restore();
			this.stopped.zero(this.stopped.betsFile(), from, from + 512);
			assertMended(this.stopped);
		}
		for (int from = 0; from + 512 <= Head.BYTES; from += 512) {
			this.stopped.restore();
			this.stopped.zero(this.stopped.journalFile(), from, from + 512);
			assertMended(this.stopped);
		}
		this.stopped.restore();
		this.stopped.zero(this.stopped.journalFile(), 0, Head.BYTES);
		assertMended(this.stopped);
		this.stopped.restore();
		Files.delete(this.stopped.twinFile());
		assertMended(this.stopped);
	}

	@Test
	void mendsBetsThatAreMissingOrSwappedAndRefusesThoseThatAreDoubled() throws Exception {
		this.stopped.restore();
		Files.delete(this.stopped.betsFile());
		assertMended(this.stopped);
		byte[] whole = this.stopped.bets();
		int first = (int) this.stopped.entry(3).rowsAt();
		int second = (int) this.stopped.entry(6).rowsAt();
		int end = (int) this.stopped.entry(9).rowsAt();
		byte[] swapped = whole.clone();
		System.arraycopy(whole, second, swapped, first, end - second);
		System.arraycopy(whole, first, swapped, first + end - second, second - first);
		Files.write(this.stopped.betsFile(), swapped);
		assertMended(this.stopped);
		byte[] doubled = Arrays.copyOf(whole, whole.length + second - first);
		System.arraycopy(whole, first, doubled, second, whole.length - first);
		Files.write(this.stopped.betsFile(), doubled);
		assertThat(refusal()).contains("of which bets.journal says nothing");
		assertThat(this.stopped.betsFile()).hasBinaryContent(doubled);
	}

	private void assertMended(DamagedStore store) throws Exception {
		try (FileBetStore opened = Samples.open(this.directory)) {
			assertThat(opened.stored(1)).isEqualTo((BATCHES / 3 + 1) * BATCH);
			assertThat(opened.stored(2)).isEqualTo(BATCHES / 3 * BATCH);
			assertThat(opened.stored(3)).isEqualTo(BATCHES / 3 * BATCH);
			assertThat(opened.closedAgencies()).containsExactly(3);
		}
		assertThat(store.betsFile()).hasBinaryContent(store.bets());
		DamagedStore mended = new DamagedStore(this.directory);
		mended.remember();
		assertThat(mended.entries()).isEqualTo(store.entries());
		assertThat(mended.journalEnd()).isEqualTo(store.journalEnd());
		assertThat(Arrays.copyOfRange(mended.journal(), (int) mended.journalEnd(), mended.journal().length))
			.containsOnly(0);
	}

	@Test
	void refusesDamageToBothCopiesOfABatchAndNamesBothPlaces() throws Exception {
		for (int batch = 0; batch < BATCHES; batch++) {
			this.killed.restore();
			this.killed.loseRows(batch);
			Frame frame = this.killed.entry(batch);
			assertThat(refusal()).contains(
					String.format(Locale.ROOT, "batch %d, of agency %d, lines %d to %d, is damaged in both files",
							batch + 1, agency(batch), batch * BATCH + 1, (batch + 1) * BATCH),
					String.format(Locale.ROOT, "bets.journal between byte %d and byte %d", frame.rows(),
							frame.second()),
					String.format(Locale.ROOT, "bets.csv between byte %d and byte %d", frame.rowsAt(),
							frame.rowsEnd()));
		}
	}

	@Test
	void refusesAFinishOfWhichBothFramesAreLost() throws Exception {
		Frame finish = this.killed.entry(BATCHES);
		this.killed.restore();
		this.killed.zero(this.killed.journalFile(), finish.at(), finish.end());
		assertThat(refusal()).contains("bets.journal is damaged at byte " + finish.at(), "1 entries are lost");
	}

	@Test
	void changesNothingWhenItRefuses() throws Exception {
		this.killed.restore();
		this.killed.flip(this.killed.journalFile(), this.killed.entry(2).at() + 3);
		this.killed.loseRows(4);
		byte[] bets = Files.readAllBytes(this.killed.betsFile());
		byte[] journal = Files.readAllBytes(this.killed.journalFile());
		refusal();
		assertThat(this.killed.betsFile()).hasBinaryContent(bets);
		assertThat(this.killed.journalFile()).hasBinaryContent(journal);
	}

	@Test
	void refusesAMissingJournalAndMakesNone() throws Exception {
		Files.delete(this.stopped.journalFile());
		assertThat(refusal()).contains("bets.journal is missing");
		assertThat(this.stopped.journalFile()).doesNotExist();
	}

	@Test
	void refusesAnEmptyJournalBesideBets() throws Exception {
		Files.write(this.stopped.journalFile(), new byte[0]);
		assertThat(refusal()).contains("bets.journal was cut: it had 65536 bytes, and has 0");
		assertThat(this.stopped.betsFile()).hasBinaryContent(this.stopped.bets());
	}

	/** Of a central that was killed, bets.csv and bets.store may know of nothing yet. */
	@Test
	void refusesAJournalOfZerosThoughNothingElseTellsOfBets() throws Exception {
		byte[] twin;
		FileSystemUtils.deleteRecursively(this.directory);
		try (FileBetStore store = Samples.open(this.directory)) {
			twin = Files.readAllBytes(this.killed.twinFile());
			assertThat(Samples.append(store, 1, BATCH).join()).isNull();
			this.killed.rememberKilled(store);
		}
		for (int length : new int[] { this.killed.journal().length, 8 * this.killed.journal().length }) {
			Files.write(this.killed.twinFile(), twin);
			Files.write(this.killed.betsFile(), new byte[0]);
			Files.write(this.killed.journalFile(), new byte[length]);
			assertThat(refusal()).contains("it has neither a head nor an entry");
			assertThat(this.killed.journalFile()).hasBinaryContent(new byte[length]);
		}
		Files.delete(this.killed.twinFile());
		assertThat(refusal()).contains("it does not begin as a journal does");
	}

	/** After an orderly stop it is certain that it was not stored. */
	@Test
	void takesWhatIsNoRowOutAfterAnOrderlyStopAndKeepsIt() throws Exception {
		byte[] foreign = Arrays.copyOf(foreignRow(), 20);
		Files.write(this.stopped.betsFile(), foreign, StandardOpenOption.APPEND);
		assertMended(this.stopped);
		assertKept("bets.cut-", foreign);
	}

	@Test
	void refusesWholeRowsThatAnOrderlyJournalDoesNotKnow() throws Exception {
		Files.write(this.stopped.betsFile(), "garbage\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
		Files.write(this.stopped.betsFile(), foreignRow(), StandardOpenOption.APPEND);
		assertThat(refusal()).contains("bets.csv has 41 bytes behind batch 13, from line 66");
	}

	@Test
	void keepsWhatItOverwritesInTheBets() throws Exception {
		byte[] foreign = "9,Foreign,Row,1,2000-01-01,7574\r\n".getBytes(StandardCharsets.UTF_8);
		byte[] bets = this.stopped.bets();
		Frame third = this.stopped.entry(2);
		System.arraycopy(foreign, 0, bets, (int) third.rowsAt(), foreign.length);
		Files.write(this.stopped.betsFile(), bets);
		assertMended(this.stopped);
		assertKept("bets.damaged-", Arrays.copyOfRange(bets, (int) third.rowsAt(), (int) third.rowsEnd()));
	}

	private void assertKept(String name, byte[] bytes) throws IOException {
		try (var files = Files.list(this.directory)) {
			assertThat(files.filter((file) -> file.getFileName().toString().startsWith(name))).singleElement()
				.satisfies((kept) -> assertThat(kept).hasBinaryContent(bytes));
		}
	}

	@Test
	void refusesRowsThatTheJournalDoesNotKnowAfterAKill() throws Exception {
		this.killed.restore();
		byte[] foreign = foreignRow();
		Files.write(this.killed.betsFile(), foreign, StandardOpenOption.APPEND);
		assertThat(refusal()).contains(
				String.format(Locale.ROOT, "bets.csv has %d bytes behind batch 13, from line 66", foreign.length));
	}

	private static byte[] foreignRow() {
		return "1,Foreign,Row,1,2000-01-01,7574\r\n".getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void refusesOtherSettingsInOneLine() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.draw(Instant.EPOCH);
		}
		assertUnusable(new FileBetStore.Options(this.directory, "other", Samples.WINNING_NUMBER, 0),
				"central.draw.name=other, but the draw in this directory is test");
		assertUnusable(new FileBetStore.Options(this.directory, "test", 1, 0), "central.draw.winning-number=1");
	}

	private static void assertUnusable(FileBetStore.Options options, String message) {
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(options, new FaultyDisk()))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.UNUSABLE));
	}

	private String refusal() throws IOException {
		return assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining("java -jar central.jar salvage " + this.directory)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.CORRUPT))
			.actual()
			.getMessage();
	}

}
