package loteria.system;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How a central that can't start says why.
 */
class StartIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path directory;

	@Test
	void aSecondCentralOnTheSameStoreIsRefused() throws Exception {
		try (Lottery lottery = new Lottery(this.directory, Data.generated())) {
			Program first = lottery.startCentral();
			assertThat(lottery.store()).isDirectoryNotContaining("glob:**lock*");
			int lines = first.log().size();
			Program second = lottery.launchCentral();
			assertThat(second.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(second.log().subList(lines, second.log().size())).filteredOn((line) -> line.contains("ERROR"))
				.singleElement()
				.asString()
				.contains("in use by another central");
			assertThat(first.isAlive()).isTrue();
		}
	}

	@Test
	void aTakenPortIsOneLineThatNamesIt() throws Exception {
		try (ServerSocket taken = new ServerSocket(0);
				Lottery lottery = new Lottery(this.directory, Data.generated()).with("CENTRAL_LISTENERS_TLV_PORT",
						"" + taken.getLocalPort())) {
			assertThat(errors(lottery, 1)).singleElement().asString().contains("" + taken.getLocalPort());
		}
	}

	@Test
	void anImpossibleSettingIsOneLineThatNamesIt() {
		try (Lottery lottery = new Lottery(this.directory, Data.generated()).with("CENTRAL_AGENCIES", "none|at all")) {
			assertThat(errors(lottery, 2)).singleElement().asString().contains("agencies").contains("none¦at all");
		}
	}

	@Test
	void aDirectoryNamedAfterASettingThatIsNotThereIsRefused() {
		try (Lottery lottery = new Lottery(this.directory, Data.generated()).with("CENTRAL_STORE_DIRECTORY",
				"store/${central.draw.nam}")) {
			assertThat(errors(lottery, 2)).singleElement().asString().contains("central.store.directory=store/${");
		}
	}

	@Test
	void aVariableThatIsNoSettingIsNamed() {
		try (Lottery lottery = new Lottery(this.directory, Data.generated()).with("CENTRAL_STOR_DIRECTORY", "here")) {
			assertThat(lottery.startCentral().log("WARN")).singleElement()
				.asString()
				.contains("key: CENTRAL_STOR_DIRECTORY | reason: ignored, there is no such setting");
		}
	}

	@Test
	void aWordThatIsNoCommandStartsNothing() {
		try (Program misspelt = Program.central(this.directory, "verfy", "store")) {
			assertThat(misspelt.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(misspelt.log()).first().isEqualTo("there is no 'verfy'");
			assertThat(misspelt.log("usage: ")).hasSize(1);
		}
	}

	@Test
	void whatKubernetesSaysOfAServiceIsIgnored() {
		try (Lottery lottery = new Lottery(this.directory, Data.generated())) {
			lottery.with("MANAGEMENT_SERVER_PORT", "tcp://10.0.0.7:12345")
				.with("SERVER_PORT_12345_TCP", "tcp://10.0.0.7:12345")
				.with("SERVER_PORT_12345_TCP_PORT", "12345")
				.with("SERVER_SERVICE_HOST", "10.0.0.7");
			assertThat(lottery.startCentral().log("WARN")).singleElement()
				.asString()
				.contains("key: MANAGEMENT_SERVER_PORT | reason: ignored, tcp://10.0.0.7:12345");
		}
	}

	@Test
	void anImpossibleSettingOfTheFrameworkIsOneLineToo() {
		try (Lottery lottery = new Lottery(this.directory, Data.generated()).with("SERVER_PORT", "abc")) {
			assertThat(errors(lottery, 2)).singleElement()
				.asString()
				.contains("server.port=abc must be a whole number");
			assertThat(this.directory.resolve("store")).doesNotExist();
		}
	}

	@ParameterizedTest
	@CsvSource({ "central, --help, usage: ", "central, --version, central ", "agency, --help, usage: ",
			"agency, --version, agency " })
	void helpAndVersionAreAnsweredAndNothingIsMade(String program, String argument, String answer) {
		try (Program asked = Program.with(program, this.directory, argument)) {
			assertThat(asked.exitCode(Lottery.LIMIT)).isZero();
			assertThat(asked.log()).first().asString().startsWith(answer);
			assertThat(this.directory).isDirectoryNotContaining("glob:**store");
		}
	}

	/** What Java says of a class that is too new for it are twenty lines. */
	@ParameterizedTest
	@ValueSource(strings = { "central", "agency" })
	void everyJavaCanReadWhereAProgramBegins(String program) throws IOException {
		try (JarFile jar = new JarFile(Program.jar(program).toFile())) {
			assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class")).isEqualTo("loteria.launch.Main");
			try (DataInputStream main = new DataInputStream(
					jar.getInputStream(jar.getEntry("loteria/launch/Main.class")))) {
				main.readInt();
				assertThat(main.readInt()).as("version of the class").isLessThanOrEqualTo(52);
			}
		}
	}

	@Test
	void anOlderJavaSaysWhichOneIsNeeded() throws IOException {
		Path older;
		try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
			older = homes.filter((home) -> home.toString().matches(".*[^0-9](8|11|17|21)[^0-9].*"))
				.map((home) -> home.resolve("bin").resolve("java"))
				.filter(Files::isExecutable)
				.findFirst()
				.orElse(null);
		}
		assumeThat(older).as("another Java on this machine").isNotNull();
		try (Program verify = Program.under(older, this.directory, "verify", "store")) {
			assertThat(verify.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(verify.log()).singleElement()
				.asString()
				.startsWith("central.jar needs Java 25 or newer; this is");
		}
	}

	@Test
	void theCoursesNameOfTheLogLevelWorks() {
		try (Lottery lottery = new Lottery(this.directory, Data.generated()).with("LOGGING_LEVEL", "DEBUG")) {
			assertThat(lottery.startCentral().isAlive()).isTrue();
		}
	}

	private static List<String> errors(Lottery lottery, int exitCode) {
		Program central = lottery.launchCentral();
		assertThat(central.exitCode(Lottery.LIMIT)).isEqualTo(exitCode);
		return central.log("ERROR");
	}

}
