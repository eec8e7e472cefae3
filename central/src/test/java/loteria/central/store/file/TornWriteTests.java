package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

import loteria.central.store.StoreFailure;
import loteria.torture.Torture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fault 3: the files end anywhere within the last two batches.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag(Torture.TAG)
class TornWriteTests {

	private static final int BATCHES = 4;

	private static final int BATCH = 2;

	@TempDir
	private Path directory;

	private Path bets;

	private Path journal;

	private byte[] wholeBets;

	private byte[] wholeJournal;

	/** Where each batch ends in bets.csv. */
	private final int[] ends = new int[BATCHES + 1];

	/** Agencies 1 and 2 take turns. */
	@BeforeEach
	void store() throws Exception {
		this.bets = this.directory.resolve(FileBetStore.BETS);
		this.journal = this.directory.resolve(FileBetStore.JOURNAL);
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 1; batch <= BATCHES; batch++) {
				assertThat(Samples.append(store, 1 + batch % 2, BATCH).join()).isNull();
				this.ends[batch] = (int) Files.size(this.bets);
			}
		}
		this.wholeBets = Files.readAllBytes(this.bets);
		this.wholeJournal = Files.readAllBytes(this.journal);
	}

	@ExtendWith(QuietLog.class)
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void keepsWholeBatchesWhereverTheBetsEnd(boolean stoppedInOrder) throws Exception {
		int journalEnd = this.wholeJournal.length - (stoppedInOrder ? 0 : JournalEntry.BYTES);
		for (int end = this.ends[BATCHES - 2]; end < this.wholeBets.length; end++) {
			int whole = (end < this.ends[BATCHES - 1]) ? BATCHES - 2 : BATCHES - 1;
			assertKeeps(end, journalEnd, whole, end - this.ends[whole]);
		}
		Torture.report("3 bets.csv cut at every byte of two batches", this.wholeBets.length - this.ends[BATCHES - 2],
				after(stoppedInOrder));
	}

	@ExtendWith(QuietLog.class)
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void keepsWholeBatchesWhereverTheJournalEnds(boolean stoppedInOrder) throws Exception {
		int whole = BATCHES * JournalEntry.BYTES + (stoppedInOrder ? JournalEntry.BYTES : 0);
		for (int end = (BATCHES - 2) * JournalEntry.BYTES; end < whole; end++) {
			int batches = Math.min(BATCHES, end / JournalEntry.BYTES);
			assertKeeps(this.wholeBets.length, end, batches, this.wholeBets.length - this.ends[batches]);
		}
		Torture.report("3 bets.journal cut at every byte of two batches",
				whole - (BATCHES - 2) * (long) JournalEntry.BYTES, after(stoppedInOrder));
	}

	private static String after(boolean stoppedInOrder) {
		return stoppedInOrder ? "after an orderly stop" : "after a kill";
	}

	@Test
	void saysWhatItCut(CapturedOutput output) throws Exception {
		cut(this.wholeBets.length - 3, this.wholeJournal.length);
		Samples.open(this.directory).close();
		int bytes = this.wholeBets.length - 3 - this.ends[BATCHES - 1];
		assertThat(output)
			.contains("cut_bytes: " + bytes + " | cut_batches: 1 | cut_journal_bytes: " + (2 * JournalEntry.BYTES));
	}

	@Test
	void refusesBetsThatEndTooEarlyByMoreThanTwoGroups() throws Exception {
		cut(this.ends[BATCHES - 2] - 1, this.wholeJournal.length);
		assertRefused("bets.csv ends at byte " + (this.ends[BATCHES - 2] - 1)
				+ ", before the end of batch 2, of agency 1, lines 3 to 4");
	}

	@Test
	void refusesToCutAnythingAfterTheDraw() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.draw(Instant.EPOCH);
		}
		byte[] drawnJournal = Files.readAllBytes(this.journal);
		Files.write(this.bets, Arrays.copyOf(this.wholeBets, this.wholeBets.length - 1));
		assertRefused("bets.csv ends at byte");
		Files.write(this.bets, this.wholeBets);
		Files.write(this.journal, Arrays.copyOf(drawnJournal, this.wholeJournal.length));
		assertRefused("bets.journal knows of no draw");
	}

	@Test
	void opensAfterAnOrderlyStopFollowedByATornFirstGroup() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			Samples.append(store, 1, BATCH).join();
		}
		Files.write(this.bets, Arrays.copyOf(Files.readAllBytes(this.bets), this.wholeBets.length + 5));
		Samples.removeStop(this.directory);
		assertOpens(BATCHES, 5);
	}

	private void assertKeeps(int betsEnd, int journalEnd, int whole, int cutBytes) throws Exception {
		cut(betsEnd, journalEnd);
		assertOpens(whole, cutBytes);
	}

	/** Opens, takes one more batch, and opens again with nothing to cut. */
	private void assertOpens(int whole, int cutBytes) throws IOException, StoreFailure {
		long firsts = (whole / 2) * BATCH;
		long seconds = (whole - whole / 2) * BATCH;
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.cut().bets()).isEqualTo(cutBytes);
			assertThat(store.stored(1)).isEqualTo(firsts);
			assertThat(store.stored(2)).isEqualTo(seconds);
			assertThat(Files.size(this.bets)).isEqualTo(this.ends[whole]);
			assertThat(Samples.append(store, 1, 1).join()).isNull();
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.cut().isAny()).isFalse();
			assertThat(store.stored(1)).isEqualTo(firsts + 1);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, firsts + 1));
		assertThat(Samples.rowsIn(this.directory, 2)).isEqualTo(Samples.rows(2, seconds));
	}

	private void cut(int betsEnd, int journalEnd) throws IOException {
		Files.write(this.bets, Arrays.copyOf(this.wholeBets, betsEnd));
		Files.write(this.journal, Arrays.copyOf(this.wholeJournal, journalEnd));
	}

	private void assertRefused(String message) {
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.CORRUPT));
	}

}
