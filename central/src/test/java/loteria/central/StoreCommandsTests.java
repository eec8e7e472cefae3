package loteria.central;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import loteria.bet.Bet;
import loteria.bet.BetRow;
import loteria.bet.DocumentList;
import loteria.bet.Rows;
import loteria.central.store.DrawRecord;
import loteria.central.store.Sequence;
import loteria.central.store.file.FileBetStore;
import loteria.central.store.postgres.PostgresBetStore;
import loteria.central.store.postgres.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moving bets out of stores, into another, and away: the same for both kinds of store.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class StoreCommandsTests {

	private static final List<Bet> FIRST = List.of(bet(1, "=SUM(A1)", 7574), bet(1, "Ana, \"la\"", 1));

	private static final List<Bet> SECOND = List.of(bet(2, "Ñandú", 7574), bet(2, "-Eva", 7));

	private final String draw = TestDatabase.newDraw();

	@TempDir
	private Path directory;

	private Path files;

	private static Bet bet(int agency, String name, int number) {
		return new Bet(agency, name, "@Paz", "00" + number, LocalDate.EPOCH, number);
	}

	/** Agency 1 has finished, agency 2 is in the middle of its bets. */
	@BeforeEach
	void store() throws Exception {
		this.files = this.directory.resolve("store");
		try (FileBetStore store = openFiles()) {
			store.append(new Sequence(0), Rows.of(2, SECOND.subList(0, 1))).join();
			store.append(new Sequence(0), Rows.of(1, FIRST)).join();
			store.close(1);
		}
	}

	private FileBetStore openFiles() throws Exception {
		return FileBetStore.open(new FileBetStore.Options(this.files, this.draw, 7574, 0), new SimpleMeterRegistry(),
				(ex) -> {
				});
	}

	private DrawRecord drawInFiles() throws Exception {
		try (FileBetStore store = openFiles()) {
			store.append(new Sequence(1), Rows.of(2, SECOND.subList(1, 2))).join();
			return store.draw(Instant.EPOCH);
		}
	}

	@Test
	void anAgencyInTheMiddleGoesOnInTheDatabase(CapturedOutput output) throws Exception {
		assertThat(ImportCommand.run(database("import", this.files.toString()))).isZero();
		assertThat(output.getOut()).contains("imported: 3 bets of draw", "1 agencies finished, not drawn");
		DrawRecord imported;
		try (PostgresBetStore store = TestDatabase.open(this.draw)) {
			assertThat(store.stored(2)).isEqualTo(1);
			assertThat(store.closedAgencies()).containsExactly(1);
			assertThat(store.append(new Sequence(1), Rows.of(2, SECOND.subList(1, 2))).join()).isNull();
			imported = store.draw(Instant.EPOCH);
		}
		assertThat(imported).isEqualTo(drawInFiles());
		assertThat(VerifyCommand.run(database("verify"))).isZero();
		assertThat(output.getOut()).contains("over 4 bets, sha256 " + imported.sha256());
		assertThat(ImportCommand.run(database("import", this.files.toString()))).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("has agencies already; import under another central.draw.name");
	}

	@Test
	void aDrawThatHasHappenedIsTheSameInTheDatabase() throws Exception {
		DrawRecord drawn = drawInFiles();
		assertThat(ImportCommand.run(database("import", this.files.toString()))).isZero();
		try (PostgresBetStore store = TestDatabase.open(this.draw)) {
			assertThat(store.drawn()).contains(drawn);
			assertThat(store.winners(1)).contains(DocumentList.of(List.of("007574")));
		}
		assertThat(VerifyCommand.run(database("verify", "--json"))).isZero();
	}

	@Test
	void writesTheSameRowsFromBothStores() throws Exception {
		assertThat(ImportCommand.run(database("import", this.files.toString()))).isZero();
		Path fromFiles = this.directory.resolve("files.csv");
		Path fromDatabase = this.directory.resolve("database.csv");
		assertThat(ExportCommand.run(files("export", fromFiles.toString()))).isZero();
		assertThat(ExportCommand.run(database("export", fromDatabase.toString()))).isZero();
		assertThat(Files.getPosixFilePermissions(fromFiles)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
		byte[] rows = BetRow.encode(List.of(FIRST.get(0), FIRST.get(1), SECOND.get(0)));
		assertThat(Files.readAllBytes(fromDatabase)).isEqualTo(rows);
		assertThat(Files.readAllBytes(fromFiles)).hasSize(rows.length)
			.isEqualTo(Files.readAllBytes(this.files.resolve("bets.csv")));
	}

	@Test
	void makesFormulasHarmless() throws Exception {
		Path file = this.directory.resolve("safe.csv");
		assertThat(ExportCommand.run(files("export", file.toString(), "--safe"))).isZero();
		assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo("2,Ñandú,'@Paz,007574,1970-01-01,7574\r\n"
				+ "1,'=SUM(A1),'@Paz,007574,1970-01-01,7574\r\n1,\"Ana, \"\"la\"\"\",'@Paz,001,1970-01-01,1\r\n");
	}

	@Test
	void overwritesNothing(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("there.csv"), "mine");
		assertThat(ExportCommand.run(files("export", file.toString()))).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("there.csv is there already");
		assertThat(file).hasContent("mine");
	}

	@Test
	void removesNothingUntilToldWhatStays(CapturedOutput output) throws Exception {
		drawInFiles();
		assertThat(PurgeCommand.run(files("purge", this.draw))).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("purge: say --keep-record: the bets are removed, for ever",
				"usage: " + PurgeCommand.USAGE);
		assertThat(this.files.resolve("bets.csv")).exists();
	}

	@Test
	void removesTheBetsOfADrawInFilesAndKeepsItsRecord(CapturedOutput output) throws Exception {
		String[] purge = files("purge", this.draw, "--keep-record");
		assertThat(PurgeCommand.run(purge)).as("before the draw").isEqualTo(Exit.UNUSABLE);
		drawInFiles();
		assertThat(PurgeCommand.run(files("purge", "another", "--keep-record"))).isEqualTo(Exit.UNUSABLE);
		assertThat(this.files.resolve("bets.csv")).exists();
		assertThat(PurgeCommand.run(purge)).isZero();
		assertThat(PurgeCommand.run(purge)).as("once more").isZero();
		try (var left = Files.list(this.files)) {
			assertThat(left).extracting(Path::getFileName)
				.extracting(Path::toString)
				.containsExactlyInAnyOrder("draw.json", "purged");
		}
		assertThat(VerifyCommand.run(files("verify"))).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("were purged; a new draw needs a new central.store.directory");
	}

	@Test
	void removesTheBetsOfADrawInTheDatabaseAndKeepsItsRecord(CapturedOutput output) throws Exception {
		assertThat(ImportCommand.run(database("import", this.files.toString()))).isZero();
		String[] purge = database("purge", this.draw, "--keep-record");
		assertThat(PurgeCommand.run(purge)).as("before the draw").isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("has not happened yet; only one that is over can be purged");
		DrawRecord record;
		try (PostgresBetStore store = TestDatabase.open(this.draw)) {
			record = store.draw(Instant.EPOCH);
		}
		assertThat(PurgeCommand.run(purge)).isZero();
		assertThat(output.getOut()).contains("purged: 3 bets of draw");
		try (PostgresBetStore store = TestDatabase.open(this.draw)) {
			assertThat(store.drawn()).contains(record);
			assertThat(store.winners(1)).isEmpty();
			assertThat(store.fingerprint(1).sha256()).isEqualTo(record.agencies().getFirst().sha256());
		}
		assertThat(VerifyCommand.run(database("verify"))).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("were purged at");
	}

	@Test
	void findsBetsThatWereChangedInTheDatabase(CapturedOutput output) throws Exception {
		assertThat(ImportCommand.run(database("import", this.files.toString()))).isZero();
		try (PostgresBetStore store = TestDatabase.open(this.draw)) {
			store.draw(Instant.EPOCH);
		}
		TestDatabase.execute("UPDATE bets SET document = '8' WHERE agency = 1 AND seq = 1 AND draw = '"
				+ this.draw.replace("'", "''") + "'");
		assertThat(VerifyCommand.run(database("verify"))).isEqualTo(Exit.FAILURE);
		assertThat(output.getOut()).contains("not verified: agency 1: the rows are not those");
	}

	@Test
	void saysHowItIsCalledAndWhatIsNoSetting(CapturedOutput output) {
		assertThat(PurgeCommand.run(new String[] { "purge", this.draw })).isEqualTo(Exit.UNUSABLE);
		assertThat(ExportCommand.run(new String[] { "export" })).isEqualTo(Exit.UNUSABLE);
		assertThat(ImportCommand.run(new String[] { "import", "a", "--b" })).isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains(PurgeCommand.USAGE, ExportCommand.USAGE, ImportCommand.USAGE);
		assertThat(ExportCommand.run(new String[] { "export", "file", "--central.sore.type=file" }))
			.isEqualTo(Exit.UNUSABLE);
		assertThat(output.getErr()).contains("there is no setting central.sore.type=file");
	}

	private String[] files(String... command) {
		List<String> arguments = new ArrayList<>(List.of(command));
		arguments.add("--central.store.directory=" + this.files);
		return arguments.toArray(String[]::new);
	}

	private String[] database(String... command) {
		List<String> arguments = new ArrayList<>(List.of(command));
		arguments.addAll(List.of("--central.store.type=postgres", "--central.draw.name=" + this.draw,
				"--spring.datasource.url=" + TestDatabase.url()));
		return arguments.toArray(String[]::new);
	}

}
