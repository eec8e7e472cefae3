package loteria.central.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import loteria.central.store.StoreFailure;
import loteria.torture.Torture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Fault 4: what had been stored has changed.
 */
@ExtendWith(QuietLog.class)
@Tag(Torture.TAG)
class CorruptionTests {

	private static final int BATCHES = 12;

	private static final int BATCH = 5;

	private static final Pattern JOURNAL_PLACE = Pattern
		.compile("bets\\.journal is damaged at byte (\\d+): .*, behind batch (\\d+),");

	private static final Pattern BETS_PLACE = Pattern
		.compile("bets\\.csv is damaged between byte (\\d+) and byte (\\d+): batch (\\d+), of agency (\\d+),");

	@TempDir
	private Path directory;

	private Path bets;

	private Path journal;

	private byte[] wholeBets;

	private byte[] wholeJournal;

	private final List<Integer> ends = new ArrayList<>(List.of(0));

	@BeforeEach
	void store() throws Exception {
		this.bets = this.directory.resolve(FileBetStore.BETS);
		this.journal = this.directory.resolve(FileBetStore.JOURNAL);
		try (FileBetStore store = Samples.open(this.directory)) {
			for (int batch = 0; batch < BATCHES; batch++) {
				assertThat(Samples.append(store, agency(batch), BATCH).join()).isNull();
				this.ends.add((int) Files.size(this.bets));
			}
		}
		this.wholeBets = Files.readAllBytes(this.bets);
		this.wholeJournal = Files.readAllBytes(this.journal);
	}

	private static int agency(int batch) {
		return 1 + batch % 3;
	}

	@Test
	void namesThePlaceOfEveryFlippedBitBeforeTheTail() throws Exception {
		Random random = Torture.random("flipped bits");
		byte[] journalOfAKill = Arrays.copyOf(this.wholeJournal, BATCHES * JournalEntry.BYTES);
		int betsBeforeTail = this.ends.get(BATCHES - 1);
		int journalBeforeTail = (BATCHES - 1) * JournalEntry.BYTES;
		int flips = Torture.count("flips", 1000);
		for (int run = 0; run < flips; run++) {
			int at = random.nextInt(betsBeforeTail + journalBeforeTail);
			boolean inBets = at < betsBeforeTail;
			int place = inBets ? at : at - betsBeforeTail;
			put(inBets ? flipped(this.wholeBets, place, random) : this.wholeBets,
					inBets ? journalOfAKill : flipped(journalOfAKill, place, random));
			assertNames(inBets, place);
		}
		Torture.report("4 one bit flipped before the tail", flips, "all named");
	}

	@Test
	void detectsEveryFlippedBitAfterAnOrderlyStop() throws Exception {
		Random random = Torture.random("flipped bits");
		int stop = BATCHES * JournalEntry.BYTES;
		for (int run = 0; run < Torture.count("flips", 1000); run++) {
			int at = random.nextInt(this.wholeBets.length + stop);
			boolean inBets = at < this.wholeBets.length;
			int place = inBets ? at : at - this.wholeBets.length;
			put(inBets ? flipped(this.wholeBets, place, random) : this.wholeBets,
					inBets ? this.wholeJournal : flipped(this.wholeJournal, place, random));
			assertNames(inBets, place);
		}
	}

	@Test
	void losesNothingByAFlippedBitInTheEntryOfTheStop() throws Exception {
		Random random = Torture.random("flipped bits");
		for (int at = BATCHES * JournalEntry.BYTES; at < this.wholeJournal.length; at++) {
			put(this.wholeBets, flipped(this.wholeJournal, at, random));
			try (FileBetStore store = Samples.open(this.directory)) {
				assertThat(store.cut().journal()).isEqualTo(JournalEntry.BYTES);
				assertThat(store.cut().bets()).isZero();
				assertThat(store.stored(3)).isEqualTo(BATCHES / 3 * BATCH);
			}
		}
	}

	@Test
	void neverTakesAFlippedBitInTheTailForAnAcknowledgedBatch() throws Exception {
		Random random = Torture.random("flipped bits");
		byte[] journalOfAKill = Arrays.copyOf(this.wholeJournal, BATCHES * JournalEntry.BYTES);
		int tail = this.ends.get(BATCHES - 1);
		for (int run = 0; run < Torture.count("flips", 1000) / 2; run++) {
			int place = tail + random.nextInt(this.wholeBets.length - tail);
			put(flipped(this.wholeBets, place, random), journalOfAKill);
			try (FileBetStore store = Samples.open(this.directory)) {
				assertThat(store.cut().batches()).isEqualTo(1);
				assertThat(store.stored(agency(BATCHES - 1))).isEqualTo((BATCHES / 3 - 1) * BATCH);
				assertThat(Files.readAllBytes(this.bets)).isEqualTo(Arrays.copyOf(this.wholeBets, tail));
			}
			int entry = (BATCHES - 1) * JournalEntry.BYTES + random.nextInt(JournalEntry.BYTES);
			put(this.wholeBets, flipped(journalOfAKill, entry, random));
			assertNames(false, entry);
		}
	}

	@Test
	void refusesZeros() throws Exception {
		put(zeroed(this.wholeBets, this.ends.get(4) + 3, this.ends.get(6)), this.wholeJournal);
		assertThat(refusal()).contains("batch 5, of agency 2, lines 21 to 25");
		put(this.wholeBets, zeroed(this.wholeJournal, 3 * JournalEntry.BYTES, this.wholeJournal.length));
		assertThat(refusal()).contains("bets.journal is damaged at byte 168", "behind batch 3");
	}

	@Test
	void refusesSwappedBatches() throws Exception {
		byte[] swapped = this.wholeBets.clone();
		int first = this.ends.get(3);
		int second = this.ends.get(6);
		int end = this.ends.get(9);
		System.arraycopy(this.wholeBets, second, swapped, first, end - second);
		System.arraycopy(this.wholeBets, first, swapped, first + end - second, second - first);
		put(swapped, this.wholeJournal);
		assertThat(refusal()).contains("batch 4, of agency 1");
	}

	@Test
	void refusesAMissingEntryWhereverItWas() throws Exception {
		for (int missing = 0; missing < BATCHES; missing++) {
			int at = missing * JournalEntry.BYTES;
			byte[] rest = new byte[this.wholeJournal.length - JournalEntry.BYTES];
			System.arraycopy(this.wholeJournal, 0, rest, 0, at);
			System.arraycopy(this.wholeJournal, at + JournalEntry.BYTES, rest, at, rest.length - at);
			put(this.wholeBets, rest);
			assertThat(refusal()).contains("bets.journal is damaged at byte " + at, "behind batch " + missing);
		}
	}

	@Test
	void refusesSwappedEntries() throws Exception {
		byte[] swapped = this.wholeJournal.clone();
		System.arraycopy(this.wholeJournal, 0, swapped, JournalEntry.BYTES, JournalEntry.BYTES);
		System.arraycopy(this.wholeJournal, JournalEntry.BYTES, swapped, 0, JournalEntry.BYTES);
		put(this.wholeBets, swapped);
		assertThat(refusal()).contains("bets.journal is damaged at byte 0: an entry that does not follow");
	}

	@Test
	void refusesAMissingFileAndMakesNone() throws Exception {
		Files.delete(this.journal);
		assertThat(refusal()).contains("bets.journal is missing");
		assertThat(this.journal).doesNotExist();
		Files.write(this.journal, this.wholeJournal);
		Files.delete(this.bets);
		assertThat(refusal()).contains("bets.csv is missing");
		assertThat(this.bets).doesNotExist();
	}

	@Test
	void refusesAnEmptyJournalBesideBets() throws Exception {
		put(this.wholeBets, new byte[0]);
		assertThat(refusal()).contains("behind batch 0, from line 1, byte 0 on, of which bets.journal says nothing");
		assertThat(Files.readAllBytes(this.bets)).isEqualTo(this.wholeBets);
	}

	@Test
	void refusesForeignBytesBehindTheBets() throws Exception {
		byte[] foreign = "1,Foreign,Row,1,2000-01-01,7574\r\n".getBytes(StandardCharsets.UTF_8);
		byte[] longer = Arrays.copyOf(this.wholeBets, this.wholeBets.length + foreign.length);
		System.arraycopy(foreign, 0, longer, this.wholeBets.length, foreign.length);
		put(longer, this.wholeJournal);
		assertThat(refusal()).contains("bets.csv has " + foreign.length + " bytes behind batch 12, from line 61");
	}

	@Test
	void refusesMoreUnknownBytesThanALostEndOfTheJournalExplains() throws Exception {
		Samples.removeStop(this.directory);
		put(Arrays.copyOf(this.wholeBets, this.wholeBets.length + 2 * LogFiles.GROUP_BYTES + 1),
				Files.readAllBytes(this.journal));
		assertThat(refusal()).contains("of which bets.journal says nothing");
	}

	@Test
	void changesNothingWhenItRefuses() throws Exception {
		byte[] damaged = zeroed(this.wholeBets, 0, 1);
		put(damaged, this.wholeJournal);
		refusal();
		assertThat(Files.readAllBytes(this.bets)).isEqualTo(damaged);
		assertThat(Files.readAllBytes(this.journal)).isEqualTo(this.wholeJournal);
	}

	/** What the journal lost looks like a torn write, but for the record of the draw. */
	@Test
	void changesNothingOfADrawnStoreWhoseJournalLostItsEnd() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			store.draw(Instant.EPOCH);
		}
		byte[] first = Arrays.copyOf(this.wholeJournal, JournalEntry.BYTES);
		put(this.wholeBets, first);
		assertThat(refusal()).contains("draw.json is there, but bets.journal knows of no draw");
		assertThat(this.bets).hasBinaryContent(this.wholeBets);
		assertThat(this.journal).hasBinaryContent(first);
	}

	private void assertNames(boolean inBets, int place) {
		String message = refusal();
		Matcher found = (inBets ? BETS_PLACE : JOURNAL_PLACE).matcher(message);
		assertThat(found.find()).as(message).isTrue();
		if (inBets) {
			assertThat(Integer.parseInt(found.group(1))).isLessThanOrEqualTo(place);
			assertThat(Integer.parseInt(found.group(2))).isGreaterThan(place);
			int batch = Integer.parseInt(found.group(3));
			assertThat(this.ends.get(batch - 1)).isEqualTo(Integer.parseInt(found.group(1)));
			assertThat(found.group(4)).isEqualTo(String.valueOf(agency(batch - 1)));
		}
		else {
			int entry = place / JournalEntry.BYTES;
			assertThat(found.group(1)).isEqualTo(String.valueOf(entry * JournalEntry.BYTES));
			assertThat(found.group(2)).isEqualTo(String.valueOf(entry));
		}
	}

	private String refusal() {
		return assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory).close())
			.withMessageContaining("--central.store.salvage=true")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StoreFailure.Kind.CORRUPT))
			.actual()
			.getMessage();
	}

	private void put(byte[] bets, byte[] journal) throws IOException {
		Files.write(this.bets, bets);
		Files.write(this.journal, journal);
	}

	private static byte[] flipped(byte[] bytes, int at, Random random) {
		byte[] flipped = bytes.clone();
		flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
		return flipped;
	}

	private static byte[] zeroed(byte[] bytes, int from, int to) {
		byte[] zeroed = bytes.clone();
		Arrays.fill(zeroed, from, to, (byte) 0);
		return zeroed;
	}

}
