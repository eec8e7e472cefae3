package loteria.local.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class MakeDataTests {

	private static final Pattern ROW = Pattern
		.compile("([\\p{L} ]+),([\\p{L} ]+),([1-9]\\d{6,7}),(\\d{4}-\\d\\d-\\d\\d),(\\d{1,4})");

	@TempDir
	private Path directory;

	private final StringWriter printed = new StringWriter();

	@Test
	void defaultSetIsTheSameBytesOnEveryMachine() throws Exception {
		assertThat(run()).isZero();
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		for (int agency = 1; agency <= 5; agency++) {
			digest.update(Files.readAllBytes(file(agency)));
		}
		assertThat(HexFormat.of().formatHex(digest.digest()))
			.isEqualTo("79ad22417d044d2d54bcf635df93542ebcf0c8595c7fdcb3b7ec91039064c323");
	}

	@Test
	void defaultSetIsUnevenAndHasAgenciesWithAndWithoutWinners() throws IOException {
		assertThat(run()).isZero();
		List<Integer> bets = new ArrayList<>();
		List<Long> winners = new ArrayList<>();
		for (int agency = 1; agency <= 5; agency++) {
			List<String> rows = Files.readAllLines(file(agency));
			bets.add(rows.size());
			winners.add(rows.stream().filter((row) -> row.endsWith(",7574")).count());
		}
		assertThat(bets).containsExactly(1900, 1800, 1100, 650, 70);
		assertThat(winners).containsExactly(2L, 3L, 0L, 2L, 0L);
	}

	@Test
	void everyRowIsAValidBetInEveryDialect() throws IOException {
		assertThat(run("--agencies", "3", "--bets", "5000", "--seed", "-1")).isZero();
		List<String> documents = new ArrayList<>();
		for (int agency = 1; agency <= 3; agency++) {
			String text = Files.readString(file(agency));
			assertThat(text).endsWith("\n").doesNotContain("\r");
			for (String row : text.split("\n")) {
				Matcher fields = ROW.matcher(row);
				assertThat(fields.matches()).as(row).isTrue();
				assertThat(bytes(fields.group(1))).as(row).isBetween(1, 30);
				assertThat(bytes(fields.group(2))).as(row).isBetween(1, 30);
				assertThat(LocalDate.parse(fields.group(4))).isBetween("1930-01-01", "2005-12-31");
				documents.add(fields.group(3));
			}
		}
		assertThat(documents).hasSize(15_000).doesNotHaveDuplicates();
	}

	@Test
	void anotherSeedMakesOtherBets() throws IOException {
		run("--seed", "1");
		String one = Files.readString(file(1));
		run("--seed", "2");
		assertThat(Files.readString(file(1))).isNotEqualTo(one);
	}

	@Test
	void countsOfBetsBeginAgainWhereThereAreMoreAgencies() throws IOException {
		assertThat(run("--agencies", "3", "--bets", "2,0")).isZero();
		assertThat(IntStream.rangeClosed(1, 3).mapToObj(this::rows)).containsExactly(2, 0, 2);
	}

	@Test
	void smallerSetLeavesNothingOfALargerOne() throws IOException {
		Path mine = Files.writeString(this.directory.resolve("notes.txt"), "keep");
		run("--agencies", "4", "--bets", "1");
		run("--agencies", "2", "--bets", "1");
		assertThat(this.directory).isDirectoryNotContaining("glob:**/agency-3.csv")
			.isDirectoryNotContaining("glob:**/agency-4.csv");
		assertThat(mine).exists();
	}

	@Test
	void refusesToRemoveSomebodysFileAndChangesNothing() throws IOException {
		run("--agencies", "2", "--bets", "1");
		String made = Files.readString(file(1));
		Files.writeString(file(4), "somebody's bets");
		this.printed.getBuffer().setLength(0);
		assertThat(run("--agencies", "1", "--bets", "2")).isEqualTo(1);
		assertThat(this.printed.toString()).isEqualTo("make-data: " + file(4)
				+ ": not made by this command, or changed since. Nothing was written or removed. Move them away (make run"
				+ " DATA=<directory> takes bets from anywhere), or lose them with FORCE=1 (--force)\n");
		assertThat(file(1)).hasContent(made);
		assertThat(file(2)).exists();
		assertThat(file(4)).hasContent("somebody's bets");
	}

	@Test
	void refusesToOverwriteWhatWasChangedSince() throws IOException {
		run("--agencies", "1", "--bets", "1");
		Files.writeString(file(1), "Ana,Paz,30904465,1999-03-17,7574\n");
		assertThat(run("--agencies", "1", "--bets", "1")).isEqualTo(1);
		assertThat(file(1)).hasContent("Ana,Paz,30904465,1999-03-17,7574");
	}

	@Test
	void refusesToReplaceALinkAndToUnpackOverSomebodysFile() throws IOException {
		run("--agencies", "1", "--bets", "1");
		Path elsewhere = Files.move(file(1), this.directory.resolve("elsewhere"));
		Files.createSymbolicLink(file(1), elsewhere);
		assertThat(run("--agencies", "1", "--bets", "1")).isEqualTo(1);
		archive("agency-1.csv");
		assertThat(run()).isEqualTo(1);
		assertThat(file(1)).isSymbolicLink();
	}

	@Test
	void forceRemovesAndOverwritesThemAndKnowsItsOwnFromThenOn() throws IOException {
		Files.writeString(file(1), "somebody's");
		Files.writeString(file(3), "somebody's");
		assertThat(run("--agencies", "2", "--bets", "3", "--force")).isZero();
		assertThat(this.directory).isDirectoryNotContaining("glob:**/agency-3.csv");
		assertThat(rows(1)).isEqualTo(3);
		assertThat(run("--agencies", "1", "--bets", "1")).isZero();
		assertThat(this.directory).isDirectoryNotContaining("glob:**/agency-2.csv");
	}

	@Test
	void saysWhichFilesOfARepositoryChangeBeforeTheyDo() throws Exception {
		run("--agencies", "3", "--bets", "1");
		git("init", "-q");
		git("add", "agency-1.csv", "agency-2.csv", "made.sha256");
		this.printed.getBuffer().setLength(0);
		run("--agencies", "3", "--bets", "1");
		assertThat(this.printed.toString()).doesNotContain("git");
		run("--agencies", "1", "--bets", "1,2");
		assertThat(this.printed.toString()).contains("make-data: git tracks " + file(2)
				+ ", which change now; git checkout -- " + this.directory + " brings them back\n");
		git("checkout", "--", ".");
		assertThat(rows(2)).isEqualTo(1);
	}

	private void git(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("git"));
		command.addAll(List.of(arguments));
		assertThat(new ProcessBuilder(command).directory(this.directory.toFile()).inheritIO().start().waitFor())
			.isZero();
	}

	@Test
	void manifestIsWhatSha256sumChecksAndNamesTheFilesThatAreThere() throws Exception {
		run("--agencies", "3", "--bets", "2");
		run("--agencies", "1", "--bets", "1");
		String hash = HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file(1))));
		assertThat(this.directory.resolve("made.sha256")).hasContent(hash + "  agency-1.csv");
	}

	@Test
	void archiveThatFailsHalfWayLeavesTheSetAsItWas() throws IOException {
		run("--agencies", "2", "--bets", "1");
		String before = Files.readString(file(1));
		archive("a/agency-1.csv", "b/agency-1.csv");
		assertThat(run()).isEqualTo(1);
		assertThat(this.printed.toString())
			.contains("dataset.zip holds more than one agency-1.csv; leave one of them in it");
		assertThat(file(1)).hasContent(before);
		try (var files = Files.list(this.directory)) {
			assertThat(files.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("agency-1.csv",
					"agency-2.csv", "dataset.zip", "made.sha256");
		}
	}

	@Test
	void archiveIsUnpackedInsteadAndCannotWriteElsewhere() throws IOException {
		run("--agencies", "3", "--bets", "1");
		archive("agency-1.csv", "folder/agency-2.csv", "../../agency-7.csv", "agency-0.csv", "README");
		assertThat(run("--bets", "9")).isZero();
		assertThat(this.printed.toString()).contains("unpacked from");
		try (var files = Files.list(this.directory)) {
			assertThat(files.map((path) -> path.getFileName().toString())).containsExactlyInAnyOrder("agency-1.csv",
					"agency-2.csv", "agency-7.csv", "dataset.zip", "made.sha256");
		}
		assertThat(file(2)).hasContent("folder/agency-2.csv");
	}

	@Test
	void archiveWithoutAgenciesIsAnErrorAndChangesNothing() throws IOException {
		run("--agencies", "1", "--bets", "1");
		archive("README");
		assertThat(run()).isEqualTo(1);
		assertThat(this.printed.toString()).contains("dataset.zip holds no agency-<n>.csv; take it away");
		assertThat(file(1)).exists();
	}

	@Test
	void impossibleCountsAreUsageErrors() {
		assertThat(run("--agencies", "0")).isEqualTo(2);
		assertThat(run("--bets", "-1")).isEqualTo(2);
		assertThat(this.printed.toString()).contains("--agencies is 0; it must be at least 1",
				"--bets is -1; it must be at least 0", "Usage: make-data");
		assertThat(this.directory).isEmptyDirectory();
	}

	private int run(String... options) {
		CommandLine commandLine = MakeData.commandLine();
		commandLine.setOut(new PrintWriter(this.printed));
		commandLine.setErr(new PrintWriter(this.printed));
		List<String> arguments = new ArrayList<>(List.of(options));
		arguments.add("--directory=" + this.directory);
		return commandLine.execute(arguments.toArray(String[]::new));
	}

	private void archive(String... names) throws IOException {
		try (OutputStream bytes = Files.newOutputStream(this.directory.resolve("dataset.zip"));
				ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (String name : names) {
				zip.putNextEntry(new ZipEntry(name));
				zip.write(name.getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private int rows(int agency) {
		try {
			return Files.readAllLines(file(agency)).size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(int agency) {
		return this.directory.resolve("agency-" + agency + ".csv");
	}

	private static int bytes(String name) {
		return name.getBytes(StandardCharsets.UTF_8).length;
	}

}
