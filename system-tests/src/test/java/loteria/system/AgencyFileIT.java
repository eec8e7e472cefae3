package loteria.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a file does that was saved wrongly, corrected, or is another one.
 */
class AgencyFileIT {

	private static final String ANA = "Ana,Sol,30904465,1999-03-17,7574";

	private static final String EVA = "Eva,Paz,30904466,1999-03-18,12";

	private static final String IAN = "Ian,Gil,30904467,1999-03-19,7574";

	@TempDir
	Path directory;

	@Test
	void aFileWithOtherSeparatorsFinishesNobodyAndTheCorrectedOneIsDrawnOver() throws Exception {
		Data data = file(ANA.replace(',', ';'), EVA.replace(',', ';'));
		try (Lottery lottery = new Lottery(this.directory.resolve("lottery"), data)) {
			lottery.startCentral();
			Program wrong = lottery.startAgency(1, "lines");
			assertThat(wrong.exitCode(Lottery.LIMIT)).isEqualTo(2);
			assertThat(wrong.log("action: read_file | result: fail")).singleElement()
				.asString()
				.contains("separated by semicolons", "--finish-empty");
			file(ANA, EVA);
			Program corrected = lottery.startAgency(1, "lines");
			assertThat(corrected.exitCode(Lottery.LIMIT)).isZero();
			assertThat(corrected.log("action: summary")).last()
				.asString()
				.contains("sent: 2", "winners: 1", "check: verified");
		}
	}

	@Test
	void noHalfOfABrokenRowIsStored() throws Exception {
		Data data = file("\"Ana", "Maria\",Sol,1,1999-03-17,7574", EVA);
		try (Lottery lottery = new Lottery(this.directory.resolve("lottery"), data)) {
			lottery.startCentral();
			Program agency = lottery.startAgency(1, "lines");
			assertThat(agency.exitCode(Lottery.LIMIT)).isEqualTo(3);
			assertThat(agency.log("action: fila_omitida")).singleElement().asString().contains("lines: 1-2");
			assertThat(lottery.rows()).containsExactly("1," + EVA);
		}
	}

	@Test
	void betsThatAreNotTheFirstOfTheFileAreNotTakenForThem() throws Exception {
		Data data = file(ANA, EVA, IAN);
		try (Lottery lottery = new Lottery(this.directory.resolve("lottery"), data)) {
			lottery.startCentral();
			store(lottery, ANA);
			store(lottery, IAN);
			Program shifted = lottery.startAgency(1, "lines");
			assertThat(shifted.exitCode(Lottery.LIMIT)).isEqualTo(4);
			assertThat(shifted.log("action: resume | result: fail")).singleElement()
				.asString()
				.contains("the 2 stored bets are not the first ones of the file");
			assertThat(lottery.rows()).hasSize(2);
			file(ANA, IAN, EVA);
			Program inOrder = lottery.startAgency(1, "lines");
			assertThat(inOrder.exitCode(Lottery.LIMIT)).isZero();
			assertThat(inOrder.log("action: summary")).last().asString().contains("sent: 3", "check: verified");
			assertThat(lottery.rows()).containsExactly("1," + ANA, "1," + IAN, "1," + EVA);
		}
	}

	@Test
	void afterTheDrawTheSameFileSendsNothingAndAnotherIsRefused() throws Exception {
		Data data = file(ANA, EVA);
		try (Lottery lottery = new Lottery(this.directory.resolve("lottery"), data)) {
			lottery.startCentral();
			assertThat(lottery.startAgency(1, "lines").exitCode(Lottery.LIMIT)).isZero();
			Program same = lottery.startAgency(1, "lines");
			assertThat(same.exitCode(Lottery.LIMIT)).isZero();
			assertThat(same.log("action: resume | result: success")).singleElement()
				.asString()
				.contains("nothing was sent", "its draw has happened", "a new draw begins with");
			file(ANA, IAN);
			Program other = lottery.startAgency(1, "lines");
			assertThat(other.exitCode(Lottery.LIMIT)).isEqualTo(4);
			assertThat(lottery.rows()).hasSize(2);
		}
	}

	/** As somebody else does who sends a single bet for agency 1. */
	private static void store(Lottery lottery, String row) {
		String[] fields = row.split(",");
		Program program = lottery.startAgency(1, "lines", "NOMBRE", fields[0], "APELLIDO", fields[1], "DOCUMENTO",
				fields[2], "NACIMIENTO", fields[3], "NUMERO", fields[4]);
		assertThat(program.exitCode(Lottery.LIMIT)).isZero();
	}

	/** The file of the only agency, from now on. */
	private Data file(String... rows) throws IOException {
		Path target = Files.createDirectories(this.directory.resolve("data"));
		Files.write(target.resolve("agency-1.csv"), List.of(rows), StandardCharsets.UTF_8);
		return new Data(target, 1);
	}

}
