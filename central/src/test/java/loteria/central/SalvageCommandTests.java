package loteria.central;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.CRC32C;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.Bet;
import loteria.bet.Rows;
import loteria.central.store.Sequence;
import loteria.central.store.StoreFailure;
import loteria.central.store.file.FileBetStore;
import org.junit.jupiter.api.BeforeEach;
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
 * What the operator of a damaged store gets to know. What is kept of it stands in the
 * tests of the salvage itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class SalvageCommandTests {

	private static final int BETS = 3;

	/** Both copies of the head, as docs/store.md has them. */
	private static final int[] SETTINGS = { 0, 2048 };

	private static final int VERSION_AT = 8;

	private static final int CHECKED = 508;

	private static final String ROW = "3,Ana,Paz,2,";

	@TempDir
	Path directory;

	@BeforeEach
	void store() throws StoreFailure {
		try (FileBetStore store = open()) {
			for (int i = 1; i <= BETS; i++) {
				Bet bet = new Bet(3, "Ana", "Paz", "" + i, LocalDate.EPOCH, 7574);
				store.append(Sequence.ANYWHERE, Rows.of(3, List.of(bet))).join();
			}
		}
	}

	private FileBetStore open() throws StoreFailure {
		FileBetStore.Options options = new FileBetStore.Options(this.directory, "summer", 7574, 0);
		return FileBetStore.open(options, new SimpleMeterRegistry(), (ex) -> {
		});
	}

	@Test
	void endsWith0WhereThereIsNothingToSalvage(CapturedOutput output) {
		assertThat(salvage()).isZero();
		assertThat(output.getOut()).contains(
				"action: store_salvage | result: success | reason: there is nothing that a central would not start with");
	}

	@Test
	void endsWith0WhereACentralStartsAfterwards(CapturedOutput output) throws Exception {
		damage();
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::open)
			.satisfies((ex) -> assertThat(Exit.of(ex)).isEqualTo(Exit.CORRUPT));
		assertThat(salvage()).isZero();
		assertThat(output.getOut()).contains("store_salvage | result: in_progress | found: ",
				"store_salvage | result: success | set_aside: bets.damaged-");
		try (FileBetStore store = open()) {
			assertThat(store.stored(3)).isEqualTo(1);
		}
	}

	@Test
	void endsWith1WhereTheDiskFails(CapturedOutput output) throws Exception {
		damage();
		Path inTheWay = Files.createDirectory(this.directory.resolve("bets.csv.salvaged"));
		Files.createFile(inTheWay.resolve("file"));
		assertThat(salvage()).isEqualTo(Exit.FAILURE);
		assertThat(output.getErr()).startsWith("salvage: " + inTheWay).contains("; the store is as it was");
	}

	@Test
	void endsWith2WhereNoStoreIs(CapturedOutput output) {
		Path nowhere = this.directory.resolve("nowhere");
		assertThat(SalvageCommand.run(new String[] { SalvageCommand.NAME, nowhere.toString() }))
			.isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).startsWith("salvage: " + nowhere + " holds no store");
	}

	@Test
	void endsWith2WhereACentralRuns(CapturedOutput output) throws Exception {
		try (FileBetStore store = open()) {
			assertThat(salvage()).isEqualTo(Exit.UNUSABLE);
			assertThat(store.health().problem()).isNull();
		}
		assertThat(output.getErr()).startsWith("salvage: ").contains("in use by another central");
	}

	@ParameterizedTest
	@ValueSource(strings = { "salvage", "salvage --now", "salvage a b" })
	void endsWith2AndItsUsageWhereItIsToldSomethingElse(String command, CapturedOutput output) {
		assertThat(SalvageCommand.run(command.split(" "))).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).startsWith("salvage: ").contains("\nusage: " + SalvageCommand.USAGE);
	}

	/** A newer central made it; this one must not take it for damaged. */
	@Test
	void aJournalOfAnotherFormatVersionIsLeftToItsOwnCentral(CapturedOutput output) throws Exception {
		byte[] newer = ofVersion(4);
		byte[] bets = Files.readAllBytes(this.directory.resolve("bets.csv"));
		String says = "bets.journal is of format version 4, this central writes version 3; use the central that made it";
		assertThatExceptionOfType(StoreFailure.class).isThrownBy(this::open)
			.withMessageContaining(says)
			.satisfies((ex) -> assertThat(Exit.of(ex)).isEqualTo(Exit.UNUSABLE));
		assertThat(salvage()).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).startsWith("salvage: " + says);
		assertThat(this.directory.resolve("bets.journal")).hasBinaryContent(newer);
		assertThat(this.directory.resolve("bets.csv")).hasBinaryContent(bets);
		assertThat(this.directory.toFile().list()).containsExactlyInAnyOrder("bets.journal", "bets.csv", "bets.store");
	}

	@Test
	void aDrawOfAnotherFormatVersionIsNotJudged(CapturedOutput output) throws Exception {
		try (FileBetStore store = open()) {
			store.draw(Instant.EPOCH);
		}
		ofVersion(4);
		assertThat(VerifyCommand.run(new String[] { VerifyCommand.NAME, this.directory.toString() }))
			.isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).startsWith("verify: bets.journal is of format version 4");
	}

	private int salvage() {
		return SalvageCommand.run(new String[] { SalvageCommand.NAME, this.directory.toString() });
	}

	/** The second bet, in both files. */
	private void damage() throws IOException {
		for (String name : List.of("bets.csv", "bets.journal")) {
			Path file = this.directory.resolve(name);
			byte[] bytes = Files.readAllBytes(file);
			String text = new String(bytes, StandardCharsets.ISO_8859_1);
			bytes[text.indexOf(ROW) + ROW.length() - 2] = '9';
			Files.write(file, bytes);
		}
	}

	private byte[] ofVersion(int version) throws IOException {
		Path file = this.directory.resolve("bets.journal");
		byte[] bytes = Files.readAllBytes(file);
		for (int at : SETTINGS) {
			ByteBuffer.wrap(bytes).putInt(at + VERSION_AT, version);
			CRC32C check = new CRC32C();
			check.update(bytes, at, CHECKED);
			ByteBuffer.wrap(bytes).putInt(at + CHECKED, (int) check.getValue());
		}
		Files.write(file, bytes);
		return bytes;
	}

}
