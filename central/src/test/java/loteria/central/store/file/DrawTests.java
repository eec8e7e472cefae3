package loteria.central.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.BetRow;
import loteria.bytes.Sha256;
import loteria.central.store.DrawRecord;
import loteria.central.store.Fingerprint;
import loteria.central.store.StoreFailure;
import loteria.central.store.StoreFailure.Kind;
import loteria.central.store.disk.DrawFile;
import loteria.central.store.disk.Frame;
import loteria.central.store.disk.StoreDirectory;
import loteria.central.store.file.FileBetStore.Options;
import loteria.protocol.Refusal.Reason;
import loteria.torture.Torture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(QuietLog.class)
class DrawTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

	@TempDir
	private Path directory;

	@Test
	void happensOnceAndIsKnownAfterARestart() throws Exception {
		DrawRecord draw = draw();
		assertThat(draw.bets()).isEqualTo(50);
		assertThat(draw.agencies()).extracting(DrawRecord.AgencyRecord::agency).containsExactly(1, 2);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).contains(draw);
			assertThat(store.draw(NOW.plusSeconds(9))).isEqualTo(draw);
			assertThat(store.winners(1).orElseThrow().first(9)).hasSize(3)
				.first()
				.isEqualTo(Samples.bet(1, 9).document());
			assertThat(Samples.append(store, 1, 1).join()).isNotNull().extracting("reason").isEqualTo(Reason.DRAWN);
			assertThat(store.close(3)).as("an agency that finishes late").isNull();
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.closedAgencies()).as("written after the draw").isEmpty();
		}
	}

	/** An agency compares what it sent with what was drawn over. */
	@Test
	void isOverTheBetsWhoseFingerprintTheStoreTells() throws Exception {
		byte[] rows = BetRow.encode(Samples.bets(1, 0, 30));
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.fingerprint(1)).isEqualTo(Fingerprint.EMPTY);
			Samples.append(store, 1, 20).join();
			Samples.append(store, 2, 5).join();
			Samples.append(store, 1, 10).join();
			MessageDigest digest = Sha256.digest();
			digest.update(rows);
			Fingerprint fingerprint = new Fingerprint(30, Sha256.hex(digest));
			assertThat(store.fingerprint(1)).isEqualTo(fingerprint);
			DrawRecord draw = store.draw(NOW);
			assertThat(draw.agencies().getFirst().sha256()).isEqualTo(fingerprint.sha256());
			assertThat(store.fingerprint(1)).isEqualTo(fingerprint);
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.fingerprint(1).sha256())
				.isEqualTo(store.drawn().orElseThrow().agencies().getFirst().sha256());
			assertThat(store.fingerprint(3)).isEqualTo(Fingerprint.EMPTY);
		}
	}

	/** The central was killed when the journal had the draw and draw.json not yet. */
	@Test
	void isCompletedWithTheSameRecordWhenACrashCameBeforeIt() throws Exception {
		DrawRecord draw = draw();
		Path file = this.directory.resolve(DrawFile.NAME);
		byte[] record = Files.readAllBytes(file);
		Files.delete(file);
		Files.writeString(this.directory.resolve("draw.json.tmp"), "{ \"half");
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).contains(draw);
		}
		assertThat(file).hasBinaryContent(record);
		assertThat(this.directory.resolve("draw.json.tmp")).doesNotExist();
	}

	/** The journal's entry of the draw lies in two sectors, of which one was written. */
	@Test
	void hasNotHappenedWhenItsEntryWasTorn() throws Exception {
		int sector = 512;
		DamagedStore killed = new DamagedStore(this.directory);
		try (FileBetStore store = Samples.open(this.directory)) {
			do {
				assertThat(Samples.append(store, 1, 1).join()).isNull();
				killed.rememberKilled(store);
			}
			while (killed.journalEnd() % sector <= sector - Frame.BYTES);
			store.draw(NOW);
		}
		byte[] drawn = Files.readAllBytes(killed.journalFile());
		killed.restore();
		Files.delete(this.directory.resolve(DrawFile.NAME));
		byte[] torn = killed.journal();
		int from = (int) killed.journalEnd();
		System.arraycopy(drawn, from, torn, from, sector - from % sector);
		Files.write(killed.journalFile(), torn);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn()).isEmpty();
			assertThat(store.cut().journal()).isPositive();
			assertThat(Samples.append(store, 1, 1).join()).isNull();
		}
	}

	@Test
	void keepsItsInstantWhenItsRecordCouldNotBeWrittenAtFirst() throws Exception {
		try (FileBetStore store = Samples.open(this.directory)) {
			Samples.append(store, 1, 30).join();
			Path blocked = Files.createDirectories(this.directory.resolve("draw.json.tmp/not empty"));
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> store.draw(NOW))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.BROKEN));
			assertThat(store.drawn()).isEmpty();
			Files.delete(blocked);
			Files.delete(blocked.getParent());
			assertThat(store.draw(NOW.plusSeconds(60)).instant()).isEqualTo(NOW);
		}
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn().orElseThrow().instant()).isEqualTo(NOW);
		}
	}

	@Test
	void tellsThatItsRecordCouldNotBeWritten() throws Exception {
		List<Throwable> failures = new ArrayList<>();
		Files.createDirectories(this.directory.resolve("draw.json.tmp/not empty"));
		try (FileBetStore store = FileBetStore.open(Samples.options(this.directory), new SimpleMeterRegistry(),
				failures::add)) {
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> store.draw(NOW));
			assertThat(failures).hasSize(1).first().isInstanceOf(IOException.class);
		}
	}

	@Test
	void refusesAnotherWinningNumberWithOrWithoutTheRecord() throws Exception {
		draw();
		Options other = new Options(this.directory, "test", 1, 0);
		for (int round = 0; round < 2; round++) {
			assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(other, new FaultyDisk()))
				.withMessageContaining(
						"central.draw.winning-number=1, but the draw in this directory is made with 7574")
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNUSABLE));
			Files.deleteIfExists(this.directory.resolve(DrawFile.NAME));
		}
	}

	/** At each call from the draw on: it has happened as it is told, or not at all. */
	@Test
	void isWholeWhereverAPowerCutComes() throws Exception {
		Random random = Torture.random("power cuts in a draw");
		List<Path> crashes = new ArrayList<>();
		List<Boolean> told = new ArrayList<>();
		AtomicBoolean drawn = new AtomicBoolean();
		FaultyDisk disk = new FaultyDisk();
		Path live = Files.createDirectory(this.directory.resolve("live"));
		DrawRecord draw;
		try (FileBetStore store = Samples.open(live, disk)) {
			assertThat(Samples.append(store, 1, 30).join()).isNull();
			disk.setFault((call, number, bytes) -> {
				synchronized (crashes) {
					Path left = Files.createDirectory(this.directory.resolve("crash-" + crashes.size()));
					told.add(drawn.get());
					crashes.add(left);
					disk.crash(left, random);
				}
				return bytes;
			});
			draw = store.draw(NOW);
			drawn.set(true);
		}
		assertThat(crashes).hasSizeGreaterThan(8);
		assertThat(told).contains(true, false);
		for (int i = 0; i < crashes.size(); i++) {
			try (FileBetStore store = Samples.open(crashes.get(i))) {
				assertThat(store.stored(1)).isEqualTo(30);
				assertThat(told.get(i) && store.drawn().isEmpty()).as(crashes.get(i).toString()).isFalse();
				store.drawn().ifPresent((found) -> assertThat(found).isEqualTo(draw));
			}
			assertThat(Samples.rowsIn(crashes.get(i), 1)).isEqualTo(Samples.rows(1, 30));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{}", "null", "[]", "{\"name\":\"test\",\"winningNumber\":7574}" })
	void makesARecordAnewThatIsNone(String text) throws Exception {
		draw();
		assertMadeAnew(text);
	}

	@ParameterizedTest
	@CsvSource({ "\"bets\" : 30, \"bets\" : 31", "05.678Z, 05.679Z", "7574, 7575", "test, tess",
			"\"bets\" : 50, \"bets\" : 51", "T03, t03", "\"winners\" : 3, \"winners\" : 2" })
	void makesARecordAnewThatWasChanged(String drawn, String altered) throws Exception {
		draw();
		String record = Files.readString(this.directory.resolve(DrawFile.NAME));
		assertThat(record).contains(drawn);
		assertMadeAnew(record.replaceFirst(drawn, altered));
	}

	/** Whatever bit it is: the record is served as it was made, or not at all. */
	@Test
	void makesARecordAnewOfWhichABitIsFlipped() throws Exception {
		draw();
		DamagedStore store = new DamagedStore(this.directory);
		Path file = this.directory.resolve(DrawFile.NAME);
		byte[] record = Files.readAllBytes(file);
		Random random = Torture.random("flips in a record");
		int flips = Torture.count("flips-in-a-record", 125);
		for (int run = 0; run < flips; run++) {
			store.flip(file, random.nextInt(record.length), random);
			Samples.open(this.directory).close();
			assertThat(file).hasBinaryContent(record);
		}
		Torture.report("4 one bit of draw.json flipped", flips, "");
	}

	private void assertMadeAnew(String text) throws Exception {
		Path file = this.directory.resolve(DrawFile.NAME);
		byte[] record = Files.readAllBytes(file);
		Files.writeString(file, text);
		try (FileBetStore store = Samples.open(this.directory)) {
			assertThat(store.drawn().orElseThrow().name()).isEqualTo("test");
		}
		assertThat(file).hasBinaryContent(record);
		try (var files = Files.list(this.directory)) {
			assertThat(files.filter((path) -> path.getFileName().toString().startsWith("draw.json.before-")))
				.singleElement()
				.satisfies((aside) -> assertThat(aside).content().isEqualTo(text));
		}
	}

	/** It says so itself: its hash is that of its agencies. */
	@Test
	void refusesTheRecordOfAnotherDraw() throws Exception {
		draw();
		Path file = this.directory.resolve(DrawFile.NAME);
		Path other = Files.createDirectory(this.directory.resolve("other"));
		try (FileBetStore store = Samples.open(other)) {
			Samples.append(store, 1, 31).join();
			store.draw(NOW);
		}
		Files.copy(other.resolve(DrawFile.NAME), file, StandardCopyOption.REPLACE_EXISTING);
		byte[] foreign = Files.readAllBytes(file);
		assertCorrupt("draw.json is not of these bets: agency 1: 31 bets were drawn over, bets.csv has 30");
		assertThat(file).hasBinaryContent(foreign);
	}

	@Test
	void refusesARecordWhereNoDrawHasHappened() throws Exception {
		draw();
		Files.delete(this.directory.resolve(StoreDirectory.BETS));
		Files.delete(this.directory.resolve(StoreDirectory.JOURNAL));
		assertCorrupt("bets.store is there, but bets.journal is missing");
		Files.delete(this.directory.resolve(StoreDirectory.STORE));
		assertCorrupt("draw.json is there, but bets.journal is missing");
		Files.createFile(this.directory.resolve(StoreDirectory.JOURNAL));
		assertCorrupt("draw.json is there, but bets.journal knows of no draw");
	}

	private DrawRecord draw() throws StoreFailure {
		try (FileBetStore store = Samples.open(this.directory)) {
			Samples.append(store, 1, 30).join();
			Samples.append(store, 2, 20).join();
			return store.draw(NOW);
		}
	}

	private void assertCorrupt(String message) {
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(() -> Samples.open(this.directory))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CORRUPT));
	}

}
