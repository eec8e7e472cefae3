package loteria.central.store.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import loteria.central.store.StoreFailure;
import loteria.central.store.disk.Frame;
import loteria.torture.Torture;
import org.jspecify.annotations.Nullable;
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
 * Fault 3: the files end anywhere within the last two batches, or the last group is there
 * in part.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag(Torture.TAG)
class TornWriteTests {

	private static final int BATCHES = 4;

	private static final int BATCH = 2;

	private static final int LARGE_BATCH = 40;

	private static final int SECTOR = 512;

	@TempDir
	private Path directory;

	private DamagedStore killed;

	private DamagedStore stopped;

	/** bets.store, before the last batch was answered. */
	private byte[] unanswered = {};

	/** Agencies 1 and 2 take turns. */
	@BeforeEach
	void store() throws Exception {
		this.killed = new DamagedStore(this.directory);
		this.stopped = new DamagedStore(this.directory);
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < BATCHES; batch++) {
				assertThat(Samples.append(store, 1 + batch % 2, BATCH).join()).isNull();
			}
			this.killed.rememberKilled(store);
		}
		this.stopped.remember();
	}

	private DamagedStore store(boolean stoppedInOrder) {
		return stoppedInOrder ? this.stopped : this.killed;
	}

	@ExtendWith(QuietLog.class)
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void losesNothingWhereverTheBetsEnd(boolean stoppedInOrder) throws Exception {
		DamagedStore store = store(stoppedInOrder);
		int from = (int) store.entry(BATCHES - 2).rowsAt();
		for (int end = from; end < store.bets().length; end++) {
			store.restore();
			store.cut(store.betsFile(), end);
			assertHolds(BATCHES);
		}
		Torture.report("3 bets.csv cut at every byte of two batches", store.bets().length - from,
				after(stoppedInOrder));
	}

	@ExtendWith(QuietLog.class)
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refusesAJournalThatIsShorterThanItWas(boolean stoppedInOrder) throws Exception {
		DamagedStore store = store(stoppedInOrder);
		int from = (int) store.entry(BATCHES - 2).at();
		for (int end = from; end < store.journalEnd(); end++) {
			store.restore();
			store.cut(store.journalFile(), end);
			assertRefused("bets.journal was cut: it had 65536 bytes, and has " + end);
			assertThat(store.betsFile()).hasBinaryContent(store.bets());
		}
		Torture.report("3 bets.journal cut at every byte of two batches", store.journalEnd() - from,
				after(stoppedInOrder));
	}

	private static String after(boolean stoppedInOrder) {
		return stoppedInOrder ? "after an orderly stop" : "after a kill";
	}

	/**
	 * Nobody was told that it is stored, and no other file has anything of it. A disk
	 * writes sectors.
	 */
	@ExtendWith(QuietLog.class)
	@Test
	void cutsAGroupThatIsThereInPartAndKeepsItsBytes() throws Exception {
		Frame last = appendUnanswered();
		Random random = Torture.random("torn writes");
		int runs = Torture.count("torn-writes", 60);
		for (int run = 0; run < runs; run++) {
			restoreUnanswered(last);
			byte[] journal = this.killed.journal();
			int lost = 0;
			for (int sector = (int) last.at() / SECTOR; sector <= (int) (last.end() - 1) / SECTOR; sector++) {
				int from = Math.max(sector * SECTOR, (int) last.at());
				int to = Math.min((sector + 1) * SECTOR, (int) last.end());
				boolean ofRows = to > last.rows() && from < last.second();
				if (ofRows && random.nextInt(3) == 0) {
					Arrays.fill(journal, from, to, (byte) 0);
					lost++;
				}
			}
			Files.write(this.killed.journalFile(), journal);
			deleteKept();
			assertHolds((lost == 0) ? BATCHES + 1 : BATCHES);
			byte[] cut = withoutZeros(Arrays.copyOfRange(journal, (int) last.at(), (int) last.end()));
			if (lost > 0 && cut.length > 0) {
				assertThat(Files.readAllBytes(kept())).startsWith(cut);
			}
		}
		Torture.report("3 sectors of the last group not written", runs, "");
	}

	/** No sector is as it was: it had been written, and may have been answered. */
	@ExtendWith(QuietLog.class)
	@Test
	void refusesALastGroupOfWhichABitIsFlipped() throws Exception {
		Frame last = appendUnanswered();
		Random random = Torture.random("flips in the last group");
		int runs = Torture.count("flips-in-the-last-group", 60);
		for (int run = 0; run < runs; run++) {
			restoreUnanswered(last);
			this.killed.flip(this.killed.journalFile(), last.rows() + random.nextInt(last.length()), random);
			assertRefused("is damaged in both files");
			restoreUnanswered(last);
			this.killed.flip(this.killed.journalFile(), last.at() + random.nextInt(Frame.BYTES), random);
			assertHolds(BATCHES + 1);
		}
		Torture.report("3 bits of the last group flipped", 2L * runs, "");
	}

	/** One more batch, of agency 1, that nothing but the journal tells of. */
	private Frame appendUnanswered() throws Exception {
		this.stopped.restore();
		try (FileBetStore store = Samples.open(this.directory)) {
			this.unanswered = Files.readAllBytes(this.killed.twinFile());
			assertThat(Samples.append(store, 1, LARGE_BATCH).join()).isNull();
			this.killed.rememberKilled(store);
		}
		return this.killed.entry(BATCHES);
	}

	private void restoreUnanswered(Frame last) throws Exception {
		this.killed.restore();
		this.killed.cut(this.killed.betsFile(), last.rowsAt());
		Files.write(this.killed.twinFile(), this.unanswered);
	}

	private static byte[] withoutZeros(byte[] bytes) {
		int length = bytes.length;
		while (length > 0 && bytes[length - 1] == 0) {
			length--;
		}
		return Arrays.copyOf(bytes, length);
	}

	@Test
	void saysWhatItCut(CapturedOutput output) throws Exception {
		Frame last = appendUnanswered();
		restoreUnanswered(last);
		long from = (last.second() - 1) / SECTOR * SECTOR;
		this.killed.zero(this.killed.journalFile(), from, last.end());
		Samples.open(this.directory).close();
		assertThat(output).contains(String.format(Locale.ROOT,
				"cut_bytes: 0 | cut_batches: 1 | cut_journal_bytes: %d | kept_in: bets.cut-", last.end() - last.at()),
				"reason: the last write was torn");
	}

	/** Of several batches in the last group, any sectors may be missing. */
	@ExtendWith(QuietLog.class)
	@Test
	void neverCutsWhatComesBeforeALaterGroup() throws Exception {
		Frame third = this.killed.entry(BATCHES - 2);
		this.killed.restore();
		this.killed.cut(this.killed.betsFile(), third.rowsAt());
		this.killed.zero(this.killed.journalFile(), third.at(), third.end());
		assertRefused(String.format(Locale.ROOT,
				"bets.journal is damaged at byte %d: up to byte %d, 1 entries are lost", third.at(), third.end()));
	}

	@ExtendWith(QuietLog.class)
	@Test
	void mendsBothFilesAfterTheDrawToo() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.draw(Instant.EPOCH);
		}
		DamagedStore drawn = new DamagedStore(this.directory);
		drawn.remember();
		drawn.cut(drawn.betsFile(), drawn.bets().length - 1);
		Samples.open(this.directory).close();
		assertThat(drawn.betsFile()).hasBinaryContent(drawn.bets());
		drawn.restore();
		drawn.cut(drawn.journalFile(), drawn.entry(BATCHES).at());
		assertRefused("bets.journal was cut");
		assertThat(drawn.betsFile()).hasBinaryContent(drawn.bets());
	}

	@ExtendWith(QuietLog.class)
	@Test
	void refusesAJournalOfWhichOnlyABitOfTheHeadIsLeft() throws Exception {
		this.stopped.cut(this.stopped.journalFile(), 56);
		assertRefused("bets.journal was cut: it had 65536 bytes, and has 56");
		assertThat(this.stopped.betsFile()).hasBinaryContent(this.stopped.bets());
	}

	@ExtendWith(QuietLog.class)
	@Test
	void losesNoFinishWhenAByteOfTheBetsIsMissing() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.close(1)).isNull();
			assertThat(store.close(2)).isNull();
		}
		this.stopped.cut(this.stopped.betsFile(), this.stopped.bets().length - 1);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.closedAgencies()).containsExactlyInAnyOrder(1, 2);
			assertThat(store.stored(2)).isEqualTo(2 * BATCH);
		}
		assertThat(this.stopped.betsFile()).hasBinaryContent(this.stopped.bets());
	}

	/** Opens, takes one more batch, and opens again with nothing to mend. */
	private void assertHolds(int whole) throws Exception {
		long firsts = (whole > BATCHES) ? BATCHES / 2 * BATCH + LARGE_BATCH : (whole + 1) / 2 * BATCH;
		long seconds = whole / 2 * BATCH;
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.stored(1)).isEqualTo(firsts);
			assertThat(store.stored(2)).isEqualTo(seconds);
			assertThat(Samples.append(store, 1, 1).join()).isNull();
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.cut().isAny()).isFalse();
			assertThat(store.stored(1)).isEqualTo(firsts + 1);
		}
		assertThat(Samples.rowsIn(this.directory, 1)).isEqualTo(Samples.rows(1, firsts + 1));
		assertThat(Samples.rowsIn(this.directory, 2)).isEqualTo(Samples.rows(2, seconds));
	}

	private @Nullable Path kept() throws Exception {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().startsWith("bets.cut-"))
				.findFirst()
				.orElse(null);
		}
	}

	private void deleteKept() throws Exception {
		Path kept = kept();
		if (kept != null) {
			Files.delete(kept);
		}
	}

	private void assertRefused(String message) {
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.CORRUPT));
	}

}
