package loteria.system;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

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
		try (Lottery lottery = new Lottery(this.directory, Data.generated()).with("CENTRAL_AGENCIES", "none")) {
			assertThat(errors(lottery, 2)).singleElement().asString().contains("agencies").contains("none");
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
