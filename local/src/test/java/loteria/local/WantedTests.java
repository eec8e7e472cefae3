package loteria.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import loteria.protocol.Dialect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WantedTests {

	@TempDir
	private Path root;

	private Path ours;

	@BeforeEach
	void makeOurDirectory() throws IOException {
		this.ours = Files.createDirectory(this.root.resolve(".data"));
	}

	@Test
	void takesTheAgenciesThatAreThereByTheirNumbers() throws Exception {
		files("agency-10.csv", "agency-2.csv", "agency-1.csv", "agency-3.csv", "agency-1-old.csv", "agency-01.csv",
				"agency-7.csv.bak");
		Wanted wanted = Wanted.of(Map.of(), this.root);
		assertThat(wanted.agencies()).containsExactly(1, 2, 3, 10);
		assertThat(wanted.list()).isEqualTo("1-3,10-10");
		assertThat(wanted.file(10)).isEqualTo(this.ours.resolve("agency-10.csv"));
	}

	@Test
	void takesTheFirstAgenciesWhereTheirNumberIsGiven() throws Exception {
		files("agency-1.csv", "agency-2.csv", "agency-3.csv");
		assertThat(Wanted.of(Map.of("AGENCIES", "2"), this.root).list()).isEqualTo("1-2");
	}

	@Test
	void givesDialectsInTurns() throws Exception {
		files("agency-1.csv", "agency-2.csv", "agency-4.csv", "agency-5.csv", "agency-6.csv", "agency-7.csv");
		Wanted wanted = Wanted.of(Map.of("DIALECT", "all"), this.root);
		assertThat(wanted.agencies().stream().map(wanted::dialect).map(Dialect::name)).containsExactly("lines", "fixed",
				"csv", "packets", "tlv", "lines");
		assertThat(Wanted.of(Map.of(), this.root).dialect(7).name()).isEqualTo("lines");
	}

	@Test
	void emptyVariablesAreAsIfTheyWereNotThere() throws Exception {
		files("agency-1.csv");
		Wanted wanted = Wanted.of(Map.of("DATA", "", "AGENCIES", "", "DIALECT", "", "BATCH", ""), this.root);
		assertThat(wanted.data()).isEqualTo(this.ours);
		assertThat(wanted.dialect(1).name()).isEqualTo("lines");
	}

	@Test
	void advisesToMakeDataInOurDirectoryOnly() throws IOException {
		Path theirs = Files.createDirectory(this.root.resolve("theirs"));
		refuses(Map.of(), "no agency-<n>.csv in " + this.ours + "; make data writes some");
		refuses(Map.of("DATA", theirs.toString()), "no agency-<n>.csv in " + theirs);
		refuses(Map.of("AGENCIES", "2"),
				this.ours.resolve("agency-1.csv") + " is missing; make data AGENCIES=2 writes it");
		refuses(Map.of("AGENCIES", "2", "DATA", theirs.toString()),
				theirs.resolve("agency-1.csv") + " is missing, and AGENCIES=2 asks for it");
		refuses(Map.of("DATA", "/nowhere"),
				"DATA is '/nowhere', which is no directory: name one that holds agency-1.csv and so on, or leave DATA out for .data");
		Files.delete(this.ours);
		refuses(Map.of(), this.ours + " is missing; make data writes it");
	}

	@Test
	void refusesWhatIsNoDialectAndNoCount() throws IOException {
		files("agency-1.csv");
		refuses(Map.of("DIALECT", "lines fixed"),
				"DIALECT is 'lines fixed'; it must be one of: lines fixed csv packets tlv all");
		for (String count : new String[] { "0", "-1", "x", "01", "1.5", "10000", "\u0661" }) {
			refuses(Map.of("AGENCIES", count), "AGENCIES is '" + count + "'; it must be a number from 1 to 9999");
		}
	}

	@Test
	void hasOneCentralUnlessItIsToldOtherwise() throws Exception {
		files("agency-1.csv");
		assertThat(Wanted.of(Map.of("CENTRALS", ""), this.root).centrals()).isEqualTo(1);
		assertThat(Wanted.of(Map.of("CENTRALS", "3"), this.root).centrals()).isEqualTo(3);
		for (String count : new String[] { "0", "-1", "x", "10", "3.0" }) {
			refuses(Map.of("CENTRALS", count), "CENTRALS is '" + count + "'; it must be a number from 1 to 9");
		}
	}

	private void refuses(Map<String, String> environment, String line) {
		assertThatExceptionOfType(JobFailure.class).isThrownBy(() -> Wanted.of(environment, this.root))
			.withMessage(line);
	}

	private void files(String... names) throws IOException {
		for (String name : names) {
			Files.createFile(this.ours.resolve(name));
		}
	}

}
